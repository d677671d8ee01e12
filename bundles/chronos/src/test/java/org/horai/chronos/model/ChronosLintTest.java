package org.horai.chronos.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.horai.chronos.model.Clusters.ID;
import static org.horai.chronos.model.Clusters.chronos;
import static org.horai.chronos.model.Clusters.cluster;
import static org.horai.chronos.model.Clusters.framework;
import static org.horai.chronos.model.Clusters.mesos;

import java.util.List;
import java.util.Optional;
import org.horai.api.cluster.ChronosSpec;
import org.horai.api.health.Finding;
import org.horai.api.health.Severity;
import org.horai.api.jobs.SchedulerSnapshot;
import org.junit.jupiter.api.Test;

class ChronosLintTest {
  @Test
  void findsNothingAboutPatientThreeOnThreeAgents() {
    assertThat(lint(chronos(3, 20, 6))).isEmpty();
  }

  @Test
  void warnsWhenTheHealthCheckWouldKillFollowersWhileADeadLeadersSessionRuns() {
    assertThat(lint(chronos(3, 5, 3)))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Severity.WARNING);
              assertThat(finding.code()).isEqualTo("CHR-331");
              assertThat(finding.what()).contains("15 s");
              assertThat(finding.next()).isEqualTo("set chronos.health.maxFailures to 11");
            });
  }

  @Test
  void takesTenTimesFiveSecondsForTooLittleRoom() {
    assertThat(lint(chronos(3, 5, 10))).extracting(Finding::code).containsExactly("CHR-331");
    assertThat(lint(chronos(3, 5, 11))).isEmpty();
  }

  @Test
  void forbidsMoreInstancesThanAgents() {
    assertThat(lint(chronos(4, 20, 6)))
        .singleElement()
        .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.ERROR));
  }

  @Test
  void warnsOfASingleInstance() {
    assertThat(lint(chronos(1, 20, 6))).extracting(Finding::code).containsExactly("CHR-335");
  }

  @Test
  void forbidsDeployingWithATornDownId() {
    List<Finding> found =
        ChronosLint.lint(
            cluster(chronos(3, 20, 6)),
            Optional.of(mesos(List.of(), List.of(framework(ID, "chronos", false)))),
            Optional.of(new SchedulerSnapshot(List.of(), Optional.of(ID), List.of())));

    assertThat(found)
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Severity.ERROR);
              assertThat(finding.next()).isEqualTo("chronos:restart --purge");
            });
  }

  private static List<Finding> lint(ChronosSpec chronos) {
    return ChronosLint.lint(
        cluster(chronos), Optional.of(mesos(List.of(), List.of())), Optional.empty());
  }
}
