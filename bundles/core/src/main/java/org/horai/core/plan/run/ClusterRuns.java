package org.horai.core.plan.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.coordination.CoordinationStore;
import org.horai.api.plan.Plan;
import org.horai.api.plan.PlanRunner;
import org.horai.api.plan.Report;
import org.horai.api.plan.RunListener;
import org.horai.api.time.Deadline;
import org.horai.core.host.HostRunner;
import org.horai.core.host.WorkerPool;
import org.horai.core.plan.ActionExecutors;
import org.horai.core.plan.model.RunErrors;
import org.horai.core.plan.model.RunState;

/** Runs plans under the cluster's lock, and goes on with those that stopped. */
public final class ClusterRuns {
  private final RunFolders folders;
  private final RunExecution.Workers workers;
  private final ClusterLock lock;

  public ClusterRuns(
      RunFolders folders,
      HostRunner hosts,
      ActionExecutors actions,
      WorkerPool pool,
      Clock clock,
      String user) {
    this.folders = folders;
    this.workers = new RunExecution.Workers(hosts, actions, pool, clock);
    this.lock = new ClusterLock(user);
  }

  public Report run(
      CoordinationStore store,
      ClusterSpec cluster,
      Plan plan,
      RunListener listener,
      Function<Duration, Deadline> patience) {
    ClusterLock.Wait wait = new ClusterLock.Wait(listener::waiting, patience);
    requireSame(cluster, plan.cluster());
    try (CoordinationStore.Lock held =
        plan.stages().isEmpty() ? new Unneeded() : lock(store, cluster, plan.goal(), wait)) {
      RunFolder folder = folders.create(plan, workers.clock().instant());
      return execute(cluster, folder, plan, held, patience.apply(PlanRunner.LONGEST), listener);
    }
  }

  /** A plan without steps changes nothing, so it waits for nobody. */
  private record Unneeded() implements CoordinationStore.Lock {
    @Override
    public boolean held() {
      return true;
    }

    @Override
    public void close() {
      // nothing was taken
    }
  }

  /** Goes on with that run, or with the cluster's last one. */
  public Report resume(
      CoordinationStore store,
      ClusterSpec cluster,
      String runId,
      RunListener listener,
      Function<Duration, Deadline> patience) {
    ClusterLock.Wait wait = new ClusterLock.Wait(listener::waiting, patience);
    RunFolder folder = runId.isEmpty() ? last(cluster) : require(runId);
    Plan plan = folder.plan().orElseThrow(() -> noRun(folder.id()));
    requireSame(cluster, plan.cluster());
    requireUnfinished(folder);
    String what = "resume of " + folder.id();
    try (CoordinationStore.Lock held = lock(store, cluster, what, wait)) {
      return execute(cluster, folder, plan, held, patience.apply(PlanRunner.LONGEST), listener);
    }
  }

  /** Takes the lock of a cluster. */
  public CoordinationStore.Lock lock(
      CoordinationStore store, ClusterSpec cluster, String what, ClusterLock.Wait wait) {
    return lock.take(store, cluster, what, wait);
  }

  /** Makes the taking of a lock that will be wanted soon a matter of one question. Blocking. */
  public Optional<CoordinationStore.Node> prepare(CoordinationStore store, ClusterSpec cluster) {
    return lock.look(store, cluster);
  }

  public RunFolder require(String runId) {
    return folders.find(runId).orElseThrow(() -> noRun(runId));
  }

  private Report execute(
      ClusterSpec cluster,
      RunFolder folder,
      Plan plan,
      CoordinationStore.Lock lock,
      Deadline deadline,
      RunListener listener) {
    boolean interrupted = false;
    try (AutoCloseable claim = claim(folder);
        RunFolder.Journal journal = folder.openJournal()) {
      RunState earlier = RunState.of(folder.journal());
      folder.dropReport();
      Report report =
          new RunExecution(workers, cluster, folder, journal, lock, deadline, listener, earlier)
              .run(plan);
      // Writing the report and giving back the lock must not be cut short.
      interrupted = Thread.interrupted();
      folder.saveReport(report);
      return report;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep the journal of " + folder.id(), e);
    } catch (HoraiException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("cannot release " + folder.id(), e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private AutoCloseable claim(RunFolder folder) throws IOException {
    return folders
        .claim(folder)
        .orElseThrow(
            () ->
                new HoraiException(
                    RunErrors.RUN_GOES_ON,
                    "run " + folder.id() + " is still going on",
                    "run:show " + folder.id()));
  }

  /**
   * The run that was worked on last, if it did not end. Older ones are not guessed: what came after
   * them may have taken their work back.
   */
  private RunFolder last(ClusterSpec cluster) {
    List<Report> reports =
        folders.reports().stream()
            .filter(report -> report.cluster().equals(cluster.name()))
            .sorted(Comparator.comparing(Report::ended).reversed())
            .toList();
    return reports.stream()
        .limit(1)
        .filter(ClusterRuns::unfinished)
        .findFirst()
        .flatMap(report -> folders.find(report.runId()))
        .orElseThrow(() -> nothingToResume(cluster, reports));
  }

  private static HoraiException nothingToResume(ClusterSpec cluster, List<Report> reports) {
    Optional<Report> older = reports.stream().filter(ClusterRuns::unfinished).findFirst();
    if (older.isEmpty()) {
      return new HoraiException(
          RunErrors.NO_RUN, "no unfinished run of " + cluster.name(), "run:list");
    }
    Report last = reports.get(0);
    return new HoraiException(
        RunErrors.NO_RUN,
        "the last run of " + cluster.name() + " has ended",
        last.runId()
            + " ("
            + last.goal()
            + ") came after "
            + older.get().runId()
            + " ("
            + older.get().goal()
            + "), which stopped",
        "run:show "
            + older.get().runId()
            + ", and only if it is still wanted: run:resume "
            + older.get().runId());
  }

  private void requireUnfinished(RunFolder folder) {
    Optional<Report> report = folders.report(folder);
    if (report.isPresent() && !unfinished(report.get())) {
      throw new HoraiException(
          RunErrors.RUN_OVER,
          "run " + folder.id() + " is over",
          "it ended " + report.get().status(),
          "run:show " + folder.id());
    }
  }

  private static boolean unfinished(Report report) {
    return !List.of(Report.Status.DONE, Report.Status.UNCHANGED).contains(report.status());
  }

  private static HoraiException noRun(String runId) {
    return new HoraiException(RunErrors.NO_RUN, "no run " + runId, "run:list");
  }

  private static void requireSame(ClusterSpec cluster, String name) {
    if (!cluster.name().equals(name)) {
      throw new HoraiException(
          CommonErrors.USAGE,
          "the plan is for cluster " + name + ", not for " + cluster.name(),
          "add --cluster " + name);
    }
  }
}
