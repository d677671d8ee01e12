package org.horai.sandbox.chronos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs really run: as processes, in their order, and with what the real one makes of the rest. */
class ChronosJobsTest {

  @TempDir Path directory;
  private ChronosTrio chronos;

  private String start(ChronosVersion version, String... flags) throws Exception {
    chronos = new ChronosTrio(directory, version, Clock.systemUTC(), flags);
    String address = chronos.add("127.0.7.11").participant();
    ChronosTrio.await(() -> RawHttp.get(address, version.base() + "/jobs").contains(" 200 "));
    ChronosTrio.await(() -> !chronos.mesos.registrations.isEmpty());
    return address;
  }

  @AfterEach
  void stop() {
    chronos.close();
  }

  private JsonNode job(String address, String name) {
    try {
      for (JsonNode job :
          chronos.json.readTree(
              RawHttp.bodyOf(
                  RawHttp.get(
                      address, chronos.instances.get(0).flags().version().base() + "/jobs")))) {
        if (job.path("name").asText().equals(name)) {
          return job;
        }
      }
      return MissingNode.getInstance();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String post(String address, String resource, String json) {
    return RawHttp.send(address, "POST", resource, json).lines().findFirst().orElse("");
  }

  @Test
  void aChildRunsAfterAllItsParentsHaveSucceeded() throws Exception {
    String address = start(ChronosVersion.V3_0_2);
    Path log = directory.resolve("order");
    String append = "\"command\":\"echo $CHRONOS_JOB_NAME >> " + log + "\"";
    String soon = ",\"schedule\":\"R1//PT1H\"}";
    String never = ",\"schedule\":\"R1/2040-01-01T00:00:00Z/PT1H\"}";
    post(address, "/v1/scheduler/iso8601", "{\"name\":\"second\"," + append + never);
    post(address, "/v1/scheduler/iso8601", "{\"name\":\"first\"," + append + never);
    assertThat(
            post(
                address,
                "/v1/scheduler/dependency",
                "{\"name\":\"child\"," + append + ",\"parents\":[\"first\",\"second\"]}"))
        .contains("204");
    post(address, "/v1/scheduler/iso8601", "{\"name\":\"first\"," + append + soon);
    ChronosTrio.await(() -> job(address, "first").path("successCount").asInt() == 1);
    assertThat(job(address, "child").path("successCount").asInt()).isZero();
    RawHttp.send(address, "PUT", "/v1/scheduler/job/second", "");
    ChronosTrio.await(() -> job(address, "child").path("successCount").asInt() == 1);
    assertThat(Files.readAllLines(log)).containsExactly("first", "second", "child");
    TaskSpec task = chronos.mesos.launched.get(0);
    assertThat(task.taskId()).matches("ct:\\d{13}:0:first:");
    assertThat(task.name()).isEqualTo("ChronosTask:first");
    assertThat(job(address, "first").path("disabled").asBoolean()).isTrue();
  }

  @Test
  void aRepeatedJobFiresAgainAndItsStartIsRewritten() throws Exception {
    String address = start(ChronosVersion.V3_0_2);
    post(
        address,
        "/v1/scheduler/iso8601",
        "{\"name\":\"tick\",\"command\":\"true\",\"schedule\":\"R3//PT1S\"}");
    ChronosTrio.await(() -> job(address, "tick").path("successCount").asInt() >= 2);
    assertThat(job(address, "tick").path("schedule").asText())
        .matches("R[01]/\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z/PT1S");
  }

  @Test
  void aFailedJobIsTriedAgainAndThenCounted() throws Exception {
    String address = start(ChronosVersion.V3_0_2, "--failure_retry", "50");
    post(
        address,
        "/v1/scheduler/iso8601",
        "{\"name\":\"bad\",\"command\":\"exit 3\",\"retries\":1,\"schedule\":\"R1//PT1H\"}");
    ChronosTrio.await(() -> job(address, "bad").path("errorCount").asInt() == 1);
    assertThat(chronos.mesos.launched).extracting(TaskSpec::taskId).hasSize(2);
    assertThat(chronos.mesos.launched.get(1).taskId()).contains(":1:bad:");
    assertThat(job(address, "bad").path("lastError").asText()).isNotEmpty();
  }

  @Test
  void aKilledTaskCountsNeitherWay() throws Exception {
    String address = start(ChronosVersion.V3_0_2);
    post(
        address,
        "/v1/scheduler/iso8601",
        "{\"name\":\"long\",\"command\":\"sleep 60\",\"schedule\":\"R1//PT1H\"}");
    String summary = "/v1/scheduler/jobs/summary";
    ChronosTrio.await(() -> RawHttp.get(address, summary).contains("\"1 running\""));
    RawHttp.send(address, "DELETE", "/v1/scheduler/task/kill/long", "");
    ChronosTrio.await(() -> RawHttp.get(address, summary).contains("\"idle\""));
    assertThat(job(address, "long").path("errorCount").asInt()).isZero();
  }

  @Test
  void aRunThatOutlivesItsLeaderIsCountedByTheNext() throws Exception {
    String address = start(ChronosVersion.V3_0_2);
    SimChronos second = chronos.add("127.0.7.12");
    Path gate = directory.resolve("gate");
    post(
        address,
        "/v1/scheduler/iso8601",
        "{\"name\":\"long\",\"command\":\"while [ ! -e "
            + gate
            + " ]; do sleep 0.05; done\","
            + "\"schedule\":\"R1//PT1H\"}");
    ChronosTrio.await(() -> chronos.mesos.launched.size() == 1);
    chronos.instances.get(0).terminate();
    ChronosTrio.await(second::isLeader);
    Files.createFile(gate);
    ChronosTrio.await(() -> job(second.participant(), "long").path("successCount").asInt() == 1);
    assertThat(chronos.mesos.launched).hasSize(1);
  }

  @Test
  void deletingAScheduledParentCostsItsChildTheContainerAndEnvironment() throws Exception {
    String address = start(ChronosVersion.V3_0_2);
    post(
        address,
        "/v1/scheduler/iso8601",
        "{\"name\":\"top\",\"command\":\"true\",\"schedule\":\"R/2040-01-01T00:00:00Z/PT1H\"}");
    post(
        address,
        "/v1/scheduler/dependency",
        "{\"name\":\"leaf\",\"command\":\"true\",\"parents\":[\"top\"],\"retries\":7,"
            + "\"container\":{\"image\":\"busybox\"},"
            + "\"environmentVariables\":[{\"name\":\"A\",\"value\":\"b\"}]}");
    RawHttp.send(address, "DELETE", "/v1/scheduler/job/top", "");
    JsonNode leaf = job(address, "leaf");
    assertThat(leaf.path("schedule").asText()).isEqualTo("R/2040-01-01T00:00:00Z/PT1H");
    assertThat(leaf.path("retries").asInt()).isEqualTo(7);
    assertThat(leaf.has("parents")).isFalse();
    assertThat(leaf.has("container")).isFalse();
    assertThat(leaf.path("environmentVariables")).isEmpty();
  }

  @Test
  void versionTwoHasItsOwnBaseFieldsAndRefusals() throws Exception {
    String address = start(ChronosVersion.V2_4_0);
    String job =
        "{\"name\":\"a job #1\",\"command\":\"true\",\"schedule\":\"R/2040-01-01T00:00:00Z/P1D\"}";
    assertThat(post(address, "/v1/scheduler/iso8601", job)).contains("404");
    assertThat(post(address, "/scheduler/iso8601", job)).contains("204");
    assertThat(job(address, "a job #1").path("epsilon").asText()).isEqualTo("PT60S");
    assertThat(job(address, "a job #1").has("concurrent")).isFalse();
    assertThat(
            post(
                address,
                "/scheduler/dependency",
                "{\"name\":\"x\",\"command\":\"y\",\"parents\":[\"z\"]}"))
        .contains("400");
    assertThat(RawHttp.get(address, "/scheduler/leader")).contains(" 404 ");
    assertThat(chronos.mesos.registrations.get(0).name()).isEqualTo("chronos-2.4.0");
  }

  @Test
  void twoFiveHasWhatCameWithIt() throws Exception {
    String address = start(ChronosVersion.V2_5_0);
    String job =
        """
        {"name":"a.b","command":"true","schedule":"R/2040-01-01T00:00:00Z/P1D",
         "fetch":[{"uri":"http://x/y"}],"constraints":[["rack","UNLIKE","r1"]]%s}""";
    assertThat(post(address, "/scheduler/iso8601", job.formatted(",\"uris\":[\"http://x/y\"]")))
        .contains(" 400 ");
    assertThat(post(address, "/scheduler/iso8601", job.formatted(""))).contains("204");
    assertThat(job(address, "a.b").path("fetch").path(0).path("uri").asText())
        .isEqualTo("http://x/y");
    assertThat(job(address, "a.b").path("constraints")).hasSize(1);
    assertThat(job(address, "a.b").path("epsilon").asText()).isEqualTo("PT60S");
    assertThat(RawHttp.get(address, "/scheduler/leader")).contains(" 200 ", "\"leader\"");
    assertThat(chronos.mesos.registrations.get(0).name()).isEqualTo("chronos-2.5.0");
    assertThat(ChronosVersion.of("2.5.1")).isEqualTo(ChronosVersion.V2_5_0);
    assertThat(ChronosVersion.of("2.3.4")).isEqualTo(ChronosVersion.V2_4_0);
  }

  @Test
  void aRunMissedByMoreThanEpsilonIsSkippedByVersionTwoAndMadeUpForByVersionThree()
      throws Exception {
    String missed =
        "{\"name\":\"old\",\"command\":\"true\",\"schedule\":\"R/2020-01-01T00:00:00Z/P1Y\"}";
    String address = start(ChronosVersion.V2_4_0);
    post(address, "/scheduler/iso8601", missed);
    ChronosTrio.await(() -> !job(address, "old").path("schedule").asText().contains("/2020-"));
    assertThat(chronos.mesos.launched).isEmpty();
    chronos.close();
    Path other = Files.createDirectories(directory.resolve("three"));
    chronos = new ChronosTrio(other, ChronosVersion.V3_0_2, Clock.systemUTC());
    String three = chronos.add("127.0.7.13").participant();
    ChronosTrio.await(() -> RawHttp.get(three, "/v1/scheduler/jobs").contains(" 200 "));
    post(three, "/v1/scheduler/iso8601", missed);
    ChronosTrio.await(() -> job(three, "old").path("successCount").asInt() == 1);
    assertThat(chronos.mesos.launched).hasSize(1);
  }

  @Test
  void aCycleIsAnErrorAndTheOldJobStays() throws Exception {
    String address = start(ChronosVersion.V3_0_2);
    String base = "/v1/scheduler/dependency";
    post(
        address,
        "/v1/scheduler/iso8601",
        "{\"name\":\"a\",\"command\":\"true\",\"schedule\":\"R/2040-01-01T00:00:00Z/PT1H\"}");
    post(address, base, "{\"name\":\"b\",\"command\":\"true\",\"parents\":[\"a\"]}");
    post(address, base, "{\"name\":\"c\",\"command\":\"true\",\"parents\":[\"b\"]}");
    assertThat(post(address, base, "{\"name\":\"b\",\"command\":\"true\",\"parents\":[\"c\"]}"))
        .contains("500");
    assertThat(job(address, "b").path("parents").toString()).isEqualTo("[\"a\"]");
    assertThat(List.of(job(address, "c").path("parents").get(0).asText())).containsExactly("b");
  }
}
