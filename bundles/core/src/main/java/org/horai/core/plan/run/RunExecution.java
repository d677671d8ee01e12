package org.horai.core.plan.run;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.cluster.Host;
import org.horai.api.coordination.CoordinationStore;
import org.horai.api.plan.ActionExecutor.ActionCall;
import org.horai.api.plan.Plan;
import org.horai.api.plan.Report;
import org.horai.api.plan.RunListener;
import org.horai.api.plan.Stage;
import org.horai.api.plan.Step;
import org.horai.api.plan.Step.ActionStep;
import org.horai.api.plan.Step.HostStep;
import org.horai.api.time.Deadline;
import org.horai.core.host.HostRunner;
import org.horai.core.host.WorkerPool;
import org.horai.core.plan.ActionExecutors;
import org.horai.core.plan.model.JournalEntry;
import org.horai.core.plan.model.RunErrors;
import org.horai.core.plan.model.RunReport;
import org.horai.core.plan.model.RunState;
import org.horai.core.plan.model.StepCluster;
import org.horai.core.plan.model.StepEnd;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of one plan, or one part of it after a resume. */
final class RunExecution {
  private static final Logger LOG = LoggerFactory.getLogger(RunExecution.class);

  /** Who does the work. */
  record Workers(HostRunner hosts, ActionExecutors actions, WorkerPool pool, Clock clock) {}

  private final Workers workers;
  private final ClusterSpec cluster;
  private final RunFolder folder;
  private final RunFolder.Journal journal;
  private final CoordinationStore.Lock lock;
  private final Deadline deadline;
  private final RunListener listener;
  private final RunState earlier;
  private final Map<String, StepEnd> ends = new ConcurrentHashMap<>();
  private final Map<String, Long> begun = new ConcurrentHashMap<>();

  RunExecution(
      Workers workers,
      ClusterSpec cluster,
      RunFolder folder,
      RunFolder.Journal journal,
      CoordinationStore.Lock lock,
      Deadline deadline,
      RunListener listener,
      RunState earlier) {
    this.workers = workers;
    this.cluster = cluster;
    this.folder = folder;
    this.journal = journal;
    this.lock = lock;
    this.deadline = deadline;
    this.listener = new CalmListener(listener);
    this.earlier = earlier;
  }

  Report run(Plan plan) {
    Instant now = workers.clock().instant();
    long start = System.nanoTime();
    JournalEntry.Type type =
        earlier.started().isPresent()
            ? JournalEntry.Type.RUN_RESUMED
            : JournalEntry.Type.RUN_STARTED;
    journal.append(JournalEntry.run(now, type));
    earlier
        .done()
        .forEach(
            (id, outcome) ->
                ends.put(
                    id,
                    StepEnd.earlier(outcome, earlier.statements().getOrDefault(id, List.of()))));
    for (Stage stage : plan.stages()) {
      List<Step> open = stage.steps().stream().filter(s -> !ends.containsKey(s.id())).toList();
      if (!open.isEmpty()) {
        listener.stageStarted(
            new Stage(stage.id(), stage.concern(), stage.title(), stage.atOnce(), open));
        runStage(stage, open);
      }
      if (!stage.steps().stream().allMatch(this::endedWell)) {
        break;
      }
    }
    long millis = (System.nanoTime() - start) / 1_000_000;
    List<StepEnd> all = plan.steps().map(this::end).toList();
    RunReport.Span span =
        new RunReport.Span(earlier.started().orElse(now), workers.clock().instant(), millis);
    return RunReport.of(folder.id(), plan, span, all);
  }

  private boolean endedWell(Step step) {
    StepEnd end = ends.get(step.id());
    return end != null && end.well();
  }

  private StepEnd end(Step step) {
    StepEnd end = ends.get(step.id());
    return end != null ? end : StepEnd.unfinished(step, begun.containsKey(step.id()));
  }

