package org.horai.sandbox.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.horai.recordings.Exchange;
import org.horai.recordings.Recordings;
import org.horai.sandbox.marathon.MarathonVersion;
import org.horai.sandbox.marathon.TestMarathon;
import org.horai.sandbox.mesos.MesosGeneration;
import org.horai.sandbox.mesos.Reachability;
import org.horai.sandbox.mesos.TaskExit;
import org.horai.sandbox.mesos.TestMesos;
import org.horai.sandbox.net.Eventually;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The simulated Marathon 1.11 against what a real one answered: a table of states and of the
 * recordings that were made in them, played in this order on one Marathon per state.
 */
class MarathonContractTest {

  /** Brings a Marathon into a state. */
  @FunctionalInterface
  private interface StateBuilder {
    void build(TestMarathon marathon) throws Exception;
  }

  /** A state and its recordings. */
  private record State(String name, StateBuilder builder, List<String> recordings) {}

  private static final String FOUR =
      "{\"cmd\":\"sleep 100000\",\"instances\":4,\"cpus\":0.01,\"mem\":16,"
          + "\"constraints\":[[\"hostname\",\"UNIQUE\"]]}";
  private static final String ROLLING =
      "\"upgradeStrategy\":{\"minimumHealthCapacity\":0.5,\"maximumOverCapacity\":0},";

  /** Recordings that no state of the simulator gives, and why. */
  private static final Map<String, String> NOT_PLAYED =
      Map.of(
          "events-sse-create-to-healthy.txt", "a stream: MarathonEventContractTest",
          "events-sse-filtered.txt", "a stream: MarathonEventContractTest",
          "events-sse-full.txt", "a stream: MarathonEventContractTest",
          "rolling-restart-by-healthcheck-kind.txt",
              "a time line: SimMarathonTest plays what hangs and what rolls");

  private static TestMesos cluster;

  @BeforeAll
  static void start() throws Exception {
    cluster = new TestMesos(MesosGeneration.V1_11, 45, 0.05, Reachability.everywhere());
  }

  @AfterAll
  static void stop() throws Exception {
    cluster.close();
  }

