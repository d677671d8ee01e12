package org.horai.chronos.v3;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.horai.api.cluster.ChronosSpec;
import org.horai.api.cluster.HostPort;
import org.horai.api.cluster.ZooKeeperSpec;
import org.horai.api.jobs.Job;
import org.horai.api.jobs.LaunchContext;
import org.horai.api.jobs.Lint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class Chronos3DialectTest {
  private final Chronos3Dialect dialect = new Chronos3Dialect();

  @Test
  void launchesTheJarWithTheOverlayAddressForPeersAndMasters() {
    String command = dialect.launch(context(true, Map.of())).command();

    assertThat(command)
        .startsWith(
            "A=$(hostname -i | awk '{print $1}') && test -n \"$A\" && export LIBPROCESS_IP=$A")
        .contains("LIBPROCESS_PORT=8082 ")
        .contains("--master zk://m1:2181,m2:2181/mesos ")
        .contains("--zk_hosts m1:2181,m2:2181 ")
        .contains("--zk_path /chronos/state ")
        .endsWith("--hostname $A");
  }

  @Test
  void advertisesTheHostPortWhenMastersCannotReachContainers() {
    assertThat(dialect.launch(context(false, Map.of())).command())
        .contains("LIBPROCESS_ADVERTISE_IP=$HOST LIBPROCESS_ADVERTISE_PORT=$PORT1");
  }

  @Test
  void givesEachFlagOnceBecauseARepeatedOneIsAnExcessArgument() {
    String command = dialect.launch(context(true, Map.of("http_port", "9000"))).command();

    assertThat(command).containsOnlyOnce("--http_port").contains("--http_port 9000");
  }

  @Test
  void keepsTheHeapBelowTheContainersMemory() {
    assertThat(dialect.launch(context(true, Map.of())).environment())
        .containsEntry("JVM_OPTS", "-Xmx614m");
  }

  @Test
  void sendsNoCountersAndOnlyOneOfUrisAndFetch() {
    Job job =
        new Job(
            "a",
            Map.of(
                "name",
                "a",
                "schedule",
                "R/2030-01-01T00:00:00Z/PT1H",
                "successCount",
                7,
                "disabled",
                true,
                "uris",
                List.of("http://x/y"),
                "fetch",
                List.of(Map.of("uri", "http://x/y"))));

    assertThat(dialect.toJson(job))
        .containsKeys("fetch", "disabled", "schedule")
        .doesNotContainKeys("uris", "successCount", "parents");
  }

  @Test
  void sendsADependentJobWithoutASchedule() {
    Job job = new Job("b", Map.of("name", "b", "parents", List.of("a"), "schedule", ""));

    assertThat(dialect.toJson(job)).containsKey("parents").doesNotContainKey("schedule");
  }

  @Test
  void refusesNamesThatChronosThreeNeverRuns() {
    Job job = new Job("nightly report", Map.of("command", "true"));

    assertThat(dialect.lint(job))
        .extracting(Lint::field, Lint::fatal)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("name", true));
  }

  @Test
  void refusesConstraintsThatChronosWouldDrop() {
    List<?> unknown = List.of("rack", "UNIQUE", "x");
    List<?> without = Arrays.asList("rack", null, "x");
    Job job = new Job("a", Map.of("command", "true", "constraints", List.of(unknown, without)));

    assertThat(dialect.lint(job))
        .extracting(Lint::field)
        .containsExactly("constraints", "constraints");
  }

  @Test
  void forgetsWhatTheServerForgets() {
    Job job =
        new Job(
            "a",
            Map.of("schedule", "R/2030-01-01T00:00:00Z/PT1H", "epsilon", "PT15M", "async", true));

    assertThat(dialect.toJson(job)).containsOnlyKeys("name", "schedule");
  }

  @Test
  void supportsVersionThreeOnly() {
    assertThat(dialect.supports("3.0.2")).isTrue();
    assertThat(dialect.supports("2.4.0")).isFalse();
  }

  private static LaunchContext context(boolean reachable, Map<String, String> flags) {
    ChronosSpec chronos =
        new ChronosSpec(
            "3.0.2",
            "/chronos",
            3,
            0.5,
            1024,
            8081,
            8082,
            "mesosphere/chronos:v3.0.2",
            "chronos",
            "/chronos",
            Duration.ofDays(7),
            new ChronosSpec.Health(
                "/ping", Duration.ofMinutes(2), Duration.ofSeconds(20), Duration.ofSeconds(20), 6),
            flags,
            Map.of(),
            Optional.empty(),
            true);
    return new LaunchContext(
        chronos,
        new ZooKeeperSpec(
            List.of(new HostPort("m1", 2181), new HostPort("m2", 2181)),
            Optional.empty(),
            Duration.ofSeconds(10)),
        "/mesos",
        "hostname -i | awk '{print $1}'",
        reachable);
  }

  /** What each rule makes of a job that Chronos 2 stored: fields and whether they are fatal. */
  static Stream<Arguments> takeovers() {
    List<Object> both = List.of("http://x/y");
    return Stream.of(
        Arguments.of("plain", Map.of("epsilon", "PT60S", "async", false), List.of()),
        Arguments.of("a.b_c-1", Map.of(), List.of()),
        Arguments.of("daily report", Map.of(), List.of("name fatal")),
        Arguments.of("report#1", Map.of(), List.of("name fatal")),
        Arguments.of("late", Map.of("epsilon", "PT15M"), List.of("epsilon")),
        Arguments.of("async", Map.of("async", true), List.of("async fatal")),
        Arguments.of("empty", Map.of("command", ""), List.of("command fatal")),
        Arguments.of("both", Map.of("uris", both, "fetch", both), List.of("uris")),
        Arguments.of(
            "unlike", Map.of("constraints", List.of(List.of("rack", "UNLIKE", "r1"))), List.of()),
        Arguments.of(
            "odd",
            Map.of("constraints", List.of(List.of("rack", "CLUSTER", "r1"))),
            List.of("constraints fatal")));
  }

  @ParameterizedTest
  @MethodSource("takeovers")
  void judgesWhatItTakesOver(String name, Map<String, Object> fields, List<String> found) {
    Map<String, Object> all = new HashMap<>(Map.of("command", "true"));
    all.putAll(fields);

    assertThat(dialect.takeover(new Job(name, all), "3.0.2"))
        .extracting(lint -> lint.field() + (lint.fatal() ? " fatal" : ""))
        .isEqualTo(found);
  }

  @Test
  void networksByNameCameAfterTheFirstRelease() {
    Job job =
        new Job("a", Map.of("command", "true", "container", Map.of("networkName", "overlay")));

    assertThat(dialect.takeover(job, "3.0.0")).extracting(Lint::field).containsExactly("container");
    assertThat(dialect.takeover(job, "3.0.1")).isEmpty();
  }
}
