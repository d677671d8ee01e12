package org.horai.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.horai.core.plan.Plans.action;
import static org.horai.core.plan.Plans.onHosts;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.ClusterRegistry;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.command.Command;
import org.horai.api.command.CommandSpec;
import org.horai.api.command.View;
import org.horai.api.health.Finding;
import org.horai.api.host.FileContent;
import org.horai.api.plan.Change;
import org.horai.api.plan.Facts;
import org.horai.api.plan.Phase;
import org.horai.api.plan.Plan;
import org.horai.api.plan.PlanRequest;
import org.horai.api.plan.Planner;
import org.horai.api.plan.Stage;
import org.horai.api.time.Deadline;
import org.horai.core.plan.command.RunList;
import org.horai.core.plan.command.RunResume;
import org.horai.core.plan.command.RunShow;
import org.horai.core.plan.command.RunUndo;
import org.horai.core.plan.model.PlanJson;
import org.horai.core.plan.model.RunErrors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanFlowTest {
  private static final FileContent A = FileContent.of("/etc/a", "a\n");

  @TempDir Path folder;
  private World world;
  private Plan planned;
  private final List<PlanRequest> requests = new ArrayList<>();
  private final HousePresenter presenter = new HousePresenter();
  private final FilePlanStore store = new FilePlanStore(new PlanJson());
  private final Typing typing = new Typing();
  private AskingPlanFlow flow;
  private boolean production;

  @BeforeEach
  void world() {
    world = new World(folder, "h1", "h2");
    Planner planner =
        new Planner() {
          @Override
          public Plan plan(PlanRequest request, Deadline deadline) {
            requests.add(request);
            return planned;
          }

          @Override
          public Facts facts(PlanRequest request, Deadline deadline) {
            throw new UnsupportedOperationException();
          }
        };
    flow =
        new AskingPlanFlow(planner, world.runner, store, presenter, new Registry(), new PlanJson());
    planned = Plans.plan(onHosts("net:a", 0, A, "h1", "h2"), action("test.one", Change.RESTART));
  }

  @AfterEach
  void end() {
    world.close();
  }

  private PlanRequest request() {
    return new PlanRequest(
        world.cluster(production), "chronos.deploy", Set.of(Phase.WORKLOAD), Map.of());
  }

  private static String text(View view) {
    StringBuilder text = new StringBuilder();
    for (View.Block block : view.blocks()) {
      if (block instanceof View.Line line) {
        text.append(line.text());
      } else if (block instanceof View.Mark mark) {
        text.append(mark.style()).append(' ').append(mark.text());
      } else if (block instanceof View.Table table) {
        table.rows().forEach(row -> text.append(row.values()).append('\n'));
      } else if (block instanceof View.Found found) {
        text.append(found.finding());
      }
      text.append('\n');
    }
    return text.toString();
  }

  @Test
  void planOnlyShowsCountsSavesAndTellsByExitCode() {
    Path file = folder.resolve("plans/prod.json");
    View view = flow.planOnly(request(), Optional.of(file), true, new Call(typing));

    assertThat(view.exitCode()).isEqualTo(10);
    assertThat(text(flow.planOnly(request(), Optional.empty(), false, new Call(typing))))
        .contains("Next: chronos:apply\n");
    assertThat(text(view))
        .contains("[1, net, set up net:a, h1, h2, + new, new]")
        .contains("Plan: 2 to add, 0 to change, 1 to restart, 0 to remove")
        .contains("Next: chronos:apply " + file);
    assertThat(store.load(file)).isEqualTo(planned);
    assertThat(flow.planOnly(request(), Optional.empty(), false, new Call(typing)).exitCode())
        .isZero();
  }

  @Test
  void whileAPlanToApplyIsMadeTheSessionOfItsLockIsOpened() throws Exception {
    flow.apply(request(), new Call(typing), "Really?");
    assertThat(world.locks.reads.poll(30, TimeUnit.SECONDS)).isEqualTo("/horai/locks/test");

    flow.planOnly(request(), Optional.empty(), false, new Call(typing));

    assertThat(world.locks.reads).isEmpty();
  }

  @Test
  @SuppressWarnings("unchecked")
  void applyShowsThePlanAsksRunsAndReports() {
    View view = flow.apply(request(), new Call(typing), "Really?");

    assertThat(typing.asked).containsExactly("Really?");
    assertThat(typing.said).anyMatch(line -> line.contains("set up net:a"));
    assertThat(typing.done)
        .containsExactly(
            "true set up net:a                      h1, h2  1 of 1 changed",
            "true do test.one                       marathon  did it");
    assertThat(view.exitCode()).isZero();
    assertThat(text(view)).contains("Done in").doesNotContain("set up net:a");
    assertThat(text(presenter.report(world.runner.runs().get(0))))
        .containsPattern("GOOD set up net:a +h1, h2 +1 of 1 changed");
    Map<String, Object> data = (Map<String, Object>) view.data();
    assertThat(data).containsEntry("status", "done").containsEntry("exitCode", 0);
    assertThat((List<?>) data.get("steps")).hasSize(3);
  }

  @Test
  void refusedQuestionChangesNothing() {
    typing.answer = false;
    assertThatThrownBy(() -> flow.apply(request(), new Call(typing), ""))
        .isInstanceOf(HoraiException.class);
    assertThat(world.runner.runs()).isEmpty();
    assertThat(typing.asked).containsExactly("Apply 3 steps to test?");
  }

  @Test
  void disruptivePlanOfAProductionClusterWantsItsNameTyped() {
    production = true;
    Stage disruptive =
        new Stage(
            "s",
            "agent",
            "restart agents",
            1,
            List.of(
                new org.horai.api.plan.Step.HostStep(
                    "s@h1",
                    Change.RESTART,
                    new org.horai.api.host.HostStage(
                        "s", "restart agents", "h1", List.of(A), true, ""),
                    "")));
    planned = Plans.plan(disruptive);
    flow.apply(request(), new Call(typing), "");
    assertThat(typing.asked)
        .containsExactly("test: \"restart agents\" disrupts the production cluster test.");
  }

  @Test
  void typedWordIsTheOnlyQuestionAlsoInProduction() {
    production = true;
    View view = flow.applyTyped(request(), new Call(typing), "chronos", "This ends chronos.");

    assertThat(typing.asked).containsExactly("chronos: This ends chronos.");
    assertThat(view.exitCode()).isZero();
  }

  @Test
  void anotherWordThanTheTypedOneChangesNothing() {
    typing.answer = false;
    assertThatThrownBy(
            () -> flow.applyTyped(request(), new Call(typing), "chronos", "This ends chronos."))
        .isInstanceOf(HoraiException.class);

    assertThat(typing.asked).containsExactly("chronos: This ends chronos.");
    assertThat(world.runner.runs()).isEmpty();
  }

  @Test
  void convergedPlanIsNotAskedAboutButItsChecksRun() {
    planned = Plans.plan(action("test.verify", Change.CHECK));
    world.actions.behaviour.put(
        "test.verify", call -> org.horai.api.plan.ActionExecutor.ActionResult.unchanged("fine"));
    View view = flow.apply(request(), new Call(typing), "");
    assertThat(typing.asked).isEmpty();
    assertThat(world.actions.done).containsExactly("test.verify");
    assertThat(text(view)).contains("No changes: test is as wanted");
  }

  @Test
  void planWithErrorsIsShownAndNotRun() {
    planned = withFinding(Finding.error(RunErrors.HOST_SILENT.id(), "h2", "silent", "", ""));
    View view = flow.apply(request(), new Call(typing), "");
    assertThat(view.exitCode()).isEqualTo(3);
    assertThat(text(view)).contains("h2", "Not applied");
    planned = withFinding(Finding.error("CHR-1", "x", "wrong", "", ""));
    assertThat(flow.apply(request(), new Call(typing), "").exitCode()).isEqualTo(4);
    assertThat(world.runner.runs()).isEmpty();
  }

  private Plan withFinding(Finding finding) {
    return new Plan(
        "test",
        "chronos.deploy",
        Set.of(),
        Map.of(),
        planned.factsTaken(),
        "d",
        planned.stages(),
        List.of(finding));
  }

  @Test
  void savedPlanIsAppliedOnlyToTheSameWorld() throws Exception {
    Path file = folder.resolve("plan.json");
    store.save(planned, file);
    View view = flow.applySaved(file, new Call(typing));
    assertThat(view.exitCode()).isZero();
    assertThat(requests.get(0).phases()).isEqualTo(planned.phases());
    assertThat(requests.get(0).options()).isEqualTo(planned.options());

    planned =
        new Plan(
            "test",
            planned.goal(),
            planned.phases(),
            planned.options(),
            planned.factsTaken(),
            "another",
            planned.stages().subList(1, 2),
            List.of());
    assertThatThrownBy(() -> flow.applySaved(file, new Call(typing)))
        .isInstanceOfSatisfying(
            HoraiException.class, e -> assertThat(e.code()).isEqualTo(RunErrors.STALE))
        .hasMessageContaining("net:a@h1 is no longer needed");
    assertThatThrownBy(() -> flow.applySaved(folder.resolve("none"), new Call(typing)))
        .isInstanceOfSatisfying(
            HoraiException.class, e -> assertThat(e.code()).isEqualTo(CommonErrors.NOT_FOUND));
    Files.writeString(file, "<html>");
    assertThatThrownBy(() -> flow.applySaved(file, new Call(typing)))
        .isInstanceOfSatisfying(HoraiException.class, e -> assertThat(e.exitCode()).isEqualTo(2))
        .hasMessageContaining("not a saved plan");
  }

  @Test
  void runCommandsListShowResumeAndUndo() {
    Registry clusters = new Registry();
    Command list = new RunList(world.runner);
    Command show = new RunShow(world.runner, presenter);
    Command resume = new RunResume(world.runner, presenter, clusters);
    Command undo = new RunUndo(world.runner, clusters);
    assertThat(((View.Table) list.run(new Call(typing)).blocks().get(0)).rows()).isEmpty();
    assertThatThrownBy(() -> show.run(new Call(typing))).hasMessageContaining("no runs yet");

    world.cut.add("h2");
    View failed = flow.apply(request(), new Call(typing), "");
    assertThat(failed.exitCode()).isEqualTo(3);
    String id = failed.names().get(0);
    assertThat(text(failed))
        .containsPattern("BAD set up net:a +h2")
        .contains("Next: run:resume " + id)
        .doesNotContain("not reached  ");
    assertThat(list.run(new Call(typing)).names()).containsExactly(id);
    assertThat(show.run(new Call(typing)).exitCode()).isZero();

    world.cut.clear();
    assertThat(resume.run(new Call(typing, id)).exitCode()).isZero();
    View undone = undo.run(new Call(typing, id));
    assertThat(undone.exitCode()).isZero();
    assertThat(text(undone)).contains("/etc/a: removed");
    assertThat(world.machines.get("h1").exists("/etc/a")).isFalse();
    assertThat(typing.asked.get(typing.asked.size() - 1)).contains("Put back");
    assertThatThrownBy(() -> undo.run(new Call(typing, "r-1"))).hasMessageContaining("no run r-1");
    for (Command command : List.of(list, show, resume, undo)) {
      CommandSpec spec = command.spec();
      assertThat(spec.examples()).hasSizeGreaterThanOrEqualTo(2);
      assertThat(spec.examples()).allMatch(e -> e.line().startsWith(spec.name()));
    }
  }

  @Test
  void reportsOfEveryKindHaveASentence() {
    planned = Plans.plan(action("test.one", Change.ADD));
    world.actions.behaviour.put(
        "test.one",
        call -> {
          throw new HoraiException(
              CommonErrors.TIMED_OUT, "waited 20 s for 3 instances", "2 are there", "look");
        });
    View view = flow.apply(request(), new Call(typing), "");
    assertThat(view.exitCode()).isEqualTo(5);
    assertThat(text(view))
        .contains("Failed after", "HOR-050 waited 20 s for 3 instances", "2 are there");
    assertThat(
            org.horai.core.plan.model.ReportView.of(world.runner.runs().get(0), ZoneOffset.UTC)
                .exitCode())
        .isEqualTo(5);
  }

  /** Knows the one cluster. */
  private final class Registry implements ClusterRegistry {
    @Override
    public List<ClusterSpec> list() {
      return List.of(world.cluster(production));
    }

    @Override
    public Optional<ClusterSpec> current() {
      return Optional.of(world.cluster(production));
    }

    @Override
    public ClusterSpec require() {
      return world.cluster(production);
    }

    @Override
    public ClusterSpec find(String nameOrFile) {
      assertThat(nameOrFile).isEqualTo("test");
      return world.cluster(production);
    }

    @Override
    public ClusterSpec use(String nameOrFile) {
      return find(nameOrFile);
    }

    @Override
    public Registration add(ClusterSpec cluster) {
      throw new UnsupportedOperationException();
    }
  }
}