  private static List<State> states() {
    return List.of(
        new State(
            "nothing deployed",
            marathon -> {},
            List.of(
                "ping.http",
                "leader.http",
                "info.http",
                "deployments-empty.http",
                "deployments-after-force-delete.http",
                "queue-empty.http",
                "queue-delete-delay-missing.http",
                "app-missing-get.http",
                "app-missing-double-slash-get.http",
                "app-missing-delete.http",
                "app-missing-restart.http",
                "app-missing-tasks.http",
                "app-delete-force.http",
                "app-put-invalid-constraint.http",
                "app-put-invalid-nocmd.http",
                "app-put-invalid-both.http",
                "app-put-wrongtype.http",
                "app-put-badjson.http",
                "app-post-invalid-id.http",
                "app-put-id-mismatch.http",
                "app-put-unknown-field.http",
                "app-put-no-content-type.http",
                "app-post-create-zero.http",
                "app-post-existing-409.http")),
        new State(
            "one app of one task runs, two have no task",
            marathon -> {
              marathon.put("/chronos", "{\"cmd\":\"sleep 1\"}");
              marathon.put("/unknownfield", "{\"cmd\":\"sleep 1\",\"instances\":0}");
              marathon.put("/zero", "{\"cmd\":\"sleep 1000\",\"instances\":0}");
              Eventually.holds(
                  "the deployments are over", () -> marathon.get("/v2/deployments").isEmpty());
            },
            List.of(
                "apps-list.http",
                "app-flapping-get.http",
                "flapping-deployments.http",
                "app-put-identical-while-locked.http")),
        new State("created once", m -> {}, List.of("app-put-create.http")),
        new State("created twice", m -> {}, List.of("app-put-create-2.http")),
        new State("created after a purge", m -> {}, List.of("app-put-create-after-purge.http")),
        new State(
            "created after a teardown",
            m -> {},
            List.of("app-put-create-after-teardown-no-zk-purge.http")),
        new State(
            "accepted, nothing launched yet",
            marathon -> {
              marathon.process().stallDeployments(true);
              marathon.put("/chronos", body(5, ROLLING));
            },
            List.of("app-get-just-created.http")),
        new State(
            "launched, its image not there yet",
            marathon -> {
              cluster.runner().staging(true);
              marathon.put("/stg", "{\"cmd\":\"sleep 10000\",\"cpus\":0.01,\"mem\":16}");
              Eventually.holds(
                  "it is staged", () -> marathon.app("/stg").path("tasksStaged").asInt() == 1);
            },
            List.of("app-get-staging-other-app.http")),
        new State(
            "launched, not checked yet",
            marathon -> {
              marathon.put("/chronos", body(3600, ROLLING));
              running(marathon, 3);
            },
            List.of(
                "app-get-starting-1.http",
                "deployments-during-create.http",
                "deployments-crash-looping.http",
                "app-put-change-while-locked-409.http",
                "app-put-change-while-locked-409-again.http",
                "app-restart-while-locked-409.http",
                "app-delete-while-locked.http")),
        new State(
            "launched again after a crash, not checked yet",
            marathon -> {
              marathon.put("/chronos", body(3600, ROLLING));
              running(marathon, 3);
              failOne(marathon);
              running(marathon, 3);
            },
            List.of(
                "app-crash-loop-framework-removed.http",
                "queue-crash-loop.http",
                "queue-relaunch-delayed-after-kill.http",
                "app-delete-while-locked-2.http")),
        new State(
            "launched, checks fail",
            marathon -> {
              cluster.runner().answer(503);
              marathon.put("/chronos", body(5, ROLLING));
              unhealthy(marathon);
            },
            List.of(
                "app-get-starting-2.http",
                "app-get-starting-3.http",
                "app-get-starting-4.http",
                "app-get-starting-5.http",
                "app-get-starting-6.http")),
        new State(
            "launched, checks fail, one crashed before",
            marathon -> {
              cluster.runner().answer(503);
              marathon.put("/chronos", body(5, ROLLING));
              running(marathon, 3);
              failOne(marathon);
              unhealthy(marathon);
            },
            List.of("app-crash-looping-get.http", "queue-crash-looping-backoff.http")),
        new State(
            "healthy after a crash",
            marathon -> {
              marathon.put("/chronos", recordedBody("app-put-create.http"));
              marathon.awaitHealthy("/chronos", 3);
              marathon.failOneTask("127.0.45.12");
            },
            List.of(
                "app-get-healthy.http",
                "app-get-healthy-double-slash.http",
                "app-get-embed.http",
                "app-tasks-healthy.http",
                "app-tasks-healthy-single-slash.http",
                "app-tasks-text-plain.http",
                "apps-list-embedded.http",
                "tasks-all.http",
                "groups.http",
                "app-versions.http",
                "deployments-after.http",
                "queue-after.http",
                "app-put-same.http",
                "app-get-after-put-same.http",
                "deployments-after-put-same.http")),
        new State(
            "well again after failed checks, one killed since",
            marathon -> {
              marathon.put("/chronos", recordedBody("app-put-create.http"));
              marathon.awaitHealthy("/chronos", 3);
              cluster.runner().answer(500);
              unhealthy(marathon);
              cluster.runner().answer(200);
              marathon.awaitHealthy("/chronos", 3);
              marathon.failOneTask("127.0.45.11");
            },
            List.of("app-get-after-kill9.http")),
        new State(
            "healthy, never crashed",
            marathon -> {
              marathon.put("/chronos", body(5, ROLLING));
              marathon.awaitHealthy("/chronos", 3);
            },
            List.of(
                "app-restart.http",
                "app-get-during-restart.http",
                "deployments-during-restart.http",
                "app-restart-again-409.http",
                "app-restart-again-force.http",
                "deployments-during-forced-restart.http",
                "app-put-change-force.http",
                "deployments-after-put-force.http",
                "app-put-change-over-capacity.http",
                "app-delete-existing.http")),
        new State(
            "deleted",
            marathon -> {
              marathon.put("/chronos", body(5, ROLLING));
              marathon.awaitHealthy("/chronos", 3);
              marathon.send("DELETE", "/v2/apps/chronos", "");
              Eventually.holds(
                  "the deployment is over", () -> marathon.get("/v2/deployments").isEmpty());
            },
            List.of(
                "deployments-during-delete.http",
                "app-after-delete-get.http",
                "app-get-after-delete.http",
                "app-get-during-forced-change.http",
                "app-put-change-force-after-delete.http")),
        new State(
            "healthy, for a change",
            marathon -> {
              marathon.put("/chronos", body(5, ROLLING));
              marathon.awaitHealthy("/chronos", 3);
            },
            List.of("app-put-change.http")),
        new State(
            "healthy, for a change of strategy",
            marathon -> {
              marathon.put("/chronos", body(5, ROLLING));
              marathon.awaitHealthy("/chronos", 3);
            },
            List.of("app-put-change-default-upgrade-strategy.http")),
        new State(
            "locked and the same again",
            marathon -> {
              marathon.process().stallDeployments(true);
              marathon.send("PUT", "/v2/apps/chronos", recordedBody("app-put-create.http"));
            },
            List.of("app-put-same-while-locked.http")),
        new State("four on three agents", m -> {}, List.of("app-put-four-unique.http")),
        new State(
            "things that do not fit",
            marathon -> {
              marathon.put("/four", FOUR);
              Eventually.holds(
                  "three of four run",
                  () -> marathon.app("/four").path("tasksRunning").asInt() == 3);
              marathon.put("/huge", "{\"cmd\":\"sleep 100000\",\"cpus\":64,\"mem\":16}");
              marathon.put(
                  "/norack",
                  "{\"cmd\":\"sleep 100000\",\"cpus\":0.01,\"mem\":16,"
                      + "\"constraints\":[[\"rack\",\"LIKE\",\"nosuch\"]]}");
              Eventually.holds(
                  "all three were offered everything",
                  () -> Stream.of(0, 1, 2).allMatch(i -> wasOffered(marathon, i)));
            },
            List.of(
                "app-get-overdue.http",
                "queue-unmet-constraints.http",
                "queue-unmet-constraints-embed-offers.http",
                "deployments-during-forced-change.http",
                "queue-delete-delay.http",
                "app-delete-locked-four.http")),
        new State(
            "a change beside things that do not fit",
            marathon -> {
              marathon.put("/four", FOUR);
              marathon.put("/chronos", body(5, ROLLING));
              marathon.awaitHealthy("/chronos", 3);
              marathon.put("/chronos", "{\"mem\":310}");
            },
            List.of("deployments-during-change.http")));
  }

