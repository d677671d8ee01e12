package org.horai.chronos.v2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.assertj.core.groups.Tuple;
import org.horai.api.jobs.Job;
import org.horai.api.jobs.Lint;
import org.junit.jupiter.api.Test;

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
}
