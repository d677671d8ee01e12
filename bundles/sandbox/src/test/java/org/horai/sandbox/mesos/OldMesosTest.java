package org.horai.sandbox.mesos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.horai.sandbox.net.Eventually;
import org.horai.sandbox.net.SimReply;
import org.junit.jupiter.api.Test;

/** What Mesos 0.28 does otherwise. */
class OldMesosTest {

  @Test
  void standbyAnswersFromItsEmptyViewAndKnowsNoFramework() throws Exception {
    try (TestMesos cluster =
        new TestMesos(MesosGeneration.V0_28, 42, 0.05, Reachability.everywhere())) {
      SimDriver driver =
          cluster.chronos(Optional.empty(), "127.0.42.11", 9090, new RecordingScheduler());
      Eventually.holds("the framework is registered", driver::isConnected);
      String leader = cluster.leader().authority();
      String standby = cluster.standby().authority();

      JsonNode led = cluster.get(leader, "/master/state.json");
      assertThat(led.path("frameworks")).hasSize(1);
      assertThat(led.path("slaves").get(0).has("port")).isFalse();
      JsonNode empty = cluster.get(standby, "/state.json");
      assertThat(empty.path("frameworks")).isEmpty();
      assertThat(empty.path("slaves")).isEmpty();
      assertThat(empty.path("leader").asText()).isEqualTo("master@" + leader);

      SimReply refused = cluster.teardown(standby, driver.frameworkId().orElseThrow());
      assertThat(refused.status()).isEqualTo(400);
      assertThat(new String(refused.body(), StandardCharsets.UTF_8))
          .isEqualTo("No framework found with specified ID");
      SimReply operator = cluster.send(leader, "POST", "/api/v1", Map.of(), "{}");
      assertThat(operator.status()).isEqualTo(404);
    }
  }
}