  private static String body(int interval, String more) {
    return TestMarathon.chronosBody(3, interval, more);
  }

  private static String recordedBody(String name) {
    return Exchange.read("marathon/" + name).requestBody();
  }

  private static boolean wasOffered(TestMarathon marathon, int index) {
    try {
      return marathon
              .get("/v2/queue")
              .path("queue")
              .path(index)
              .path("processedOffersSummary")
              .path("rejectSummaryLastOffers")
              .size()
          > 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static void running(TestMarathon marathon, int count) {
    Eventually.holds(
        count + " tasks run", () -> marathon.app("/chronos").path("tasksRunning").asInt() == count);
  }

  private static void unhealthy(TestMarathon marathon) {
    Eventually.holds(
        "all checks have failed",
        () -> marathon.app("/chronos").path("tasksUnhealthy").asInt() == 3);
  }

  private static void failOne(TestMarathon marathon) throws Exception {
    String task = marathon.app("/chronos").path("tasks").get(0).path("id").asText();
    cluster.runner().end(task, TaskExit.ofStatus(1));
    Eventually.holds("the failure is known", () -> marathon.app("/chronos").has("lastTaskFailure"));
  }

  @TestFactory
  Stream<DynamicTest> answersAsRecorded() {
    return states().stream().map(state -> DynamicTest.dynamicTest(state.name(), () -> play(state)));
  }

  private static void play(State state) throws Exception {
    cluster.runner().answer(200);
    List<String> failures = new ArrayList<>();
    try (TestMarathon marathon = new TestMarathon(cluster, MarathonVersion.V1_11, "127.0.45.1")) {
      state.builder().build(marathon);
      for (String name : state.recordings()) {
        try {
          new Contract(cluster)
              .check(
                  Exchange.read("marathon/" + name), marathon.authority(), Contract.Extent.WHOLE);
        } catch (AssertionError difference) {
          failures.add(name + ": " + difference.getMessage());
        }
      }
      for (var app : marathon.get("/v2/apps").path("apps")) {
        marathon.send("DELETE", "/v2/apps" + app.path("id").asText(), "");
      }
      marathon.process().stallDeployments(false);
      cluster.runner().staging(false);
      Eventually.holds(
          "all tasks of this state are gone", () -> cluster.runner().launches().isEmpty());
    }
    assertThat(failures).isEmpty();
  }

  @Test
  void everyRecordingIsPlayedOrExplained() throws Exception {
    Set<String> known = new TreeSet<>(NOT_PLAYED.keySet());
    states().forEach(state -> known.addAll(state.recordings()));
    assertThat(known.stream().map(name -> "marathon/" + name))
        .containsExactlyInAnyOrderElementsOf(Recordings.names("marathon/"));
  }
}
