package org.horai.sandbox.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.horai.recordings.Exchange;
import org.horai.recordings.Recordings;
import org.horai.sandbox.marathon.MarathonVersion;
import org.horai.sandbox.marathon.TestMarathon;
import org.horai.sandbox.mesos.MesosGeneration;
import org.horai.sandbox.mesos.Reachability;
import org.horai.sandbox.mesos.RecordingScheduler;
import org.horai.sandbox.mesos.SimDriver;
import org.horai.sandbox.mesos.TestMesos;
import org.horai.sandbox.net.Eventually;
import org.horai.sandbox.net.SimReply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The simulated Mesos 1.11 against what a real one answered. */
class MesosContractTest {

  private static final List<String> LEADER =
      List.of(
          "master-flags.http",
          "master-frameworks.http",
          "master-health.http",
          "master-roles.http",
          "master-slaves.http",
          "master-state-summary.http",
          "master-state.http",
          "master-tasks.http",
          "master-version.http",
          "not-found.http",
          "redirect-leader-rootpath.http",
          "redirect-leader.http",
          "state.http",
          "state.json.http",
          "teardown-empty-body.http",
          "teardown-get.http",
          "teardown-json-body.http",
          "teardown-missing-field.http",
          "teardown-unknown-id.http",
          "v1-bad-json.http",
          "v1-get-agents.http",
          "v1-get-flags.http",
          "v1-get-frameworks.http",
          "v1-get-health.http",
          "v1-get-master.http",
          "v1-get-method.http",
          "v1-get-roles.http",
          "v1-get-state.http",
          "v1-get-tasks.http",
          "v1-get-version.http",
          "v1-teardown-missing.http",
          "v1-teardown-unknown-id.http",
          "v1-unknown-type.http",
          "v1-wrong-accept.http",
          "v1-wrong-content-type.http");
  private static final List<String> STANDBY =
      List.of(
          "flags-nonleader.http",
          "frameworks-nonleader.http",
          "health-nonleader.http",
          "redirect-nonleader-suffix.http",
          "redirect-nonleader.http",
          "slaves-nonleader.http",
          "state-nonleader.http",
          "state-summary-nonleader.http",
          "teardown-nonleader.http",
          "v1-get-health-nonleader.http",
          "v1-get-master-nonleader.http",
          "v1-get-state-nonleader.http");
  private static final List<String> AGENT =
      List.of(
          "agent-flags.http",
          "agent-state.http",
          "slave1-containers.http",
          "slave1-flags.http",
          "slave1-health.http",
          "slave1-monitor-statistics.http",
          "slave1-state.http",
          "v1-agent-get-agent.http",
          "v1-agent-get-flags.http",
          "v1-agent-get-state.http");
  private static final List<String> LAST =
      List.of(
          "metrics-snapshot.http",
          "frameworks-after-app-delete.http",
          "teardown-good.http",
          "teardown-again-completed.http",
          "frameworks-after-teardown.http");

  private static TestMesos cluster;
  private static TestMarathon marathon;
  private static SimDriver chronos;

  /**
   * Three tasks of an app, one of them started again after a failure, and a framework that failed
   * over.
   */
  @BeforeAll
  static void start() throws Exception {
    cluster = new TestMesos(MesosGeneration.V1_11, 43, 0.05, Reachability.everywhere());
    marathon = new TestMarathon(cluster, MarathonVersion.V1_11, "127.0.43.1");
    marathon.deployChronos();
    marathon.failOneTask("127.0.43.11");
    SimDriver first = chronosOn("127.0.43.12", Optional.empty());
    chronos = chronosOn("127.0.43.11", first.frameworkId());
  }

  private static SimDriver chronosOn(String host, Optional<String> id) {
    SimDriver driver = cluster.chronos(id, host, 42099, new RecordingScheduler());
    Eventually.holds("chronos is registered", driver::isConnected);
    return driver;
  }

  @AfterAll
  static void stop() throws Exception {
    marathon.close();
    cluster.close();
  }

  @TestFactory
  Stream<DynamicTest> leaderAnswersAsRecorded() {
    return LEADER.stream().map(name -> test(name, cluster.leader().authority()));
  }

  @TestFactory
  Stream<DynamicTest> standbyAnswersAsRecorded() {
    return STANDBY.stream().map(name -> test(name, cluster.standby().authority()));
  }

  @TestFactory
  Stream<DynamicTest> agentAnswersAsRecorded() {
    String agent = cluster.mesos().agents().get(0).authority();
    return AGENT.stream().map(name -> test(name, agent));
  }

  private static DynamicTest test(String name, String authority) {
    return DynamicTest.dynamicTest(
        name,
        () ->
            new Contract(cluster)
                .check(Exchange.read("mesos/" + name), authority, Contract.Extent.WHOLE));
  }

  /**
   * The recorded metrics count every kind of message; the simulator gives those an operator reads.
   */
  @Test
  void metricsArePartOfTheRecordedOnes() throws Exception {
    new Contract(cluster)
        .check(
            Exchange.read("mesos/metrics-snapshot.http"),
            cluster.leader().authority(),
            Contract.Extent.PART);
  }

