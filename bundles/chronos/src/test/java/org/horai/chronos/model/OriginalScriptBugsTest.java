package org.horai.chronos.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.horai.chronos.model.Clusters.ID;
import static org.horai.chronos.model.Clusters.app;
import static org.horai.chronos.model.Clusters.candidate;
import static org.horai.chronos.model.Clusters.chronos;
import static org.horai.chronos.model.Clusters.cluster;
import static org.horai.chronos.model.Clusters.framework;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.horai.api.HoraiException;
import org.horai.api.jobs.SchedulerSnapshot;
import org.horai.api.plan.Stage;
import org.horai.api.plan.Step.ActionStep;
import org.junit.jupiter.api.Test;

/** The bugs of the original restart script that a plan alone can have; numbered as in the docs. */
class OriginalScriptBugsTest {
  private static final String MARATHON = "5b1c-0000";

  private final SchedulerSnapshot stored =
      new SchedulerSnapshot(List.of(candidate(1)), Optional.of(ID), List.of("a", "b"));
  private final Flows flows =
      new Flows(cluster(chronos(3, 20, 6)), stored, Map.of("id", "/chronos"));

  @Test
  void bug03AFrameworkIdOfAnotherIsRefusedAndOursIsFoundWithoutOne() {
    var mesos =
        Clusters.mesos(
            List.of(framework(ID, "chronos", true), framework(MARATHON, "marathon", true)),
            List.of());

    assertThat(Dying.of("chronos", mesos, Optional.of(ID), ""))
        .extracting(f -> f.id())
        .containsExactly(ID);
    assertThatThrownBy(() -> Dying.of("chronos", mesos, Optional.of(ID), MARATHON))
        .isInstanceOfSatisfying(
            HoraiException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ChronosErrors.FOREIGN_FRAMEWORK);
              assertThat(e.why()).contains("it belongs to framework \"marathon\" with 0 tasks");
            });
    assertThatThrownBy(() -> Dying.of("chronos", mesos, Optional.of(ID), "typo"))
        .hasMessageContaining("Mesos knows no such framework");
  }

  @Test
  void bug05TheRemovalIsAStepOfItsOwnThatEndsBeforeTheNextPut() {
    assertThat(actions(flows.restart(Optional.of(app(3)), false)))
        .containsSubsequence("chronos.remove-app", "chronos.await-quiet", "chronos.deploy");
  }

  @Test
  void bug06RecordsGoLastAndFrameworksOnlyWhenNoSchedulerIsLeft() {
    List<Stage> purge =
        flows.purge(Optional.of(app(3)), List.of(framework(ID, "chronos", true)), true);

    assertThat(actions(purge))
        .containsSubsequence(
            "chronos.remove-app",
            "chronos.await-quiet",
            "chronos.teardown",
            "chronos.delete-records",
            "chronos.deploy");
  }

  @Test
  void bug08AMaintainingRestartNeverRemovesTheApp() {
    assertThat(actions(flows.restart(Optional.of(app(3)), true)))
        .containsExactly("chronos.backup", "chronos.roll");
  }

  @Test
  void bug10EveryFlowThatEndsARunningChronosBacksItsJobsUpFirst() {
    var running = Optional.of(app(3));
    assertThat(
            Stream.of(
                flows.restart(running, true),
                flows.restart(running, false),
                flows.remove(running),
                flows.purge(running, List.of(framework(ID, "chronos", true)), true)))
        .allSatisfy(stages -> assertThat(actions(stages)).startsWith("chronos.backup"));
  }

  @Test
  void bug12NothingIsInstalledOnHostsBecauseNoneIsTouched() {
    assertThat(
            Stream.concat(
                flows.restart(Optional.of(app(3)), true).stream(),
                flows.purge(Optional.of(app(3)), List.of(), true).stream()))
        .allSatisfy(stage -> assertThat(stage.steps()).hasOnlyElementsOfType(ActionStep.class));
  }

  @Test
  void everyStepHasALimit() {
    assertThat(
            flows.purge(Optional.of(app(3)), List.of(framework(ID, "chronos", true)), true).stream()
                .flatMap(stage -> stage.steps().stream())
                .map(step -> ((ActionStep) step).limit()))
        .allMatch(limit -> limit.compareTo(Duration.ofMinutes(30)) < 0);
  }

  private static List<String> actions(List<Stage> stages) {
    return stages.stream()
        .flatMap(stage -> stage.steps().stream())
        .map(step -> ((ActionStep) step).action())
        .toList();
  }
}