  private void runStage(Stage stage, List<Step> open) {
    List<Callable<Boolean>> onHosts = new ArrayList<>();
    List<Step> here = new ArrayList<>();
    for (Step step : open) {
      if (step instanceof HostStep) {
        onHosts.add(() -> runStep(step));
      } else {
        here.add(step);
      }
    }
    try {
      workers.pool().all(onHosts, stage.atOnce(), () -> allWell(open));
    } catch (HoraiException e) {
      // What was begun is reported as interrupted by the outcomes; nothing further is started.
      LOG.debug("stage {} stopped: {}", stage.id(), e.getMessage());
      Step blamed = open.get(0);
      open.stream()
          .filter(step -> begun.containsKey(step.id()) && !ends.containsKey(step.id()))
          .forEach(step -> conclude(step, StepEnd.of(step, e, millisOf(step))));
      if (allWell(open)) {
        conclude(blamed, StepEnd.of(blamed, e, 0));
      }
      return;
    }
    for (Step step : here) {
      if (!allWell(open) || !runStep(step)) {
        return;
      }
    }
  }

  /** True as long as no step of these ended badly. */
  private boolean allWell(List<Step> steps) {
    return steps.stream().allMatch(s -> !ends.containsKey(s.id()) || ends.get(s.id()).well());
  }

  private boolean runStep(Step step) {
    begun.put(step.id(), System.nanoTime());
    journal.append(JournalEntry.started(workers.clock().instant(), step.id()));
    listener.stepStarted(step);
    StepEnd end;
    try {
      end = perform(step);
    } catch (HoraiException e) {
      end = StepEnd.of(step, e, millisOf(step));
    } catch (RuntimeException e) {
      LOG.warn("step {} failed unexpectedly", step.id(), e);
      HoraiException known =
          new HoraiException(
              CommonErrors.INTERNAL, "the step failed unexpectedly", e.toString(), "see the log");
      end = StepEnd.of(step, known, millisOf(step));
    }
    conclude(step, end);
    return end.well();
  }

  private StepEnd perform(Step step) {
    if (!lock.held()) {
      throw new HoraiException(
          RunErrors.LOCK_LOST,
          "the lock of " + cluster.name() + " was lost",
          "the ZooKeeper session ended",
          "zk:status, then run:resume " + folder.id());
    }
    Consumer<String> progress = line -> listener.progress(step, line);
    if (step instanceof HostStep hostStep) {
      Host host =
          cluster
              .inventory()
              .host(step.where())
              .orElseThrow(
                  () ->
                      new HoraiException(
                          CommonErrors.NOT_FOUND,
                          "no host " + step.where() + " in the inventory",
                          "cluster:hosts"));
      return StepEnd.of(
          step,
          workers.hosts().apply(host, hostStep.stage(), folder.id(), progress),
          millisOf(step));
    }
    ActionStep action = (ActionStep) step;
    ActionCall call =
        new ActionCall(
            StepCluster.of(cluster, action.arguments()),
            folder.id(),
            action.action(),
            action.arguments(),
            progress,
            deadline.atMost(action.limit()));
    return StepEnd.of(step, workers.actions().execute(call), millisOf(step));
  }

  private void conclude(Step step, StepEnd end) {
    if (ends.putIfAbsent(step.id(), end) != null) {
      return;
    }
    LOG.info(
        "{} {} {}: {}", folder.id(), step.id(), end.outcome().status(), end.outcome().summary());
    journal.append(
        new JournalEntry(
            workers.clock().instant(),
            JournalEntry.Type.STEP_ENDED,
            step.id(),
            Optional.of(end.outcome()),
            new LinkedHashMap<>(end.before()),
            new LinkedHashMap<>(end.after()),
            end.statements()));
    listener.stepEnded(end.outcome());
  }

  private long millisOf(Step step) {
    return (System.nanoTime() - begun.getOrDefault(step.id(), System.nanoTime())) / 1_000_000;
  }

  /** One call at a time; what goes wrong while showing must not stop the run. */
  private static final class CalmListener implements RunListener {
    private final RunListener listener;

    private CalmListener(RunListener listener) {
      this.listener = listener;
    }

    @Override
    public void stageStarted(Stage stage) {
      calmly(() -> listener.stageStarted(stage));
    }

    @Override
    public void stepStarted(Step step) {
      calmly(() -> listener.stepStarted(step));
    }

    @Override
    public void progress(Step step, String line) {
      calmly(() -> listener.progress(step, line));
    }

    @Override
    public void stepEnded(org.horai.api.plan.StepOutcome outcome) {
      calmly(() -> listener.stepEnded(outcome));
    }

    private synchronized void calmly(Runnable call) {
      try {
        call.run();
      } catch (RuntimeException e) {
        LOG.warn("a run could not be shown", e);
      }
    }
  }
}
