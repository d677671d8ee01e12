package org.horai.api.plan;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.time.Deadline;

/**
 * Runs plans: takes the cluster's lock, runs stage by stage, journals every step before and after,
 * and reports. Blocking; interruption ends the running step and the run as INTERRUPTED.
 */
public interface PlanRunner {
  /** Longer than any run: the steps have limits of their own. */
  Duration LONGEST = Duration.ofDays(7);

  /**
   * Begins what a run on this cluster needs first, the session with ZooKeeper, while its plan is
   * made. Returns at once; what fails is told by the run.
   */
  default void prepare(ClusterSpec cluster) {}

  /**
   * Runs a plan that was made just now.
   *
   * @param patience the deadline of a wait, from how long it usually is: {@code
   *     invocation::deadline}. It limits the wait for the lock of a program that died, and no step
   *     waits beyond that of {@link #LONGEST}: one that still waits then ends as TIMED_OUT, and the
   *     run can be resumed
   * @throws org.horai.api.HoraiException REFUSED when another operator holds the cluster; TIMED_OUT
   *     when the lock of a program that died is still there, naming it
   */
  Report run(
      ClusterSpec cluster, Plan plan, RunListener listener, Function<Duration, Deadline> patience);

  /** The same with the usual patience. */
  default Report run(ClusterSpec cluster, Plan plan, RunListener listener) {
    return run(cluster, plan, listener, Deadline::after);
  }

  /**
   * Goes on with a run that was killed, interrupted or failed: steps done stay done, the others
   * run.
   *
   * @param runId or "" for the latest unfinished run of the cluster
   * @param patience as for a new run
   */
  Report resume(
      ClusterSpec cluster,
      String runId,
      RunListener listener,
      Function<Duration, Deadline> patience);

  /** The same with the usual patience. */
  default Report resume(ClusterSpec cluster, String runId, RunListener listener) {
    return resume(cluster, runId, listener, Deadline::after);
  }

  /** All runs of this machine, newest first. */
  List<Report> runs();

  Optional<Report> find(String runId);
}
