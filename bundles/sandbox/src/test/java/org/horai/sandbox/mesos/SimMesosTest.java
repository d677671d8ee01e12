package org.horai.sandbox.mesos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.horai.sandbox.net.Eventually;
import org.horai.sandbox.net.SimReply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimMesosTest {

  private static final String HOST = "127.0.41.11";

  private volatile boolean reachable = true;
  private TestMesos cluster;
  private final RecordingScheduler scheduler = new RecordingScheduler();

  @BeforeEach
  void start() throws Exception {
    cluster = new TestMesos(MesosGeneration.V1_11, 41, 0.05, (from, to) -> reachable);
  }

  @AfterEach
  void stop() throws Exception {
    cluster.close();
  }

  private SimDriver registered() {
    SimDriver driver = cluster.chronos(Optional.empty(), HOST, 9090, scheduler);
    Eventually.holds("the framework is registered", driver::isConnected);
    return driver;
  }

  private JsonNode frameworks() throws IOException {
    return cluster.get(cluster.leader().authority(), "/master/frameworks");
  }

  @Test
  void mastersStandInZooKeeperAsRealOnesDo() throws Exception {
    try (CuratorFramework client =
        CuratorFrameworkFactory.newClient(cluster.zooKeeper().connect(), new RetryOneTime(100))) {
      client.start();
      Eventually.holds(
          "both masters and log replicas are there",
          () ->
              client.getChildren().forPath("/mesos").size() == 3
                  && client.getChildren().forPath("/mesos/log_replicas").size() == 2);
      List<String> names = client.getChildren().forPath("/mesos").stream().sorted().toList();
      assertThat(names.get(0)).matches("json\\.info_\\d{10}");
      String data =
          new String(client.getData().forPath("/mesos/" + names.get(0)), StandardCharsets.UTF_8);
      assertThat(data)
          .contains("\"pid\":\"" + cluster.leader().pid() + "\"")
          .contains("\"address\":{\"hostname\":");
    }
  }

  @Test
  void frameworkIdsCountUpFromTheMastersId() {
    SimDriver driver = registered();
    assertThat(driver.frameworkId().orElseThrow()).matches("[0-9a-f-]{36}-0000");
  }

  @Test
  void tornDownFrameworkEndsItsTasksAndMayNotRegisterAgain() throws Exception {
    SimDriver driver = registered();
    String id = driver.frameworkId().orElseThrow();
    Offer offer = driver.offers().get(0);
    TaskInfo task = TaskInfo.ofCommand("job.1", "job", 0.1, 32, 1, "true");
    assertThat(driver.launch(offer.agentId(), task)).isTrue();
    Eventually.holds("the task runs", () -> scheduler.heard().contains("job.1 TASK_RUNNING"));

    assertThat(cluster.teardown(cluster.leader().authority(), id).status()).isEqualTo(200);
    Eventually.holds("the task ended", () -> cluster.runner().launches().isEmpty());
    assertThat(frameworks().path("frameworks")).isEmpty();
    assertThat(frameworks().path("completed_frameworks").get(0).path("id").asText()).isEqualTo(id);
    assertThat(driver.launch(offer.agentId(), task)).isFalse();

    RecordingScheduler second = new RecordingScheduler();
    cluster.chronos(Optional.of(id), HOST, 9091, second);
    Eventually.holds(
        "the id is refused", () -> second.heard().contains("error Framework has been removed"));
  }

  @Test
  void newLeaderForgetsCompletedFrameworksAndWaitsForAgentsAndSchedulers() throws Exception {
    SimDriver kept = registered();
    SimDriver gone = cluster.chronos(Optional.empty(), HOST, 9092, new RecordingScheduler());
    Eventually.holds("the second is registered", gone::isConnected);
    cluster.teardown(cluster.leader().authority(), gone.frameworkId().orElseThrow());
    gone.close();
    SimMaster old = cluster.leader();

    old.stop();
    Eventually.holds(
        "the other master leads with all agents",
        () -> cluster.mesos().leader().isPresent() && cluster.activeAgents() == 3);
    assertThat(cluster.leader()).isNotSameAs(old);
    Eventually.holds("the scheduler came back", () -> scheduler.heard().contains("reregistered"));
    assertThat(scheduler.heard()).contains("disconnected");
    assertThat(frameworks().path("completed_frameworks")).isEmpty();
    assertThat(frameworks().path("frameworks").get(0).path("id").asText())
        .isEqualTo(kept.frameworkId().orElseThrow());

    RecordingScheduler again = new RecordingScheduler();
    cluster.chronos(gone.frameworkId(), HOST, 9093, again);
    Eventually.holds(
        "the torn-down id registers with the new leader",
        () -> again.heard().stream().anyMatch(h -> h.startsWith("registered")));
  }

  @Test
  void killedLeaderLeavesItsZnodeUntilTheSessionEnds() throws Exception {
    SimMaster standby = cluster.standby();
    String dead = cluster.leader().authority();
    cluster.leader().kill();
    SimReply reply = cluster.send(standby.authority(), "GET", "/redirect", Map.of(), "");
    assertThat(reply.headers()).contains(Map.entry("Location", "//" + dead));
    Eventually.holds("the standby leads at last", standby::isLeading);
  }

  @Test
  void schedulerThatCannotBeDialledIsListedInactiveAndNeverHearsOfItsId() throws Exception {
    reachable = false;
    SimDriver driver = cluster.chronos(Optional.empty(), HOST, 9090, scheduler);
    Eventually.holds(
        "the master knows the framework", () -> frameworks().path("frameworks").size() == 1);
    Eventually.holds(
        "it is inactive", () -> !frameworks().path("frameworks").get(0).path("active").asBoolean());
    assertThat(driver.frameworkId()).isEmpty();
    assertThat(scheduler.heard()).isEmpty();

    reachable = true;
    Eventually.holds("it registers once it can be dialled", driver::isConnected);
    assertThat(frameworks().path("frameworks")).hasSize(1);
  }

  @Test
  void losingTheWayToTheSchedulerDisconnectsIt() {
    SimDriver driver = registered();
    reachable = false;
    cluster.mesos().checkLinks();
    Eventually.holds("it hears so", () -> scheduler.heard().contains("disconnected"));
    reachable = true;
    Eventually.holds("it comes back with its id", driver::isConnected);
  }

  @Test
  void agentThatRecoversKeepsItsIdAndTasksAndAWipedOneDoesNot() throws Exception {
    SimDriver driver = registered();
    SimAgent agent = cluster.mesos().agents().get(0);
    String id = agent.id().orElseThrow();
    driver.launch(id, TaskInfo.ofCommand("job.1", "job", 0.1, 32, 1, "true"));
    Eventually.holds("the task runs", () -> scheduler.heard().contains("job.1 TASK_RUNNING"));

    AgentSpec weave =
        agent
            .spec()
            .withDocker("/var/run/weave/weave.sock", agent.spec().executorRegistrationTimeout());
    agent.restart(SimAgent.Start.RECOVER, weave);
    Eventually.holds("three agents again", () -> cluster.activeAgents() == 3);
    assertThat(agent.id()).contains(id);
    assertThat(cluster.runner().launches()).hasSize(1);
    assertThat(
            cluster.get(agent.authority(), "/flags").path("flags").path("docker_socket").asText())
        .isEqualTo("/var/run/weave/weave.sock");

    AgentSpec changed = weave.withAttributes(Map.of("rack", "other"));
    assertThatThrownBy(() -> agent.restart(SimAgent.Start.RECOVER, changed))
        .hasMessageContaining("Incompatible agent info detected")
        .hasMessageContaining("rm -f /var/lib/mesos/meta/slaves/latest");
    agent.restart(SimAgent.Start.WIPED, changed);
    Eventually.holds("three agents again", () -> cluster.activeAgents() == 3);
    assertThat(agent.id()).isPresent().isNotEqualTo(Optional.of(id));
    Eventually.holds("the task is lost", () -> scheduler.heard().contains("job.1 TASK_LOST"));
    assertThat(cluster.runner().launches()).isEmpty();
  }

  @Test
  void agentThatStaysAwayIsLostWithItsTasks() throws Exception {
    SimDriver driver = registered();
    SimAgent agent = cluster.mesos().agents().get(1);
    driver.launch(agent.id().orElseThrow(), TaskInfo.ofCommand("job.2", "job", 0.1, 32, 1, "true"));
    Eventually.holds("the task runs", () -> scheduler.heard().contains("job.2 TASK_RUNNING"));
    agent.crash();
    Eventually.holds("the agent is listed but inactive or gone", () -> cluster.activeAgents() == 2);
    Eventually.holds("its task is lost", () -> scheduler.heard().contains("job.2 TASK_LOST"));
    assertThat(cluster.get(cluster.leader().authority(), "/slaves").path("slaves")).hasSize(2);
  }

  @Test
  void closedSchedulerLeavesAnInactiveFrameworkThatOwnsItsTasks() throws Exception {
    SimDriver driver = registered();
    driver.launch(
        driver.offers().get(0).agentId(), TaskInfo.ofCommand("job.3", "job", 0.1, 32, 1, "true"));
    Eventually.holds("the task runs", () -> scheduler.heard().contains("job.3 TASK_RUNNING"));
    driver.close();
    JsonNode framework = frameworks().path("frameworks").get(0);
    assertThat(framework.path("active").asBoolean()).isFalse();
    assertThat(framework.path("tasks")).hasSize(1);

    RecordingScheduler next = new RecordingScheduler();
    cluster.chronos(driver.frameworkId(), HOST, 9094, next);
    Eventually.holds(
        "another scheduler takes it over",
        () -> next.heard().contains("registered " + driver.frameworkId().orElseThrow()));
  }
}
