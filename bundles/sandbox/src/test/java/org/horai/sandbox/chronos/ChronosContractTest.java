package org.horai.sandbox.chronos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.horai.recordings.Exchange;
import org.horai.recordings.Normal;
import org.horai.recordings.Recordings;
import org.horai.recordings.Shape;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sends the recorded requests in their order to three simulated instances and compares the answers
 * by the rule of {@link Normal}.
 *
 * <p>Of metrics.http and metrics-follower.http, whose gauges depend on the JVM and its collector,
 * only what is simulated must be as recorded. The other recordings of the folder are time lines,
 * see {@link ChronosFailoverTest}.
 */
class ChronosContractTest {

  private static final Instant RECORDED = Instant.parse("2026-11-22T22:57:49Z");
  private static final List<String> IN_ORDER =
      List.of(
          "leader.http",
          "ping.http",
          "ping-follower.http",
          "leader-from-follower.http",
          "root.http",
          "jobs-legacy-path.http",
          "graph-csv-legacy-path.http",
          "graph-dot-legacy-path.http",
          "jobs-empty.http",
          "post-iso8601.http",
          "post-iso8601-same-again.http",
          "jobs-one.http",
          "job-get.http",
          "post-iso8601-minimal.http",
          "post-iso8601-bad-schedule.http",
          "post-iso8601-no-schedule.http",
          "post-iso8601-no-command.http",
          "post-iso8601-no-name.http",
          "post-iso8601-bad-json.http",
          "post-iso8601-bad-name.http",
          "post-iso8601-unknown-field.http",
          "post-iso8601-empty.http",
          "post-iso8601-text-plain.http",
          "post-dependency.http",
          "post-dependency-no-parents.http",
          "post-dependency-missing-parent.http",
          "job-get-child.http",
          "jobs-three.http",
          "jobs-summary.http",
          "jobs-search.http",
          "graph-csv.http",
          "graph-dot.http",
          "job-run.http",
          "job-run-args.http",
          "job-run-missing.http",
          "job-get-after-run.http",
          "job-stat.http",
          "stats.http",
          "jobs-summary-after-run.http",
          "graph-csv-after-run.http",
          "kill-tasks.http",
          "kill-tasks-missing.http",
          "nonsense.http",
          "method-not-allowed.http",
          "job-get-missing.http",
          "job-delete-missing.http",
          "follower-jobs.http",
          "follower-post-iso8601.http",
          "follower-post-bad-schedule.http",
          "follower-job-get-missing.http",
          "follower-delete-missing.http",
          "follower-delete.http",
          "follower-nonsense.http",
          "follower-put-run.http",
          "follower-put-run-empty-body-json.http",
          "job-delete-parent-of-child.http",
          "job-delete.http",
          "jobs-after-parent-delete.http");

  private static final List<String> IN_PART = List.of("metrics.http", "metrics-follower.http");

  /** Before this recording is replayed, the job must have ended a run. */
  private static final Map<String, String> AFTER_RUN_OF =
      Map.of(
          "jobs-three.http", "bad",
          "job-get-after-run.http", "child",
          "job-delete-parent-of-child.http", "minimal");

  @TempDir static Path directory;
  private static ChronosTrio trio;

  @BeforeAll
  static void startThree() throws Exception {
    Clock clock = Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), RECORDED));
    trio = new ChronosTrio(directory, ChronosVersion.V3_0_2, clock).started();
    trio.leader();
    ChronosTrio.await(() -> !trio.mesos.registrations.isEmpty());
  }

  @AfterAll
  static void stopThree() {
    trio.close();
  }

  @TestFactory
  Stream<DynamicTest> answersAsRecorded() {
    return IN_ORDER.stream().map(name -> DynamicTest.dynamicTest(name, () -> replay(name)));
  }

  @TestFactory
  Stream<DynamicTest> answersSomeOfWhatIsRecorded() {
    return IN_PART.stream().map(name -> DynamicTest.dynamicTest(name, () -> comparePart(name)));
  }

  private static void comparePart(String name) throws Exception {
    Exchange recording = Exchange.read("chronos/" + name);
    Exchange answer = answer(recording);
    assertThat(answer.status()).isEqualTo(recording.status());
    assertThat(Normal.headers(answer)).isEqualTo(Normal.headers(recording));
    assertThat(
            Shape.differences(
                trio.json.readTree(recording.body()), trio.json.readTree(answer.body())))
        .allMatch(difference -> difference.matches("/gauges/jvm[.].*: recorded, not answered"));
  }

  private static void replay(String name) throws Exception {
    if (AFTER_RUN_OF.containsKey(name)) {
      awaitRun(AFTER_RUN_OF.get(name));
    }
    Exchange recording = Exchange.read("chronos/" + name);
    assertThat(Normal.answer(answer(recording))).isEqualTo(Normal.answer(recording));
  }

  private static Exchange answer(Exchange recording) throws IOException {
    SimChronos leader = trio.leader();
    boolean follows = recording.name().contains("follower");
    String address = follows ? trio.followersOf(leader).get(0).participant() : leader.participant();
    return Exchange.answered(RawHttp.raw(address, request(recording, address)));
  }

  private static String request(Exchange recorded, String address) {
    StringBuilder request = new StringBuilder(recorded.method() + " " + recorded.target());
    request.append(" HTTP/1.1\r\nHost: ").append(address).append("\r\n");
    recorded
        .requestHeaders()
        .forEach(
            (name, value) -> {
              if (!name.equalsIgnoreCase("host")) {
                request.append(name).append(": ").append(value).append("\r\n");
              }
            });
    return request.append("\r\n").append(recorded.requestBody()).toString();
  }

  private static void awaitRun(String job) {
    String path = "/v1/scheduler/job/" + job;
    String leader = trio.leader().participant();
    ChronosTrio.await(() -> RawHttp.get(leader, path).matches("(?s).*\"successCount\":[1-9].*"));
  }

  @Test
  void everyRecordedExchangeIsReplayed() throws Exception {
    List<String> recorded =
        Recordings.names("chronos/").stream().filter(n -> n.endsWith(".http")).toList();
    assertThat(Stream.concat(IN_ORDER.stream(), IN_PART.stream()).map(n -> "chronos/" + n))
        .containsExactlyInAnyOrderElementsOf(recorded);
  }
}
