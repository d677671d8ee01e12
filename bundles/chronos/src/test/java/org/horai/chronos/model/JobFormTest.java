package org.horai.chronos.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.horai.api.jobs.ChronosDialect;
import org.horai.api.jobs.Job;
import org.horai.api.jobs.JobView;
import org.horai.chronos.v2.Chronos2Dialect;
import org.horai.chronos.v3.Chronos3Dialect;
import org.horai.recordings.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A job that is there as wanted shows no difference, on any generation of Chronos. */
class JobFormTest {
  /** What is written into a file by hand. */
  private static final String WANTED =
      """
      {"name":"a","command":"true","schedule":"R/2026-01-01T02:00:00Z/P1D","mem":512,
       "container":{"image":"busybox"},"constraints":[["rack","LIKE","r1"]]}
      """;

  /** What a server fills in and counts, whatever its version. */
  private static final String COMMON =
      """
      "name":"a","command":"true","shell":true,"executor":"","executorFlags":"","retries":2,
      "owner":"","ownerName":"","description":"","successCount":7,"errorCount":1,
      "lastSuccess":"2026-11-22T22:57:52.198Z","lastError":"","cpus":0.1,"disk":256.0,"mem":512.0,
      "disabled":false,"softError":false,"dataProcessingJobType":false,
      "errorsSinceLastSuccess":0,"uris":[],"environmentVariables":[],"arguments":[],
      "highPriority":false,"runAsUser":"root","constraints":[["rack","LIKE","r1"]],
      "schedule":"R/2026-11-23T02:00:00.000Z/P1D","scheduleTimeZone":"",
      """;

  private static final String V24 =
      "{"
          + COMMON
          + "\"epsilon\":\"PT60S\",\"async\":false,"
          + "\"container\":{\"type\":\"DOCKER\",\"image\":\"busybox\",\"network\":\"HOST\","
          + "\"volumes\":[],\"forcePullImage\":false}}";
  private static final String V25 =
      "{"
          + COMMON
          + "\"epsilon\":\"PT60S\",\"async\":false,\"taskInfoData\":\"\",\"fetch\":[],"
          + "\"container\":{\"type\":\"DOCKER\",\"image\":\"busybox\",\"network\":\"HOST\","
          + "\"volumes\":[],\"parameters\":[],\"forcePullImage\":false}}";
  private static final String V30 =
      "{"
          + COMMON
          + "\"taskInfoData\":\"\",\"fetch\":[],\"concurrent\":false,"
          + "\"container\":{\"type\":\"DOCKER\",\"image\":\"busybox\",\"network\":\"HOST\","
          + "\"networkInfos\":[],\"volumes\":[],\"parameters\":[],\"forcePullImage\":false}}";

  record Version(String name, ChronosDialect dialect, String shown) {
    boolean shows(String wanted) throws IOException {
      return shows(json(wanted));
    }

    boolean shows(Map<String, Object> wanted) throws IOException {
      Job job = new Job(String.valueOf(wanted.get("name")), wanted);
      return JobForm.same(dialect.toJson(job), dialect.toJson(dialect.fromJson(json(shown)).job()));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Version> versions() {
    return Stream.of(
        new Version("2.4.0", new Chronos2Dialect(), V24),
        new Version("2.5.1", new Chronos2Dialect(), V25),
        new Version("3.0.2", new Chronos3Dialect(), V30));
  }

  @ParameterizedTest
  @MethodSource("versions")
  void whatWasWrittenByHandIsThere(Version version) throws IOException {
    assertThat(version.shows(WANTED)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("versions")
  void backupsOfEveryVersionAreThere(Version version) throws IOException {
    for (String backup : List.of(V24, V25, V30)) {
      assertThat(version.shows(JobView.parse(json(backup)).job().fields())).as(backup).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "command | \"false\"",
        "mem | 256",
        "cpus | 2",
        "retries | 5",
        "shell | false",
        "disabled | true",
        "runAsUser | \"nobody\"",
        "schedule | \"R/2026-01-01T02:00:00Z/PT1H\"",
        "schedule | \"R5/2026-01-01T02:00:00Z/P1D\"",
        "scheduleTimeZone | \"Europe/Berlin\"",
        "uris | [\"http://x/y\"]",
        "environmentVariables | [{\"name\":\"A\",\"value\":\"b\"}]",
        "constraints | []",
        "container | {\"image\":\"other\"}",
        "container | {}"
      })
  void everyChangeIsSeenOnAllVersions(String field, String value) throws IOException {
    Map<String, Object> changed = json(WANTED);
    changed.put(field, new ObjectMapper().readValue(value, Object.class));

    for (Version version : versions().toList()) {
      assertThat(version.shows(changed)).as(version + " " + changed).isFalse();
    }
  }

  /** Chronos 2.5 and 3 list files under both names, whichever was given. */
  @Test
  void filesAreTheSameUnderEitherName() throws IOException {
    String fetched =
        "\"uris\":[\"http://x/y\"],\"fetch\":[{\"uri\":\"http://x/y\",\"executable\":false,"
            + "\"cache\":false,\"extract\":true}]";
    Version four =
        new Version(
            "2.4.0",
            new Chronos2Dialect(),
            V24.replace("\"uris\":[]", "\"uris\":[\"http://x/y\"]"));
    List<Version> both =
        Stream.of(V25, V30)
            .map(shown -> shown.replace("\"fetch\":[]", fetched).replace("\"uris\":[],", ""))
            .map(shown -> new Version("both", new Chronos3Dialect(), shown))
            .toList();
    for (Version version : List.of(four, both.get(0), both.get(1))) {
      assertThat(version.shows(withFiles("uris", "[\"http://x/y\"]"))).isTrue();
      assertThat(version.shows(withFiles("uris", "[\"http://x/z\"]"))).isFalse();
      assertThat(version.shows(json(WANTED))).isFalse();
    }
    for (Version version : both) {
      assertThat(version.shows(withFiles("fetch", "[{\"uri\":\"http://x/y\"}]"))).isTrue();
      assertThat(version.shows(withFiles("fetch", "[{\"uri\":\"http://x/y\",\"extract\":false}]")))
          .isFalse();
    }
  }

  private static Map<String, Object> withFiles(String field, String files) throws IOException {
    Map<String, Object> wanted = json(WANTED);
    wanted.put(field, new ObjectMapper().readValue(files, Object.class));
    return wanted;
  }

  @Test
  void aJobThatWaitsForOthersIsNotOneWithASchedule() throws IOException {
    Map<String, Object> wanted = json(WANTED);
    wanted.remove("schedule");
    wanted.put("parents", List.of("b"));

    for (Version version : versions().toList()) {
      assertThat(version.shows(wanted)).as(version.name()).isFalse();
    }
  }

  @Test
  void whatARealServerWasSentIsThere() throws IOException {
    ChronosDialect dialect = new Chronos3Dialect();
    Map<String, Object> sent = json(Exchange.read("chronos/post-iso8601.http").requestBody());
    Map<String, Object> shown = json(Exchange.read("chronos/job-get.http").body());

    assertThat(
            JobForm.same(
                dialect.toJson(new Job("hello", sent)),
                dialect.toJson(dialect.fromJson(shown).job())))
        .isTrue();
  }

  private static Map<String, Object> json(String text) throws IOException {
    return new ObjectMapper()
        .readValue(text, new TypeReference<LinkedHashMap<String, Object>>() {});
  }
}
