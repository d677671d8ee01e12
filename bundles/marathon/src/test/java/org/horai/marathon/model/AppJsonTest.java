package org.horai.marathon.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.horai.api.deployer.MarathonDialect;
import org.horai.api.deployer.WorkloadSpec;
import org.horai.api.network.WorkloadAttachment.Mode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AppJsonTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @CsvSource({
    "1.1.1, BRIDGE, 1.1.1-bridge",
    "1.1.1, NAMED, 1.1.1-named",
    "1.4.8, BRIDGE, 1.4.8-bridge",
    "1.4.8, NAMED, 1.4.8-named",
    "1.11.24-abc, BRIDGE, 1.11-bridge",
    "1.11.24-abc, NAMED, 1.11-named",
    "1.11.24-abc, HOST, 1.11-host",
  })
  void speaksTheWordsOfTheEra(String version, Mode mode, String golden) throws IOException {
    WorkloadSpec wanted =
        Specs.on(mode, mode == Mode.NAMED ? Optional.of("weave") : Optional.empty());

    Map<String, Object> app = AppJson.render(wanted, MarathonDialect.parse(version));

    // Through text, so that the width of a number does not count.
    assertThat(JSON.readTree(JSON.writeValueAsString(app))).isEqualTo(golden(golden));
  }

  private static JsonNode golden(String name) throws IOException {
    try (InputStream in = AppJsonTest.class.getResourceAsStream("/render/" + name + ".json")) {
      return JSON.readTree(in);
    }
  }

  @Test
  void theOverlaysVariablesWinOverTheWorkloadsOwn() {
    WorkloadSpec wanted = Specs.chronos();

    Map<String, Object> app = AppJson.render(wanted, new MarathonDialect(1, 11));

    assertThat(app.get("env"))
        .isEqualTo(Map.of("JAVA_OPTS", "-Xmx512m", "WEAVE_CIDR", "net:10.32.1.0/24"));
  }

  @Test
  void theAgentChecksHealthWhereMarathonsHostReachesNoContainer() {
    for (String era : List.of("1.4.8", "1.11.0")) {
      assertThat(protocol(Mode.NAMED, false, era)).as(era).isEqualTo("MESOS_HTTP");
      assertThat(protocol(Mode.NAMED, true, era)).as(era).isEqualTo("HTTP");
      assertThat(protocol(Mode.BRIDGE, false, era)).as(era).isEqualTo("HTTP");
    }
    assertThat(protocol(Mode.NAMED, false, "1.3.0")).as("unknown there").isEqualTo("HTTP");
  }

  private static String protocol(Mode mode, boolean reached, String era) {
    Optional<String> name = mode == Mode.NAMED ? Optional.of("n") : Optional.empty();
    WorkloadSpec wanted = Specs.on(mode, name, reached);
    Map<String, Object> app = AppJson.render(wanted, MarathonDialect.parse(era));
    return JSON.valueToTree(app).path("healthChecks").path(0).path("protocol").asText();
  }
}
