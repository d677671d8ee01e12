package org.horai.chronos.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.groups.Tuple;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.jobs.ChronosDialect;
import org.horai.api.jobs.Job;
import org.horai.api.jobs.JobView;
import org.horai.api.time.Deadline;
import org.horai.chronos.model.ChronosErrors;
import org.horai.chronos.v2.Chronos2Dialect;
import org.horai.chronos.v3.Chronos3Dialect;
import org.horai.core.http.client.OkHttpTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The client against what a real Chronos 3.0.2 answered. */
class ChronosClientTest {
  private static final Job JOB =
      new Job(
          "bad",
          Map.of("name", "bad", "command", "true", "schedule", "R/2030-01-01T00:00:00Z/P1D"));

  private final OkHttpTransport http =
      new OkHttpTransport(
          reference -> {
            throw new AssertionError("no secret is needed");
          });
  private final Deadline soon = Deadline.after(Duration.ofSeconds(10));

  @AfterEach
  void close() {
    http.close();
  }

  @Test
  void listsJobsWithStatusAndState() throws IOException {
    try (RecordedServer server = new RecordedServer("jobs-three", "graph-csv")) {
      List<JobView> jobs = client(server).jobs(soon);

      assertThat(jobs)
          .extracting(v -> v.job().name(), JobView::status, JobView::state, JobView::successes)
          .contains(
              Tuple.tuple("hello", "fresh", "idle", 0L),
              Tuple.tuple("bad", "success", "idle", 1L),
              Tuple.tuple("child", "fresh", "idle", 0L));
      assertThat(jobs)
          .filteredOn(v -> v.job().name().equals("child"))
          .first()
          .satisfies(v -> assertThat(v.job().parents()).containsExactly("hello"));
    }
  }

  @Test
  void readsAnEmptyListWithoutAskingForStates() throws IOException {
    try (RecordedServer server = new RecordedServer("jobs-empty")) {
      assertThat(client(server).jobs(soon)).isEmpty();
      assertThat(server.requests()).containsExactly("GET /v1/scheduler/jobs");
    }
  }

  @Test
  void keepsDefinitionsApartFromCounters() throws IOException {
    try (RecordedServer server = new RecordedServer("jobs-three", "graph-csv-after-run")) {
      assertThat(client(server).jobs(soon).get(0).job().fields())
          .containsKeys("name", "command", "retries", "runAsUser")
          .doesNotContainKeys("successCount", "lastSuccess", "errorsSinceLastSuccess");
    }
  }

  @Test
  void readsTheLeaderAndThePing() throws IOException {
    try (RecordedServer server = new RecordedServer("leader", "ping")) {
      assertThat(client(server).leader(soon)).isEqualTo("127.0.7.11:31108");
      assertThat(client(server).pings(soon)).isTrue();
    }
  }

  @Test
  void putsScheduledJobsAndDependentOnesToTheirOwnPlaces() throws IOException {
    try (RecordedServer server = new RecordedServer("post-iso8601", "post-dependency")) {
      client(server).put(JOB, soon);
      client(server).put(new Job("c", Map.of("command", "true", "parents", List.of("a"))), soon);

      assertThat(server.requests())
          .containsExactly("POST /v1/scheduler/iso8601", "POST /v1/scheduler/dependency");
    }
  }

  @Test
  void runsKillsAndDeletes() throws IOException {
    try (RecordedServer server = new RecordedServer("job-run", "kill-tasks", "job-delete")) {
      client(server).run("hello", soon);
      client(server).kill("hello", soon);
      client(server).delete("minimal", soon);

      assertThat(server.requests())
          .containsExactly(
              "PUT /v1/scheduler/job/hello",
              "DELETE /v1/scheduler/task/kill/hello",
              "DELETE /v1/scheduler/job/minimal");
    }
  }

  @Test
  void givesTheServersWordsForABadSchedule() throws IOException {
    assertRefused("post-iso8601-bad-schedule", "Cannot parse schedule 'every day'");
  }

  @Test
  void givesTheReasonInsideAnErrorPage() throws IOException {
    assertRefused("post-iso8601-bad-json", "JsonParseException");
  }

  @Test
  void saysThatAFollowerHidesTheReason() throws IOException {
    assertRefused("follower-post-bad-schedule", "without a word");
  }

  @Test
  void suspectsTheVersionWhenTheLegacyPathIsNotFound() throws IOException {
    try (RecordedServer server = new RecordedServer("jobs-legacy-path")) {
      assertThatThrownBy(() -> client(server, new Chronos2Dialect()).jobs(soon))
          .isInstanceOfSatisfying(
              HoraiException.class,
              e -> {
                assertThat(e.code()).isEqualTo(CommonErrors.BAD_ANSWER);
                assertThat(e.next()).contains("check chronos.version in the cluster file");
              });
    }
  }

  private void assertRefused(String recording, String words) throws IOException {
    try (RecordedServer server = new RecordedServer(recording)) {
      assertThatThrownBy(() -> client(server).put(JOB, soon))
          .isInstanceOfSatisfying(
              HoraiException.class,
              e -> {
                assertThat(e.code()).isEqualTo(ChronosErrors.REFUSED_BY_SERVER);
                assertThat(e.why()).hasValueSatisfying(why -> assertThat(why).contains(words));
              });
    }
  }

  private ChronosClient client(RecordedServer server) {
    return client(server, new Chronos3Dialect());
  }

  private ChronosClient client(RecordedServer server, ChronosDialect dialect) {
    return new ChronosClient(http, new ObjectMapper(), dialect, server.address(), Optional.empty());
  }
}
