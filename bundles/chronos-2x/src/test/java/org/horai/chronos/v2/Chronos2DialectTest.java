package org.horai.chronos.v2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.horai.api.jobs.Job;
import org.horai.api.jobs.Lint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class Chronos2DialectTest {
  private final Chronos2Dialect dialect = new Chronos2Dialect();

  @Test
  void supportsTheLinesTwoThreeToTwoFive() {
    assertThat(List.of("2.3.4", "2.4.0", "2.5.1")).allMatch(dialect::supports);
    assertThat(List.of("3.0.2", "2.6.0", "24.0")).noneMatch(dialect::supports);
  }

  @Test
  void onlyTwoFiveTellsItsLeader() {
    assertThat(dialect.tellsLeader("2.5.1")).isTrue();
    assertThat(dialect.tellsLeader("2.4.0")).isFalse();
  }

  @Test
  void warnsOfNamesThatAnUpgradeWouldSilence() {
    Job job = new Job("nightly report", Map.of("command", "true"));

    assertThat(dialect.lint(job))
        .extracting(Lint::field, Lint::fatal)
        .containsExactly(Tuple.tuple("name", false));
  }

  @Test
  void refusesAnEmptyCommand() {
    assertThat(dialect.lint(new Job("a", Map.of("command", " "))))
        .extracting(Lint::field)
        .containsExactly("command");
  }

  @Test
  void whatCameWithTwoFiveIsRefusedByTwoFourAlone() {
    Job job =
        new Job(
            "a.b",
            Map.of(
                "command", "true",
                "fetch", List.of(Map.of("uri", "http://x/y")),
                "constraints", List.of(List.of("rack", "UNLIKE", "r1"))));

    assertThat(dialect.lint(job, "2.5.0")).isEmpty();
    assertThat(dialect.lint(job, "2.4.0"))
        .extracting(Lint::field, Lint::fatal)
        .containsExactly(
            Tuple.tuple("name", true),
            Tuple.tuple("fetch", true),
            Tuple.tuple("constraints", true));
  }

  @Test
  void dropsFetchWhereUrisSayTheSame() {
    Job job =
        new Job(
            "a",
            Map.of(
                "schedule", "R/2030-01-01T00:00:00Z/PT1H",
                "uris", List.of("http://x/y"),
                "fetch", List.of(Map.of("uri", "http://x/y"))));

    assertThat(dialect.toJson(job)).containsKey("uris").doesNotContainKey("fetch");
  }

  /** What each rule makes of a job that Chronos 3 stored: version, job, fields and if fatal. */
  static Stream<Arguments> takeovers() {
    List<Object> some = List.of(Map.of("uri", "http://x/y"));
    Map<String, Object> unlike = Map.of("constraints", List.of(List.of("rack", "UNLIKE", "r1")));
    Map<String, Object> parameters = Map.of("container", Map.of("parameters", some));
    return Stream.of(
        Arguments.of("2.4.0", "plain #1", Map.of("fetch", List.of()), List.of()),
        Arguments.of("2.4.0", "a.b", Map.of(), List.of("name fatal")),
        Arguments.of("2.5.1", "a.b", Map.of(), List.of()),
        Arguments.of("2.4.0", "a", Map.of("fetch", some), List.of("fetch fatal")),
        Arguments.of("2.5.1", "a", Map.of("fetch", some), List.of()),
        Arguments.of("2.4.0", "a", Map.of("fetch", some, "uris", some), List.of()),
        Arguments.of("2.4.0", "a", unlike, List.of("constraints fatal")),
        Arguments.of("2.5.1", "a", unlike, List.of()),
        Arguments.of("2.4.0", "a", parameters, List.of("container fatal")),
        Arguments.of("2.5.1", "a", parameters, List.of()),
        Arguments.of(
            "2.5.1", "a", Map.of("container", Map.of("type", "mesos")), List.of("container fatal")),
        Arguments.of(
            "2.5.1",
            "a",
            Map.of("container", Map.of("networkName", "weave")),
            List.of("container fatal")),
        Arguments.of("2.5.1", "a", Map.of("concurrent", true), List.of("concurrent")));
  }

  @ParameterizedTest
  @MethodSource("takeovers")
  void judgesWhatItTakesOver(
      String version, String name, Map<String, Object> fields, List<String> found) {
    assertThat(dialect.takeover(new Job(name, fields), version))
        .extracting(lint -> lint.field() + (lint.fatal() ? " fatal" : ""))
        .isEqualTo(found);
  }
}