  /** Neighbours of what was recorded, by the documents of Mesos 1.11. */
  @Test
  void whatIsAskedForAloneIsAnsweredAlone() throws Exception {
    String leader = cluster.leader().authority();
    String framework = chronos.frameworkId().orElseThrow();
    assertThat(cluster.get(leader, "/frameworks?framework_id=" + framework).path("frameworks"))
        .hasSize(1)
        .allMatch(f -> f.path("id").asText().equals(framework));
    assertThat(cluster.get(leader, "/master/frameworks?framework_id=x").path("frameworks"))
        .isEmpty();
    String agent = cluster.mesos().agents().get(1).id().orElseThrow();
    assertThat(
            cluster.get(leader, "/slaves?slave_id=" + agent).path("slaves").findValuesAsText("id"))
        .contains(agent);
    List<String> latestFirst = taskIds("/tasks");
    List<String> oldestFirst = taskIds("/tasks?order=asc");
    assertThat(latestFirst).hasSize(4);
    assertThat(oldestFirst.get(0)).isEqualTo(latestFirst.get(3));
    assertThat(taskIds("/tasks?limit=2")).isEqualTo(latestFirst.subList(0, 2));
    assertThat(taskIds("/tasks?limit=2&offset=3")).isEqualTo(latestFirst.subList(3, 4));
    assertThat(taskIds("/tasks?task_id=" + latestFirst.get(1))).containsExactly(latestFirst.get(1));
    assertThat(taskIds("/tasks?framework_id=" + framework)).isEmpty();
  }

  private static List<String> taskIds(String target) throws Exception {
    List<String> ids = new ArrayList<>();
    cluster
        .get(cluster.leader().authority(), target)
        .path("tasks")
        .forEach(t -> ids.add(t.path("id").asText()));
    return ids;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET_EXECUTORS",
        "GET_OPERATIONS",
        "GET_WEIGHTS",
        "GET_QUOTA",
        "GET_METRICS",
        "GET_MAINTENANCE_SCHEDULE",
        "GET_MAINTENANCE_STATUS",
        "GET_LOGGING_LEVEL"
      })
  void everyCallThatReadsIsKnown(String type) throws Exception {
    assertThat(called(cluster.leader().authority(), type).path("type").asText()).isEqualTo(type);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET_CONTAINERS",
        "GET_EXECUTORS",
        "GET_FRAMEWORKS",
        "GET_TASKS",
        "GET_METRICS",
        "GET_HEALTH",
        "GET_VERSION",
        "GET_LOGGING_LEVEL"
      })
  void everyCallOfAnAgentThatReadsIsKnown(String type) throws Exception {
    String agent = cluster.mesos().agents().get(0).authority();
    assertThat(called(agent, type).path("type").asText()).isEqualTo(type);
  }

  private static JsonNode called(String authority, String type) throws Exception {
    Map<String, String> headers =
        Map.of("Content-Type", "application/json", "Accept", "application/json");
    String body = "{\"type\":\"" + type + "\"}";
    SimReply reply = cluster.send(authority, "POST", "/api/v1", headers, body);
    return cluster.context().json().parse(reply.body());
  }

  /** A second chronos: away with one task, torn down, torn down again. */
  @Test
  void tearsAFrameworkDownAsRecorded() throws Exception {
    try (TestMesos own =
        new TestMesos(MesosGeneration.V1_11, 44, 0.05, Reachability.everywhere())) {
      try (TestMarathon other = new TestMarathon(own, MarathonVersion.V1_11, "127.0.44.1")) {
        other.deployChronos();
        RecordingScheduler heard = new RecordingScheduler();
        SimDriver first = own.chronos(Optional.empty(), "127.0.44.11", 42099, heard);
        Eventually.holds("chronos is registered", first::isConnected);
        SimDriver victim = own.chronos(first.frameworkId(), "127.0.44.12", 42100, heard);
        Eventually.holds("chronos failed over", victim::isConnected);
        TestMarathon.runJob(victim, heard);
        String id = victim.frameworkId().orElseThrow();
        victim.close();
        other.send("DELETE", "/v2/apps/chronos", "");
        Eventually.holds("only the job's task is left", () -> own.runner().launches().size() == 1);
        String leader = own.leader().authority();
        Contract contract = new Contract(own);
        Contract.Extent whole = Contract.Extent.WHOLE;
        contract.check(Exchange.read("mesos/frameworks-after-app-delete.http"), leader, whole);
        String form = "frameworkId=" + id;
        contract.check(Exchange.read("mesos/teardown-good.http"), leader, whole, form);
        contract.check(Exchange.read("mesos/teardown-again-completed.http"), leader, whole, form);
        Eventually.holds("its task is gone", () -> own.runner().launches().isEmpty());
        contract.check(Exchange.read("mesos/frameworks-after-teardown.http"), leader, whole);
      }
    }
  }

  @Test
  void everyRecordingIsPlayed() throws Exception {
    Set<String> known = new TreeSet<>(LEADER);
    known.addAll(STANDBY);
    known.addAll(AGENT);
    known.addAll(LAST);
    assertThat(known.stream().map(name -> "mesos/" + name))
        .containsExactlyInAnyOrderElementsOf(Recordings.names("mesos/"));
  }
}
