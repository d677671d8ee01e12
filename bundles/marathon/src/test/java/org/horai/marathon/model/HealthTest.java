package org.horai.marathon.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.horai.api.cluster.FrameworkInfo;
import org.horai.api.deployer.Deployment;
import org.horai.api.health.Finding;
import org.horai.api.health.Severity;
import org.junit.jupiter.api.Test;

class HealthTest {
  private static final Instant NOW = Instant.parse("2026-11-22T23:00:00Z");

  private static Answers.Info led(String leader) {
    return new Answers.Info("1.11.24", leader, "f-1");
  }

  @Test
  void oneSilentMarathonOfTwoIsAWarning() {
    List<Finding> findings =
        Health.reachable(Map.of("m1:8080", led("m1:8080")), Map.of("m2:8080", "refused"));

    assertThat(findings)
        .extracting(Finding::severity)
        .containsExactly(Severity.OK, Severity.WARNING, Severity.OK);
  }

  @Test
  void noMarathonAtAllIsAnError() {
    assertThat(Health.reachable(Map.of(), Map.of("m1:8080", "refused")))
        .singleElement()
        .extracting(Finding::severity)
        .isEqualTo(Severity.ERROR);
  }

  @Test
  void disagreementOnTheLeaderAndNoLeaderAreErrors() {
    Map<String, Answers.Info> split = Map.of("m1", led("m1:8080"), "m2", led("m2:8080"));

    assertThat(Health.reachable(split, Map.of()))
        .anySatisfy(finding -> assertThat(finding.why()).isEqualTo("m1:8080, m2:8080"));
    assertThat(Health.reachable(Map.of("m1", led("")), Map.of()))
        .anySatisfy(finding -> assertThat(finding.what()).isEqualTo("nobody leads"));
  }

  @Test
  void theFrameworkMustBeKnownAndActive() {
    assertThat(Health.registered("f-1", List.of(framework("f-1", true))).severity())
        .isEqualTo(Severity.OK);
    assertThat(Health.registered("f-1", List.of(framework("f-1", false))).severity())
        .isEqualTo(Severity.ERROR);
    assertThat(Health.registered("f-1", List.of(framework("f-2", true))).severity())
        .isEqualTo(Severity.ERROR);
    assertThat(Health.registered("", List.of()).why()).isEqualTo("it has no framework id");
  }

  private static FrameworkInfo framework(String id, boolean active) {
    return new FrameworkInfo(
        id,
        "marathon",
        active,
        Optional.empty(),
        Optional.empty(),
        "m1",
        "",
        "*",
        Optional.empty(),
        Duration.ofDays(7),
        Optional.empty(),
        0,
        0,
        List.of(),
        false);
  }

  @Test
  void deploymentsOlderThanTenMinutesSeemStuck() {
    assertThat(Health.deployments(List.of(since("2026-11-22T22:49:00Z")), NOW))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Severity.WARNING);
              assertThat(finding.next()).isEqualTo("marathon:why /chronos");
            });
    assertThat(Health.deployments(List.of(since("2026-11-22T22:51:00Z")), NOW))
        .singleElement()
        .extracting(Finding::severity)
        .isEqualTo(Severity.OK);
  }

  private static Deployment since(String version) {
    return new Deployment(
        "d-1", version, List.of("/chronos"), List.of("ScaleApplication /chronos"), 1, 2);
  }
}
