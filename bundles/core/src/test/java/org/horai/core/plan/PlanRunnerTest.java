package org.horai.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.horai.core.plan.Plans.action;
import static org.horai.core.plan.Plans.onHosts;
import static org.horai.core.plan.Plans.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.host.Command;
import org.horai.api.host.FileContent;
import org.horai.api.plan.ActionExecutor.ActionResult;
import org.horai.api.plan.Change;
import org.horai.api.plan.Plan;
import org.horai.api.plan.Report;
import org.horai.api.plan.RunListener;
import org.horai.api.plan.Statement;
import org.horai.api.plan.StepOutcome;
import org.horai.api.secret.SecretRef;
import org.horai.api.time.Deadline;
import org.horai.core.plan.model.RunErrors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanRunnerTest {
  private static final RunListener QUIET = new RunListener() {};
  private static final FileContent A = FileContent.of("/etc/a", "a\n");
  private static final FileContent B = FileContent.of("/etc/b", "b\n");

  @TempDir Path folder;
  private World world;

  @BeforeEach
  void world() {
    world = new World(folder, "h1", "h2", "h3");
  }

  @AfterEach
  void end() {
    world.close();
  }

  private static Plan threeStages() {
    return plan(
        onHosts("net:a", 0, A, "h1", "h2", "h3"),
        action("test.one", Change.ADD),
        onHosts("net:b", 1, B, "h1", "h2"),
        action("test.verify", Change.CHECK));
  }

  private static List<String> statuses(Report report) {
    return report.outcomes().stream().map(o -> o.stepId() + " " + o.status()).toList();
  }

  @Test
  void runsStageByStageProvesAndKeepsTheReport() {
    Statement leader = new Statement("one-leader", true, "one leader", "10.32.1.7");
    world.actions.behaviour.put(
        "test.verify",
        call -> new ActionResult(false, "1 statement holds", Map.of(), Map.of(), List.of(leader)));
    List<String> heard = new ArrayList<>();
    RunListener listener =
        new RunListener() {
          @Override
          public void stepEnded(StepOutcome outcome) {
            heard.add(outcome.stepId());
          }
        };

    Report report = world.runner.run(world.cluster(), threeStages(), listener);

    assertThat(report.status()).isEqualTo(Report.Status.DONE);
    assertThat(report.exitCode()).isZero();
    assertThat(report.statements()).containsExactly(leader);
    assertThat(statuses(report))
        .containsExactly(
            "net:a@h1 CHANGED",
            "net:a@h2 CHANGED",
            "net:a@h3 CHANGED",
            "test.one CHANGED",
            "net:b@h1 CHANGED",
            "net:b@h2 CHANGED",
            "test.verify OK");
    assertThat(heard.subList(0, 3)).containsExactlyInAnyOrder("net:a@h1", "net:a@h2", "net:a@h3");
    assertThat(heard.subList(3, 7))
        .containsExactly("test.one", "net:b@h1", "net:b@h2", "test.verify");
    assertThat(world.machines.get("h2").read("/etc/b")).isEqualTo("b\n");
    assertThat(world.locks.history).hasSize(1);
    assertThat(world.locks.history.get(0)).startsWith("/horai/locks/test operator@");
    assertThat(world.locks.holders).isEmpty();
    assertThat(world.runner.find(report.runId())).contains(report);
    assertThat(world.runner.runs()).containsExactly(report);
  }

  @Test
  void secondRunOfAConvergedPlanIsUnchanged() {
    Plan hostsOnly = plan(onHosts("net:a", 0, A, "h1"));
    world.runner.run(world.cluster(), hostsOnly, QUIET);
    assertThat(world.runner.run(world.cluster(), hostsOnly, QUIET).status())
        .isEqualTo(Report.Status.UNCHANGED);
  }

  @Test
  void failureOnOneHostLetsTheOthersOfTheStageFinishAndStopsThere() {
    world.cut.add("h2");

    Report report = world.runner.run(world.cluster(), threeStages(), QUIET);

    assertThat(report.status()).isEqualTo(Report.Status.FAILED);
    assertThat(report.exitCode()).isEqualTo(3);
    assertThat(report.error().orElseThrow()).contains("h2", "cannot be reached");
    assertThat(report.next()).contains("run:resume " + report.runId());
    assertThat(statuses(report))
        .startsWith("net:a@h1 CHANGED", "net:a@h2 FAILED", "net:a@h3 CHANGED", "test.one SKIPPED");
    assertThat(world.actions.done).isEmpty();

    world.cut.clear();
    world.execs.clear();
    Report resumed = world.runner.resume(world.cluster(), "", QUIET);
    assertThat(resumed.runId()).isEqualTo(report.runId());
    assertThat(resumed.status()).isEqualTo(Report.Status.DONE);
    assertThat(world.execs).containsExactly("h2", "h1", "h2");
    assertThat(world.runner.runs()).containsExactly(resumed);
    assertThatThrownBy(() -> world.runner.resume(world.cluster(), report.runId(), QUIET))
        .isInstanceOf(HoraiException.class)
        .hasMessageContaining("is over");
  }

  @Test
  void rollingStageStartsNoFurtherHostAfterAFailure() {
    world.cut.add("h1");
    Report report =
        world.runner.run(world.cluster(), plan(onHosts("net:b", 1, B, "h1", "h2", "h3")), QUIET);
    assertThat(statuses(report))
        .containsExactly("net:b@h1 FAILED", "net:b@h2 SKIPPED", "net:b@h3 SKIPPED");
    assertThat(world.execs).containsExactly("h1");
  }

  @Test
  void noStepWaitsBeyondTheDeadlineOfItsRun() {
    List<Duration> limits = new ArrayList<>();
    world.actions.behaviour.put(
        "test.one",
        call -> {
          limits.add(call.deadline().limit());
          return ActionResult.changed("did it");
        });
    Plan one = plan(action("test.one", Change.ADD));

    world.runner.run(world.cluster(), one, QUIET, usual -> Deadline.after(Duration.ofSeconds(7)));
    world.runner.run(world.cluster(), one, QUIET);

    assertThat(limits.get(0)).isEqualTo(Duration.ofSeconds(7));
    assertThat(limits.get(1)).isBetween(Duration.ofSeconds(8), Duration.ofDays(1));
  }

  @Test
  void refutedStatementFailsTheStepAndTheProgramSaysOne() {
    world.actions.behaviour.put(
        "test.verify",
        call ->
            new ActionResult(
                false,
                "looked",
                Map.of(),
                Map.of(),
                List.of(new Statement("x", false, "3 instances on 3 hosts", "2 hosts"))));
    Report report =
        world.runner.run(world.cluster(), plan(action("test.verify", Change.CHECK)), QUIET);
    assertThat(report.status()).isEqualTo(Report.Status.FAILED);
    assertThat(report.exitCode()).isEqualTo(1);
    assertThat(report.error().orElseThrow()).contains("3 instances on 3 hosts");
  }

  @Test
  void resumeAfterAKillAtAnyLineOfTheJournalReachesTheSameEnd() throws IOException {
    Report whole = world.runner.run(world.cluster(), threeStages(), QUIET);
    Path runFolder = world.state.resolve("runs").resolve(whole.runId());
    List<String> journal = Files.readAllLines(runFolder.resolve("journal.jsonl"));
    assertThat(journal).hasSize(15);
    for (int lines = 0; lines < journal.size(); lines++) {
      for (boolean torn : new boolean[] {false, true}) {
        String text = lines == 0 ? "" : String.join("\n", journal.subList(0, lines)) + "\n";
        String rest = journal.get(lines).substring(0, journal.get(lines).length() / 2);
        Files.writeString(runFolder.resolve("journal.jsonl"), torn ? text + rest : text);
        Files.deleteIfExists(runFolder.resolve("report.json"));
        world.actions.done.clear();
        JournaledPlanRunner next = world.anotherRunner();

        Report cutOff = next.find(whole.runId()).orElseThrow();
        assertThat(cutOff.status()).isEqualTo(Report.Status.INTERRUPTED);
        assertThat(cutOff.next()).contains("run:resume " + whole.runId());
        Report resumed = next.resume(world.cluster(), "", QUIET);

        assertThat(resumed.outcomes().stream().map(StepOutcome::stepId))
            .isEqualTo(whole.outcomes().stream().map(StepOutcome::stepId).toList());
        assertThat(resumed.error()).isEmpty();
        assertThat(resumed.exitCode()).isZero();
        boolean oneWasDone = ended(text);
        assertThat(world.actions.done.contains("test.one")).isEqualTo(!oneWasDone);
        assertThat(world.machines.get("h2").read("/etc/b")).isEqualTo("b\n");
        assertThat(next.find(whole.runId())).contains(resumed);
      }
    }
  }

  @Test
  void runThatWasFollowedByAnotherIsResumedOnlyByItsName() {
    world.cut.add("h2");
    String stopped = world.runner.run(world.cluster(), threeStages(), QUIET).runId();
    world.cut.clear();
    String next = world.runner.run(world.cluster(), threeStages(), QUIET).runId();

    assertThatThrownBy(() -> world.runner.resume(world.cluster(), "", QUIET))
        .isInstanceOfSatisfying(
            HoraiException.class,
            e -> {
              assertThat(e.code()).isEqualTo(RunErrors.NO_RUN);
              assertThat(e.toString()).contains(next, "run:resume " + stopped);
            });
    Report resumed = world.runner.resume(world.cluster(), stopped, QUIET);

    assertThat(resumed.error()).isEmpty();
    assertThat(resumed.ended()).isAfter(world.runner.find(next).orElseThrow().ended());
  }

  private static boolean ended(String journal) {
    return journal
        .lines()
        .anyMatch(l -> l.contains("\"step\":\"test.one\"") && l.contains("STEP_ENDED"));
  }

  @Test
  void lockedClusterIsRefusedWithTheHolder() {
    world.locks.holders.put("/horai/locks/test", "alice@ops, chronos.purge");
    assertThatThrownBy(() -> world.runner.run(world.cluster(), threeStages(), QUIET))
        .isInstanceOf(HoraiException.class)
        .hasMessageContaining("alice@ops");
    assertThat(world.runner.runs()).isEmpty();
  }

  @Test
  void lostLockStopsTheRunBeforeTheNextStep() {
    world.actions.behaviour.put(
        "test.one",
        call -> {
          world.locks.sessionLost = true;
          return ActionResult.changed("done");
        });
    Report report = world.runner.run(world.cluster(), threeStages(), QUIET);
    assertThat(report.status()).isEqualTo(Report.Status.INTERRUPTED);
    assertThat(report.exitCode()).isEqualTo(3);
    assertThat(report.error().orElseThrow()).contains("RUN-424");
    assertThat(world.machines.get("h1").exists("/etc/b")).isFalse();
  }

  @Test
  void withoutCoordinationNothingRuns() {
    world.runner.store = null;
    assertThatThrownBy(() -> world.runner.run(world.cluster(), threeStages(), QUIET))
        .isInstanceOfSatisfying(
            HoraiException.class, e -> assertThat(e.code()).isEqualTo(CommonErrors.PROVIDER_GONE));
  }

  @Test
  void providerThatLeavesMidPlanInterruptsTheRunWhichResumesWhenItIsBack() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    world.actions.behaviour.put(
        "test.one",
        call -> {
          inside.countDown();
          try {
            never.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException("stopped");
          }
          return ActionResult.changed("never");
        });
    FutureTask<Report> run =
        new FutureTask<>(() -> world.runner.run(world.cluster(), threeStages(), QUIET));
    new Thread(run).start();
    assertThat(inside.await(20, TimeUnit.SECONDS)).isTrue();

    world.executors.remove(world.offer);
    Report report = run.get(20, TimeUnit.SECONDS);

    assertThat(report.status()).isEqualTo(Report.Status.INTERRUPTED);
    assertThat(report.exitCode()).isEqualTo(3);
    assertThat(report.error().orElseThrow()).contains("HOR-020", "test.one");

    Report stillGone = world.runner.resume(world.cluster(), report.runId(), QUIET);
    assertThat(stillGone.status()).isEqualTo(Report.Status.INTERRUPTED);
    world.actions.behaviour.clear();
    world.executors.add(world.offer);
    assertThat(world.runner.resume(world.cluster(), "", QUIET).status())
        .isEqualTo(Report.Status.DONE);
  }

  @Test
  void interruptionEndsAHostStagePromptlyAndTheRunResumes() throws Exception {
    String go = "[ -f \"$HORAI_ROOT/state/go\" ]";
    Command slow =
        new Command(
            "slow",
            List.of("sh", "-c", "touch \"$HORAI_ROOT/state/begun\"; " + go + " || exec sleep 120"),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            Set.of(0),
            Duration.ofSeconds(300),
            List.of());
    Plan plan = plan(onHosts("net:slow", 0, slow, "h1", "h2"));
    CountDownLatch both = new CountDownLatch(2);
    RunListener listener =
        new RunListener() {
          @Override
          public void progress(org.horai.api.plan.Step step, String line) {
            both.countDown();
          }
        };
    boolean[] flag = new boolean[1];
    FutureTask<Report> run =
        new FutureTask<>(
            () -> {
              Report report = world.runner.run(world.cluster(), plan, listener);
              flag[0] = Thread.interrupted();
              return report;
            });
    Thread thread = new Thread(run);
    thread.start();
    assertThat(both.await(20, TimeUnit.SECONDS)).isTrue();
    thread.interrupt();
    Report report = run.get(20, TimeUnit.SECONDS);

    assertThat(report.status()).isEqualTo(Report.Status.INTERRUPTED);
    assertThat(report.exitCode()).isEqualTo(130);
    assertThat(report.error()).contains("stopped by Ctrl-C; what was begun may still be going on");
    assertThat(report.outcomes()).allMatch(outcome -> outcome.summary().equals("interrupted"));
    assertThat(flag[0]).isTrue();
    assertThat(world.runner.find(report.runId())).contains(report);
    assertThat(world.locks.holders).isEmpty();
    world.machines.values().forEach(machine -> machine.write("/state/go", ""));
    assertThat(world.runner.resume(world.cluster(), "", QUIET).status())
        .isEqualTo(Report.Status.DONE);
  }

  @Test
  void runningRunShowsAsRunningAndIsNotResumedTwice() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    world.actions.behaviour.put(
        "test.one",
        call -> {
          inside.countDown();
          try {
            go.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return ActionResult.unchanged("ok");
        });
    FutureTask<Report> run =
        new FutureTask<>(
            () -> world.runner.run(world.cluster(), plan(action("test.one", Change.ADD)), QUIET));
    new Thread(run).start();
    assertThat(inside.await(20, TimeUnit.SECONDS)).isTrue();

    Report seen = world.runner.runs().get(0);
    assertThat(seen.status()).isEqualTo(Report.Status.RUNNING);
    assertThat(world.anotherRunner().find(seen.runId()).orElseThrow().status())
        .isEqualTo(Report.Status.RUNNING);
    world.locks.holders.clear();
    assertThatThrownBy(() -> world.runner.resume(world.cluster(), seen.runId(), QUIET))
        .isInstanceOf(HoraiException.class)
        .hasMessageContaining("still going on");
    go.countDown();
    assertThat(run.get(20, TimeUnit.SECONDS).status()).isEqualTo(Report.Status.UNCHANGED);
  }

  @Test
  void secretsAreInNeitherJournalNorReport() throws IOException {
    Command leaky =
        new Command(
            "leak",
            List.of("sh", "-c", "echo \"the password is $PW\"; exit 1"),
            Optional.empty(),
            Optional.empty(),
            Map.of("PW", SecretRef.parse("env:PW")),
            Set.of(0),
            Duration.ofSeconds(20),
            List.of());
    Report report =
        world.runner.run(world.cluster(), plan(onHosts("net:x", 0, leaky, "h1")), QUIET);

    assertThat(report.outcomes().get(0).detail()).contains("the password is ***");
    try (var files = Files.walk(world.state)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file)).doesNotContain("s3cr3t");
      }
    }
  }
}
