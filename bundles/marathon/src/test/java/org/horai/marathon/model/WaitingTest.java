package org.horai.marathon.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.horai.api.cluster.AgentInfo;
import org.horai.api.cluster.HostPort;
import org.horai.api.deployer.Deployment;
import org.horai.api.deployer.WaitingReason;
import org.horai.api.deployer.Workload;
import org.horai.marathon.model.Answers.Queued;
import org.horai.marathon.model.Answers.Rejection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaitingTest {
  private static final Instant NOW = Instant.parse("2026-11-22T22:01:35Z");
  private static final String V1 = "2026-11-22T22:00:00.000Z";

  private final Map<String, Object> definition = new LinkedHashMap<>();

  WaitingTest() {
    definition.put("id", "/chronos");
    definition.put("version", V1);
    definition.put("instances", 3);
    definition.put("cpus", 0.5);
    definition.put("mem", 1024);
    definition.put("constraints", List.of(List.of("hostname", "UNIQUE")));
  }

  private void tasksOn(String... hosts) {
    definition.put(
        "tasks",
        IntStream.range(0, hosts.length)
            .mapToObj(i -> task("t" + i, hosts[i], V1, Map.of("alive", true)))
            .toList());
  }

  private static Map<String, Object> task(
      String id, String host, String version, Map<String, Object> health) {
    return Map.of(
        "id",
        id,
        "host",
        host,
        "state",
        "TASK_RUNNING",
        "version",
        version,
        "healthCheckResults",
        List.of(health));
  }

  private static AgentInfo agent(String name, boolean active, String cpus, String usedCpus) {
    return new AgentInfo(
        name,
        name,
        new HostPort("10.0.0." + name.substring(name.length() - 1), 5051),
        active,
        "0.28.2",
        Map.of("cpus", cpus, "mem", "2048", "ports", "[31000-32000]"),
        Map.of("cpus", usedCpus, "mem", "512"),
        Map.of("rack", name.endsWith("1") ? "a" : "b"));
  }

  private List<WaitingReason> computed(AgentInfo... agents) {
    return new Waiting(app(), List.of(), Optional.empty(), Optional.of(List.of(agents)), "")
        .reasons(NOW);
  }

  private Workload app() {
    return Answers.workload(new Tree(definition));
  }

  @Test
  void aSatisfiedAppHasNoReasons() {
    tasksOn("node1", "node2", "node3");

    assertThat(computed()).isEmpty();
  }

  @Test
  void theReasonsOfTheQueueComeFirst() {
    tasksOn("node1", "node2");
    Queued queued =
        new Queued("/chronos", 1, 0, true, List.of(new Rejection("UnfulfilledConstraint", 3, 3)));

    List<WaitingReason> reasons =
        new Waiting(app(), List.of(), Optional.of(queued), Optional.empty(), "").reasons(NOW);

    assertThat(reasons)
        .singleElement()
        .satisfies(
            reason -> {
              assertThat(reason.what())
                  .isEqualTo("1 instance is not started: no agent satisfies the constraints");
              assertThat(reason.why())
                  .isEqualTo("UnfulfilledConstraint declined 3 of the last 3 offers");
            });
  }

  @Test
  void everyAgentsVerdictIsComputedWhenMarathonSaysNothing() {
    tasksOn("node1", "10.0.0.2");

    List<WaitingReason> reasons =
        computed(
            agent("node1", true, "4", "1"),
            agent("node2", true, "4", "3.8"),
            agent("node3", false, "4", "3.75"));

    assertThat(reasons)
        .extracting(WaitingReason::subject, WaitingReason::why)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "node1", "it runs an instance already (hostname UNIQUE)"),
            org.assertj.core.groups.Tuple.tuple(
                "node2",
                "it runs an instance already (hostname UNIQUE); cpus: 0.2 free, 0.5 needed"),
            org.assertj.core.groups.Tuple.tuple(
                "node3", "it is not active; cpus: 0.25 free, 0.5 needed"));
  }

  @Test
  void anAgentWithRoomIsNamed() {
    tasksOn("node1", "node2");

    assertThat(computed(agent("node1", true, "4", "0"), agent("node3", true, "4", "0")))
        .singleElement()
        .extracting(WaitingReason::why)
        .asString()
        .contains("it would fit on node3");
  }

  @ParameterizedTest
  @CsvSource({
    "hostname, CLUSTER, node1, node1",
    "rack, CLUSTER, '', node2 node3",
    "rack, LIKE, a, node1",
    "rack, UNLIKE, a, node2 node3",
    "rack, IS, b, node2 node3",
    "rack, MAX_PER, 1, node1",
    "hostname, MAX_PER, 1, node1 node3",
    "rack, UNIQUE, '', node1",
    "zone, LIKE, x, ''",
    "zone, UNLIKE, x, node1 node2 node3",
    "rack, GROUP_BY, 2, node1 node2 node3",
  })
  void constraintsAllowWhatMarathonAllows(
      String field, String operator, String value, String fitting) {
    definition.put(
        "constraints",
        List.of(value.isEmpty() ? List.of(field, operator) : List.of(field, operator, value)));
    tasksOn("node2");

    List<String> fits =
        Placement.verdicts(
                app(),
                List.of(
                    agent("node1", true, "4", "0"),
                    agent("node2", true, "4", "0"),
                    agent("node3", true, "4", "0")))
            .stream()
            .filter(Placement.Verdict::fits)
            .map(Placement.Verdict::agent)
            .toList();

    assertThat(String.join(" ", fits)).isEqualTo(fitting);
  }

  @Test
  void withoutMesosItSaysWhyNothingCanBeComputed() {
    List<WaitingReason> reasons =
        new Waiting(app(), List.of(), Optional.empty(), Optional.empty(), "no Mesos service")
            .reasons(NOW);

    assertThat(reasons)
        .singleElement()
        .extracting(WaitingReason::why)
        .isEqualTo("no Mesos service");
  }

  @Test
  void backOffAndTheLastFailureAreSaid() {
    definition.put("lastTaskFailure", Map.of("message", "exited with status 1", "host", "node1"));
    Queued queued = new Queued("/chronos", 3, 42, false, List.of());

    List<WaitingReason> reasons =
        new Waiting(app(), List.of(), Optional.of(queued), Optional.of(List.of()), "").reasons(NOW);

    assertThat(reasons.get(0).what()).contains("waits 42 s");
    assertThat(reasons).anySatisfy(r -> assertThat(r.why()).contains("exited with status 1"));
  }

  @Test
  void aCrashLoopIsSeenWhileItsNextInstanceStarts() {
    Map<String, Object> staging = new HashMap<>(task("t2", "node3", V1, Map.of("alive", true)));
    staging.put("state", "TASK_STAGING");
    staging.remove("healthCheckResults");
    tasksOn("node1", "node2");
    List<Object> tasks = new ArrayList<>((List<?>) definition.get("tasks"));
    tasks.add(staging);
    definition.put("tasks", tasks);
    definition.put("lastTaskFailure", Map.of("message", "Container exited with status 1"));

    assertThat(computed())
        .extracting(WaitingReason::what)
        .containsExactly("does not run yet on node3", "its last task failed");
  }

  @Test
  void aFailingHealthCheckIsSaidWithItsCause() {
    definition.put(
        "tasks",
        List.of(
            task("t1", "node1", V1, Map.of("alive", true)),
            task("t2", "node2", V1, Map.of("alive", true)),
            task(
                "t3",
                "node3",
                V1,
                Map.of("alive", false, "consecutiveFailures", 2, "lastFailureCause", "refused"))));

    assertThat(computed())
        .containsExactly(
            new WaitingReason(
                "t3",
                "fails its health check on node3",
                "refused",
                "the leading Marathon must reach the instance; chronos:status asks it, too"));
  }

  @Test
  void aDeploymentThatHoldsTheAppIsSaidWithItsAge() {
    tasksOn("node1", "node2", "node3");
    definition.put("deployments", List.of(Map.of("id", "d-1")));

    assertThat(holding(List.of("ScaleApplication /chronos")))
        .singleElement()
        .satisfies(
            reason -> {
              assertThat(reason.subject()).isEqualTo("deployment d-1");
              assertThat(reason.why())
                  .isEqualTo("ScaleApplication /chronos, step 1 of 1, for 95 s");
            });
  }

  @Test
  void aRollOutThatCannotMoveIsRecognised() {
    tasksOn("node1", "node2", "node3");
    definition.put("version", "2026-11-22T22:01:00.000Z");
    definition.put("deployments", List.of(Map.of("id", "d-1")));
    definition.put("healthChecks", List.of(Map.of("protocol", "HTTP")));
    definition.put("upgradeStrategy", Map.of("maximumOverCapacity", 0.0));

    assertThat(holding(List.of("RestartApplication /chronos")).get(0).what())
        .isEqualTo("a rolling change that kills no old instance");

    definition.put("healthChecks", List.of(Map.of("protocol", "MESOS_HTTP")));
    assertThat(holding(List.of("RestartApplication /chronos"))).hasSize(1);
  }

  private List<WaitingReason> holding(List<String> actions) {
    Deployment deployment = new Deployment("d-1", V1, List.of("/chronos"), actions, 1, 1);
    return new Waiting(app(), List.of(deployment), Optional.empty(), Optional.of(List.of()), "")
        .reasons(NOW);
  }
}
