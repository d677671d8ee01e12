package org.horai.chronos.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.horai.chronos.model.Clusters.ID;
import static org.horai.chronos.model.Clusters.app;
import static org.horai.chronos.model.Clusters.candidate;
import static org.horai.chronos.model.Clusters.chronos;
import static org.horai.chronos.model.Clusters.cluster;
import static org.horai.chronos.model.Clusters.flagged;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.horai.api.cluster.ChronosChoice;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.deployer.Difference;
import org.horai.api.health.Finding;
import org.horai.api.health.Severity;
import org.horai.api.jobs.ChronosDialect;
import org.horai.api.jobs.ChronosDialects;
import org.horai.api.jobs.Job;
import org.horai.api.jobs.JobSnapshot;
import org.horai.api.jobs.SchedulerSnapshot;
import org.horai.api.plan.PlanRequest;
import org.horai.api.plan.Stage;
import org.horai.api.plan.Step;
import org.horai.chronos.model.Upgrade.End;
import org.horai.chronos.v2.Chronos2Dialect;
import org.horai.chronos.v3.Chronos3Dialect;
import org.junit.jupiter.api.Test;

class UpgradeTest {
  private static final List<Difference> OTHER = List.of(new Difference("image", "a", "b"));
  private static final ChronosDialects DIALECTS =
      new ChronosDialects() {
        @Override
        public List<ChronosDialect> all() {
          return List.of(new Chronos2Dialect(), new Chronos3Dialect());
        }

        @Override
        public ChronosDialect require(String version) {
          return all().stream().filter(d -> d.supports(version)).findFirst().orElseThrow();
        }
      };

  private final ClusterSpec cluster = cluster(chronos(3, 20, 6));

  @Test
  void twoLinesNeverMeetInOneElection() {
    List<Stage> stages = stages(way("2.4.0", "3.0.2", ""), snapshot(List.of(), List.of()));

    assertThat(stages)
        .extracting(Stage::id)
        .containsExactly(
            "chronos:backup",
            "chronos:choose-version",
            "chronos:remove-app",
            "chronos:await-quiet",
            "chronos:deploy");
  }

  @Test
  void versionsOfOneLineAreReplacedOneByOne() {
    List<Stage> stages = stages(way("3.0.1", "3.0.2", ""), snapshot(List.of(), List.of()));

    assertThat(stages)
        .extracting(Stage::id)
        .containsExactly("chronos:backup", "chronos:choose-version", "chronos:deploy");
  }

  @Test
  void whatStandsAlreadyIsNotStoppedAgain() {
    Upgrade upgrade = way("2.4.0", "3.0.2", "");

    assertThat(upgrade.stages(flows(), Optional.of(app(3)), List.of(), empty()))
        .extracting(Stage::id)
        .containsExactly("chronos:backup", "chronos:choose-version");
  }

  @Test
  void eachStepKnowsItsVersionSoThatAResumedRunKnowsItToo() {
    List<Stage> stages = stages(way("2.4.0", "3.0.2", ""), empty());

    assertThat(inVersion(stages.get(0))).isEqualTo("2.4.0 old");
    assertThat(inVersion(stages.get(4))).isEqualTo("3.0.2 new");
    assertThat(Upgrade.cluster(cluster, Map.of()).chronos().version())
        .isEqualTo(cluster.chronos().version());
  }

  @Test
  void theWayBackPutsBackWhatTheNewerVersionForgets() {
    Job before =
        new Job("a", Map.of("command", "x", "epsilon", "PT1H", "async", false, "successCount", 7));
    Job gone = new Job("gone", Map.of("command", "x", "epsilon", "PT1H"));
    JobSnapshot jobs =
        snapshot(List.of(new Job("a", Map.of("command", "y"))), List.of(before, gone));
    Upgrade back = way("3.0.2", "2.4.0", "/b.json");

    assertThat(back.back()).isTrue();
    assertThat(back.forgotten(jobs)).containsOnlyKeys("a");
    assertThat(back.forgotten(jobs).get("a")).isEqualTo(Map.of("epsilon", "PT1H", "async", false));
    assertThat(stages(back, jobs))
        .last()
        .extracting(Stage::id)
        .isEqualTo("chronos:put-back-fields");
  }

  @Test
  void theFileDecidesAgainAfterTheWayBack() {
    End old = new End("2.4.0", "old");
    End young = new End("3.0.2", "new");

    ChronosChoice there = Upgrade.begun(ChronosChoice.FILE, "2.4.0", old, young, "/b1");
    assertThat(there)
        .isEqualTo(new ChronosChoice("3.0.2", "new", "2.4.0", "2.4.0", "old", "/b1", true));
    ChronosChoice settled = Upgrade.settled(there, false);
    assertThat(settled.moving()).isFalse();
    assertThat(settled.backup()).isEqualTo("/b1");

    ChronosChoice back = Upgrade.begun(settled, "3.0.2", young, old, "/b2");
    assertThat(back.file()).isEqualTo("2.4.0");
    assertThat(Upgrade.settled(back, true)).isEqualTo(ChronosChoice.FILE);
  }

