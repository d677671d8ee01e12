package org.horai.sandbox.marathon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.horai.sandbox.mesos.MesosGeneration;
import org.horai.sandbox.mesos.Reachability;
import org.horai.sandbox.mesos.TestMesos;
import org.horai.sandbox.net.Eventually;
import org.horai.sandbox.net.SimReply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Marathon 1.1.1 does otherwise, on Mesos 0.28. */
class OldMarathonTest {

  private TestMesos cluster;
  private TestMarathon marathon;

  @BeforeEach
  void start() throws Exception {
    cluster = new TestMesos(MesosGeneration.V0_28, 47, 0.05, Reachability.everywhere());
    marathon = new TestMarathon(cluster, MarathonVersion.V1_1_1, "127.0.47.1");
  }

  @AfterEach
  void stop() throws Exception {
    marathon.close();
    cluster.close();
  }

  private List<String> taskIds() throws Exception {
    List<String> ids = new ArrayList<>();
    marathon.app("/chronos").path("tasks").forEach(t -> ids.add(t.path("id").asText()));
    return ids;
  }

  @Test
  void echoesTheDockerNetworkAndDropsNetworks() throws Exception {
    marathon.put(
        "/a",
        "{\"instances\":0,\"networks\":[{\"mode\":\"container\",\"name\":\"weave\"}],"
            + "\"container\":{\"type\":\"DOCKER\",\"docker\":{\"image\":\"i:1\","
            + "\"network\":\"BRIDGE\",\"portMappings\":[{\"containerPort\":8080}]}}}");
    JsonNode app = marathon.app("/a");
    assertThat(app.has("networks")).isFalse();
    assertThat(app.path("container").path("docker").path("network").asText()).isEqualTo("BRIDGE");
    JsonNode mapping = app.path("container").path("docker").path("portMappings").get(0);
    assertThat(mapping.path("servicePort").asInt()).isEqualTo(10_000);
    SimReply user =
        marathon.put(
            "/b",
            "{\"container\":{\"type\":\"DOCKER\",\"docker\":{\"image\":\"i\","
                + "\"network\":\"USER\"}}}");
    assertThat(user.status()).isEqualTo(400);
  }

  @Test
  void deploymentsSayTypeInStepsAndActionInCurrentActions() throws Exception {
    marathon.process().stallDeployments(true);
    marathon.put("/chronos", TestMarathon.chronosBody(3, 5, ""));
    JsonNode deployment = marathon.get("/v2/deployments").get(0);
    JsonNode action = deployment.path("steps").get(0).path("actions").get(0);
    assertThat(action.path("type").asText()).isEqualTo("StartApplication");
    assertThat(action.has("action")).isFalse();
    assertThat(deployment.path("currentActions").get(0).path("action").asText())
        .isEqualTo("ScaleApplication");
    assertThat(deployment.has("affectedPods")).isFalse();
    JsonNode queued = marathon.get("/v2/queue").path("queue").get(0);
    assertThat(queued.has("processedOffersSummary")).isFalse();
    assertThat(queued.path("count").asInt()).isEqualTo(3);
  }

  @Test
  void changeWithoutOverCapacityRolls() throws Exception {
    marathon.put(
        "/chronos",
        TestMarathon.chronosBody(
            3,
            1,
            "\"upgradeStrategy\":{\"minimumHealthCapacity\":0.5,\"maximumOverCapacity\":0},"));
    marathon.awaitHealthy("/chronos", 3);
    List<String> before = taskIds();
    marathon.put("/chronos", "{\"mem\":310}");
    marathon.awaitHealthy("/chronos", 3);
    assertThat(taskIds()).doesNotContainAnyElementsOf(before);
  }

  @Test
  void plainRestartOfUniqueInstancesOnAsManyAgentsWaitsForTheOldOnes() throws Exception {
    marathon.deployChronos();
    List<String> before = taskIds();
    marathon.send("POST", "/v2/apps/chronos/restart", "");
    Eventually.holds(
        "new instances wait",
        () -> marathon.get("/v2/queue").path("queue").path(0).path("count").asInt() == 3);
    assertThat(taskIds()).containsExactlyInAnyOrderElementsOf(before);
  }

  @Test
  void electsAsMembersInZooKeeper() throws Exception {
    try (CuratorFramework client =
        CuratorFrameworkFactory.newClient(cluster.zooKeeper().connect(), new RetryOneTime(100))) {
      client.start();
      String root =
          client.getChildren().forPath("/").stream()
              .filter(n -> n.startsWith("marathon"))
              .findFirst()
              .orElseThrow();
      assertThat(client.getChildren().forPath("/" + root + "/leader").get(0))
          .matches("member_\\d{10}");
    }
  }
}
