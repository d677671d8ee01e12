package org.horai.sandbox.marathon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.horai.sandbox.mesos.MesosGeneration;
import org.horai.sandbox.mesos.Reachability;
import org.horai.sandbox.mesos.SimAgent;
import org.horai.sandbox.mesos.TestMesos;
import org.horai.sandbox.net.Eventually;
import org.horai.sandbox.net.SimReply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimMarathonTest {

  private static final String NO_OVER_CAPACITY =
      "\"upgradeStrategy\":{\"minimumHealthCapacity\":0.5,\"maximumOverCapacity\":0},";

  private Set<Thread> before;
  private TestMesos cluster;
  private TestMarathon marathon;

  @BeforeEach
  void start() throws Exception {
    before = Thread.getAllStackTraces().keySet();
    cluster = new TestMesos(MesosGeneration.V1_11, 46, 0.05, Reachability.everywhere());
    marathon = new TestMarathon(cluster, MarathonVersion.V1_11, "127.0.46.1");
  }

  @AfterEach
  void stop() throws Exception {
    marathon.close();
    cluster.close();
  }

  private List<String> taskIds() throws IOException {
    List<String> ids = new ArrayList<>();
    marathon.app("/chronos").path("tasks").forEach(t -> ids.add(t.path("id").asText()));
    return ids;
  }

  private TreeSet<String> hosts() throws IOException {
    TreeSet<String> hosts = new TreeSet<>();
    marathon.app("/chronos").path("tasks").forEach(t -> hosts.add(t.path("host").asText()));
    return hosts;
  }

  @Test
  void placesUniqueInstancesOnDifferentHostsWithTheirEnvironment() throws Exception {
    marathon.deployChronos();
    assertThat(hosts()).containsExactly("127.0.46.11", "127.0.46.12", "127.0.46.13");
    Map<String, String> env = cluster.runner().launches().get(0).task().env();
    String port = Integer.toString(cluster.runner().launches().get(0).task().hostPorts().get(0));
    assertThat(env)
        .containsEntry("PORT0", port)
        .containsEntry("PORT_HTTP", port)
        .containsEntry("MARATHON_APP_ID", "/chronos")
        .containsEntry("HOST", cluster.runner().launches().get(0).agentHost());
  }

  @Test
  void tellsADeploymentsStoryAsEvents() throws Exception {
    try (EventReader all = new EventReader(marathon.authority(), "");
        EventReader some =
            new EventReader(marathon.authority(), "?event_type=deployment_success")) {
      Eventually.holds("it is attached", () -> all.types().contains("event_stream_attached"));
      marathon.deployChronos();
      Eventually.holds("the success is told", () -> some.types().size() == 1);
      assertThat(all.types())
          .contains(
              "deployment_info",
              "add_health_check_event",
              "group_change_success",
              "api_post_event",
              "instance_changed_event",
              "status_update_event",
              "instance_health_changed_event",
              "health_status_changed_event",
              "deployment_step_success");
      assertThat(some.types()).containsOnly("deployment_success");
      assertThat(some.events().get(0).path("plan").path("steps")).hasSize(2);
    }
  }

  @Test
  void killsAndReplacesATaskWhoseChecksFailTooOften() throws Exception {
    marathon.deployChronos();
    cluster.runner().answer("127.0.46.12", 500);
    Eventually.holds(
        "it shows the failures",
        () -> {
          for (JsonNode task : marathon.app("/chronos").path("tasks")) {
            JsonNode result = task.path("healthCheckResults").path(0);
            if (result.path("lastFailureCause").asText().startsWith("500")) {
              return true;
            }
          }
          return false;
        });
    Eventually.holds("it started another task", () -> cluster.runner().starts() >= 4);
    cluster.runner().answer(200);
    marathon.awaitHealthy("/chronos", 3);
    assertThat(hosts()).hasSize(3);
  }

  @Test
  void waitsLongerAfterEveryCrashAndSaysSoInTheQueue() throws Exception {
    cluster.runner().failing(true);
    marathon.put("/chronos", TestMarathon.chronosBody(1, 5, ""));
    Eventually.holds(
        "the launch is delayed",
        () -> {
          JsonNode delay = marathon.get("/v2/queue").path("queue").path(0).path("delay");
          return delay.path("timeLeftSeconds").asInt() > 0 && !delay.path("overdue").asBoolean();
        });
    JsonNode task = marathon.app("/chronos").path("tasks").get(0);
    assertThat(task.path("state").asText()).isEqualTo("TASK_FAILED");
    assertThat(task.path("ports")).isEmpty();
    cluster.runner().failing(false);
    marathon.awaitHealthy("/chronos", 1);
  }

  @Test
  void changeWithHttpChecksAndNoOverCapacityHangsUntilSomebodyMakesRoom() throws Exception {
    marathon.put("/chronos", TestMarathon.chronosBody(3, 1, NO_OVER_CAPACITY));
    marathon.awaitHealthy("/chronos", 3);
    List<String> before = taskIds();
    int starts = cluster.runner().starts();
    marathon.put("/chronos", "{\"mem\":310}");

    assertThat(marathon.app("/chronos").path("mem").asDouble()).isEqualTo(310);
    // nothing moves: two health rounds pass and the deployment still stands with the old tasks
    JsonNode seen = marathon.app("/chronos").path("tasks").get(0).path("healthCheckResults").get(0);
    Eventually.holds(
        "more checks have passed",
        () ->
            marathon
                    .app("/chronos")
                    .path("tasks")
                    .get(0)
                    .path("healthCheckResults")
                    .get(0)
                    .path("lastSuccess")
                    .asText()
                    .compareTo(seen.path("lastSuccess").asText())
                > 0);
    assertThat(taskIds()).containsExactlyInAnyOrderElementsOf(before);
    assertThat(cluster.runner().starts()).isEqualTo(starts);
    assertThat(marathon.get("/v2/deployments")).hasSize(1);

    marathon.send("DELETE", "/v2/apps/chronos/tasks/" + before.get(0) + "?scale=false", "");
    marathon.awaitHealthy("/chronos", 3);
    assertThat(taskIds()).doesNotContainAnyElementsOf(before);
  }

  @Test
  void changeWithoutOverCapacityRollsWhenMarathonItselfChecksNothing() throws Exception {
    String mesos =
        TestMarathon.chronosBody(3, 1, NO_OVER_CAPACITY).replace("\"HTTP\"", "\"MESOS_HTTP\"");
    for (String body : List.of(mesos, "{\"healthChecks\":[]}")) {
      marathon.put("/chronos", body);
      Eventually.holds("it is deployed", () -> isDeployed());
      List<String> before = taskIds();
      marathon.put("/chronos", "{\"mem\":" + (301 + cluster.runner().starts()) + "}");
      Eventually.holds("the change is deployed", () -> isDeployed());
      assertThat(taskIds()).hasSize(3).doesNotContainAnyElementsOf(before);
    }
  }

  private boolean isDeployed() throws IOException {
    JsonNode app = marathon.app("/chronos");
    return app.path("tasksRunning").asInt() == 3 && app.path("deployments").isEmpty();
  }

  @Test
  void changeWithOverCapacityRunsOldAndNewOnOneHostAndEnds() throws Exception {
    marathon.deployChronos();
    List<String> before = taskIds();
    marathon.put("/chronos", "{\"mem\":310}");
    marathon.awaitHealthy("/chronos", 3);
    assertThat(taskIds()).doesNotContainAnyElementsOf(before);
    assertThat(hosts()).hasSize(3);
  }

  @Test
  void killedTaskIsReplacedUnderItsInstancesName() throws Exception {
    marathon.deployChronos();
    String old = taskIds().get(0);
    SimReply reply = marathon.send("DELETE", "/v2/apps/chronos/tasks/" + old + "?scale=false", "");
    assertThat(marathon.json(reply).path("task").path("id").asText()).isEqualTo(old);
    Eventually.holds("the old task is gone", () -> !taskIds().contains(old));
    marathon.awaitHealthy("/chronos", 3);
    String instance = old.substring(0, old.indexOf("._app."));
    assertThat(taskIds()).contains(instance + "._app.2");
    assertThat(marathon.send("DELETE", "/v2/apps/chronos/tasks/nonsense", "").status())
        .isEqualTo(500);
  }

  @Test
  void deleteFollowedAtOnceByPutIsLocked() throws Exception {
    marathon.deployChronos();
    assertThat(marathon.send("DELETE", "/v2/apps/chronos", "").status()).isEqualTo(200);
    SimReply put = marathon.put("/chronos", TestMarathon.chronosBody(3, 5, ""));
    assertThat(put.status()).isEqualTo(409);
    assertThat(marathon.json(put).path("deployments")).hasSize(1);
    Eventually.holds("all is gone", () -> cluster.runner().launches().isEmpty());
    assertThat(marathon.send("GET", "/v2/apps/chronos", "").status()).isEqualTo(404);
  }

  @Test
  void rollbackTakesAnAppBackToWhatItWas() throws Exception {
    marathon.deployChronos();
    marathon.process().stallDeployments(true);
    JsonNode change = marathon.json(marathon.put("/chronos", "{\"mem\":310}"));
    String id = change.path("deploymentId").asText();
    assertThat(marathon.send("DELETE", "/v2/deployments/" + id, "").status()).isEqualTo(200);
    assertThat(marathon.app("/chronos").path("mem").asDouble()).isEqualTo(300);
    String rollback = marathon.get("/v2/deployments").get(0).path("id").asText();
    assertThat(rollback).isNotEqualTo(id);
    assertThat(marathon.send("DELETE", "/v2/deployments/" + rollback + "?force=true", "").status())
        .isEqualTo(202);
    assertThat(marathon.get("/v2/deployments")).isEmpty();
  }

  @Test
  void exitsWhenMesosLeaderChangesAndComesBackWithoutHealthResults() throws Exception {
    marathon.put("/chronos", TestMarathon.chronosBody(3, 20, ""));
    marathon.awaitHealthy("/chronos", 3);
    List<String> before = taskIds();
    JsonNode framework = marathon.get("/v2/info").path("frameworkId");
    cluster.leader().stop();
    Eventually.holds("Marathon is down", () -> !marathon.process().isUp());
    Eventually.holds(
        "Marathon is back", () -> marathon.process().isUp() && marathon.process().isLeading());
    assertThat(marathon.app("/chronos").path("tasks").get(0).path("healthCheckResults")).isEmpty();
    marathon.awaitHealthy("/chronos", 3);
    assertThat(taskIds()).containsExactlyInAnyOrderElementsOf(before);
    assertThat(marathon.get("/v2/info").path("frameworkId")).isEqualTo(framework);
  }

  @Test
  void standbyPassesRequestsOnAndSendsEventReadersToTheLeader() throws Exception {
    SimMarathon.Settings first =
        TestMarathon.settings(cluster, MarathonVersion.V1_11, "127.0.46.3");
    MarathonStore store = new MarathonStore(cluster.context().clock(), MarathonVersion.V1_11);
    try (TestMarathon leader = new TestMarathon(cluster, first, store)) {
      SimMarathon.Settings second =
          new SimMarathon.Settings(
              first.version(),
              new InetSocketAddress("127.0.46.4", 0),
              first.libprocessPort(),
              first.zkConnect(),
              first.zkPath(),
              first.mesosZk(),
              first.credentials(),
              first.timers());
      try (TestMarathon standby = new TestMarathon(cluster, second, store)) {
        assertThat(standby.put("/a", "{\"cmd\":\"x\",\"instances\":0}").status()).isEqualTo(201);
        assertThat(leader.app("/a").path("id").asText()).isEqualTo("/a");
        SimReply events =
            cluster.send(
                standby.authority(),
                "GET",
                "/v2/events",
                Map.of("Accept", "text/event-stream"),
                "");
        assertThat(events.status()).isEqualTo(302);
        assertThat(events.headers())
            .contains(Map.entry("Location", "http://" + leader.authority() + "/v2/events"));

        leader.send("DELETE", "/v2/leader", "");
        Eventually.holds("the other leads", () -> standby.process().isLeading());
        assertThat(standby.app("/a").path("id").asText()).isEqualTo("/a");
      }
    }
  }

  @Test
  void asksForCredentialsWhenItHasSome() throws Exception {
    SimMarathon.Settings open = TestMarathon.settings(cluster, MarathonVersion.V1_11, "127.0.46.5");
    try (TestMarathon locked =
        new TestMarathon(
            cluster,
            open.withCredentials("me:secret"),
            new MarathonStore(cluster.context().clock(), MarathonVersion.V1_11))) {
      assertThat(locked.send("GET", "/v2/info", "").status()).isEqualTo(401);
      String token =
          Base64.getEncoder().encodeToString("me:secret".getBytes(StandardCharsets.UTF_8));
      Map<String, String> headers =
          Map.of("Accept", "application/json", "Authorization", "Basic " + token);
      assertThat(cluster.send(locked.authority(), "GET", "/v2/info", headers, "").status())
          .isEqualTo(200);
    }
  }

  @Test
  void putIsPartialUnlessToldOtherwise() throws Exception {
    marathon.put("/a", "{\"cmd\":\"x\",\"instances\":0,\"labels\":{\"k\":\"v\"}}");
    marathon.put("/a", "{\"mem\":64}");
    assertThat(marathon.app("/a").path("labels").path("k").asText()).isEqualTo("v");
    marathon.send("PUT", "/v2/apps/a?partialUpdate=false", "{\"cmd\":\"x\",\"instances\":0}");
    assertThat(marathon.app("/a").path("labels")).isEmpty();
    assertThat(marathon.app("/a").path("mem").asDouble()).isEqualTo(128);
  }

  @Test
  void oldNetworkFieldsAreAnsweredInCanonicalForm() throws Exception {
    marathon.put(
        "/a",
        "{\"instances\":0,\"container\":{\"type\":\"DOCKER\",\"docker\":{\"image\":\"i:1\","
            + "\"network\":\"BRIDGE\",\"parameters\":[{\"key\":\"net\",\"value\":\"weave\"}],"
            + "\"portMappings\":[{\"containerPort\":8080,\"hostPort\":0}]}}}");
    JsonNode app = marathon.app("/a");
    assertThat(app.path("networks").get(0).path("mode").asText()).isEqualTo("container/bridge");
    assertThat(app.path("container").path("docker").has("network")).isFalse();
    assertThat(app.path("container").path("portMappings").get(0).path("containerPort").asInt())
        .isEqualTo(8080);
    assertThat(app.has("portDefinitions")).isFalse();
  }

  @Test
  void checksATaskOfAContainerNetworkOnItsOwnAddress() throws Exception {
    marathon.put(
        "/a",
        "{\"networks\":[{\"mode\":\"container\",\"name\":\"weave\"}],"
            + "\"container\":{\"type\":\"DOCKER\",\"docker\":{\"image\":\"i:1\"},"
            + "\"portMappings\":[{\"containerPort\":4400}]},"
            + "\"healthChecks\":[{\"path\":\"/ping\",\"intervalSeconds\":2}]}");
    marathon.awaitHealthy("/a", 1);
    JsonNode task = marathon.app("/a").path("tasks").get(0);
    assertThat(task.path("ports")).isEmpty();
    assertThat(task.path("ipAddresses").get(0).path("ipAddress").asText())
        .matches("127\\.0\\.46\\.20\\d");

    marathon.reachable(false);
    Eventually.holds(
        "Marathon's host does not reach it",
        () ->
            marathon
                .app("/a")
                .path("tasks")
                .get(0)
                .path("healthCheckResults")
                .get(0)
                .path("lastFailureCause")
                .asText()
                .contains("timed out"));
  }

  @Test
  void losesTheTaskOfALostAgentAndReplacesItWhereItMay() throws Exception {
    marathon.deployChronos();
    SimAgent agent = cluster.mesos().agents().get(0);
    agent.crash();
    Eventually.holds(
        "two are left and one waits",
        () ->
            marathon.app("/chronos").path("tasksRunning").asInt() == 2
                && marathon.get("/v2/queue").path("queue").path(0).path("count").asInt() == 1);
    agent.start();
    marathon.awaitHealthy("/chronos", 3);
    assertThat(hosts()).hasSize(3);
  }

  @Test
  void leavesNoThreadBehind() throws Exception {
    marathon.deployChronos();
    marathon.close();
    cluster.close();
    Eventually.holds(
        "all threads of the sandbox have ended",
        () ->
            Thread.getAllStackTraces().keySet().stream()
                .filter(t -> !before.contains(t))
                .noneMatch(t -> t.getName().startsWith("horai-sandbox-")));
  }
}