  @Test
  void aSecondAttemptKeepsTheBackupOfTheFirst() {
    End old = new End("2.4.0", "old");
    End young = new End("3.0.2", "new");
    ChronosChoice first = Upgrade.begun(ChronosChoice.FILE, "2.4.0", old, young, "/b1");

    assertThat(Upgrade.begun(first, "3.0.2", old, young, "/b2")).isEqualTo(first);
  }

  @Test
  void aBadJobIsAnErrorWithItsCodeAndAProposal() {
    List<Finding> found =
        findings(
            new Job("daily report", Map.of("command", "x", "schedule", "R//P1D")),
            new Job("daily_report", Map.of("command", "x", "schedule", "R//P1D")),
            new Job("child", Map.of("command", "x", "parents", List.of("daily report"))));

    assertThat(found)
        .filteredOn(f -> f.severity() == Severity.ERROR)
        .singleElement()
        .satisfies(
            f -> {
              assertThat(f.code()).isEqualTo("CHR-341");
              assertThat(f.subject()).isEqualTo("daily report");
              assertThat(f.why()).contains("child");
              assertThat(f.next()).contains("put it as daily_report_2");
            });
  }

  @Test
  void jobsThatCouldNeverRunAreErrors() {
    assertThat(
            errors(
                new Job("a", Map.of("command", "x", "parents", List.of("nobody"))),
                new Job("b", Map.of("command", "x", "parents", List.of("c"))),
                new Job("c", Map.of("command", "x", "parents", List.of("b"))),
                new Job("d", Map.of("command", "x"))))
        .containsExactly("CHR-345 a", "CHR-345 b", "CHR-345 c", "CHR-351 d");
  }

  @Test
  void jobsThatBreakNothingAreNotMentioned() {
    assertThat(
            findings(
                new Job("a", Map.of("command", "x", "schedule", "R//P1D", "epsilon", "PT60S")),
                new Job("b", Map.of("command", "x", "parents", List.of("a")))))
        .extracting(Finding::code)
        .containsExactly("CHR-352", "CHR-349");
  }

  @Test
  void aJobThatTheApiHidesBeforeIsAnError() {
    Job job = new Job("a", Map.of("command", "x", "schedule", "R//P1D"));
    JobSnapshot jobs = new JobSnapshot(List.of(job), Optional.of(List.of()), List.of());

    assertThat(new UpgradeLint(way("3.0.1", "3.0.2", ""), jobs).findings())
        .extracting(Finding::code)
        .containsExactly("CHR-350");
  }

  @Test
  void flagsThatTheVersionRefusesAreErrors() {
    Upgrade upgrade = way("2.4.0", "3.0.2", "");
    ClusterSpec flagged =
        upgrade.to().running(flagged(upgrade.to().chronos(), Map.of("schedule_horizon", "60")));
    Upgrade with =
        new Upgrade(upgrade.from(), flagged, upgrade.fromDialect(), upgrade.toDialect(), false);

    assertThat(new UpgradeLint(with, empty()).findings())
        .filteredOn(f -> f.severity() == Severity.ERROR)
        .extracting(Finding::code, Finding::what)
        .containsExactly(tuple("CHR-348", "Chronos 3.0.2 does not start with --schedule_horizon"));
  }

  private List<String> errors(Job... jobs) {
    return findings(jobs).stream()
        .filter(f -> f.severity() == Severity.ERROR)
        .map(f -> f.code() + " " + f.subject())
        .toList();
  }

  private List<Finding> findings(Job... jobs) {
    JobSnapshot snapshot = new JobSnapshot(List.of(jobs), Optional.empty(), List.of());
    return new UpgradeLint(way("2.4.0", "3.0.2", ""), snapshot).findings();
  }

  private Upgrade way(String from, String to, String backup) {
    PlanRequest request =
        Upgrade.request(cluster, new End(from, "old"), new End(to, "new"), backup);
    return Upgrade.of(request, DIALECTS);
  }

  private List<Stage> stages(Upgrade upgrade, JobSnapshot jobs) {
    return upgrade.stages(flows(), Optional.of(app(3)), OTHER, jobs);
  }

  private Flows flows() {
    SchedulerSnapshot stored =
        new SchedulerSnapshot(List.of(candidate(1)), Optional.of(ID), List.of("a"));
    return new Flows(cluster, stored, Map.of("id", "/chronos"));
  }

  private static String inVersion(Stage stage) {
    Map<String, Object> arguments = ((Step.ActionStep) stage.steps().get(0)).arguments();
    return arguments.get("chronosVersion") + " " + arguments.get("chronosImage");
  }

  private static JobSnapshot snapshot(List<Job> stored, List<Job> before) {
    return new JobSnapshot(stored, Optional.empty(), before);
  }

  private static JobSnapshot empty() {
    return snapshot(List.of(), List.of());
  }
}
