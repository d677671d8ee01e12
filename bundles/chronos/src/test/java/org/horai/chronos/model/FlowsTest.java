package org.horai.chronos.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.horai.chronos.model.Clusters.ID;
import static org.horai.chronos.model.Clusters.app;
import static org.horai.chronos.model.Clusters.candidate;
import static org.horai.chronos.model.Clusters.chronos;
import static org.horai.chronos.model.Clusters.cluster;
import static org.horai.chronos.model.Clusters.framework;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.horai.api.HoraiException;
import org.horai.api.deployer.Difference;
import org.horai.api.jobs.SchedulerSnapshot;
import org.horai.api.plan.Change;
import org.horai.api.plan.Stage;
import org.horai.api.plan.Step;
import org.junit.jupiter.api.Test;

class FlowsTest {
  private final SchedulerSnapshot stored =
      new SchedulerSnapshot(List.of(candidate(1)), Optional.of(ID), List.of("a", "b"));
  private final Flows flows =
      new Flows(cluster(chronos(3, 20, 6)), stored, Map.of("id", "/chronos"));
  private final Flows nothing =
      new Flows(
          cluster(chronos(3, 20, 6)),
          new SchedulerSnapshot(List.of(), Optional.empty(), List.of()),
          Map.of());

  @Test
  void deployLeavesAConvergedAppAlone() {
    assertThat(flows.deploy(Optional.of(app(3)), List.of())).isEmpty();
  }

  @Test
  void deployBacksTheJobsUpBeforeItChangesARunningApp() {
    List<Stage> stages =
        flows.deploy(Optional.of(app(3)), List.of(new Difference("mem", "256", "768")));

    assertThat(ids(stages)).containsExactly("chronos:backup", "chronos:deploy");
    assertThat(step(stages, 1).reason()).isEqualTo("mem: 256 -> 768");
    assertThat(step(stages, 1).disruptive()).isTrue();
  }

  @Test
  void purgeEndsSchedulersThenFrameworksThenRecordsThenStartsAnew() {
    assertThat(ids(flows.purge(Optional.of(app(3)), List.of(framework(ID, "chronos", true)), true)))
        .containsExactly(
            "chronos:backup",
            "chronos:remove-app",
            "chronos:await-quiet",
            "chronos:teardown " + ID,
            "chronos:delete-records",
            "chronos:deploy");
  }

  @Test
  void purgeDeletesOnlyBelowItsOwnPath() {
    List<Stage> stages = flows.purge(Optional.empty(), List.of(), false);

    Step.ActionStep delete = step(stages, stages.size() - 1);
    assertThat(delete.action()).isEqualTo("chronos.delete-records");
    assertThat(delete.arguments()).isEqualTo(Map.of("path", "/chronos"));
  }

  @Test
  void rollingRestartTouchesTheTasksThatRunNowAndNoOthers() {
    List<Stage> stages = flows.restart(Optional.of(app(3)), true);

    assertThat(ids(stages)).containsExactly("chronos:backup", "chronos:roll");
    assertThat(step(stages, 1).arguments())
        .isEqualTo(Map.of("tasks", List.of("chronos.1", "chronos.2", "chronos.3")));
  }

  @Test
  void stopStartWaitsForTheElectionToEmptyBeforeItStarts() {
    assertThat(ids(flows.restart(Optional.of(app(3)), false)))
        .containsExactly(
            "chronos:backup", "chronos:remove-app", "chronos:await-quiet", "chronos:deploy");
  }

  @Test
  void removeOfWhatIsNotThereDoesNothing() {
    assertThat(nothing.remove(Optional.empty())).isEmpty();
    assertThat(nothing.purge(Optional.empty(), List.of(), false)).isEmpty();
  }

  @Test
  void onlyWhatIsThereIsRestarted() {
    for (boolean rolling : List.of(true, false)) {
      assertThatThrownBy(() -> flows.restart(Optional.empty(), rolling))
          .isInstanceOfSatisfying(
              HoraiException.class, e -> assertThat(e.next().orElse("")).contains("chronos:apply"))
          .hasMessageContaining("there is no app /chronos to restart");
    }
    assertThatThrownBy(() -> nothing.purge(Optional.empty(), List.of(), true))
        .isInstanceOfSatisfying(
            HoraiException.class, e -> assertThat(e.next().orElse("")).contains("chronos:apply"));
  }

  @Test
  void whatAnAppLeftBehindIsPurgedWithoutIt() {
    assertThat(ids(flows.purge(Optional.empty(), List.of(), true)))
        .contains("chronos:delete-records", "chronos:deploy");
  }

  @Test
  void verificationIsACheckAndNoChange() {
    assertThat(flows.verify(Optional.of(ID), List.of(), List.of("a")).steps())
        .allMatch(step -> step.change() == Change.CHECK);
  }

  private static List<String> ids(List<Stage> stages) {
    return stages.stream().map(Stage::id).toList();
  }

  private static Step.ActionStep step(List<Stage> stages, int at) {
    return (Step.ActionStep) stages.get(at).steps().get(0);
  }
}
