package org.horai.api.plan;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
   * Runs a plan that was made just now.
   *
   * @param deadline no step waits beyond it; one that still waits then ends as TIMED_OUT, and the
   *     run can be resumed
   * @throws org.horai.api.HoraiException REFUSED when another operator holds the cluster
   */
  Report run(ClusterSpec cluster, Plan plan, Deadline deadline, RunListener listener);

  /** The same, limited by the steps alone. */
  default Report run(ClusterSpec cluster, Plan plan, RunListener listener) {
    return run(cluster, plan, Deadline.after(LONGEST), listener);
  }

  /**
   * Goes on with a run that was killed, interrupted or failed: steps done stay done, the others
   * run.
   *
   * @param runId or "" for the latest unfinished run of the cluster
   * @param deadline as of {@link #run}
   */
  Report resume(ClusterSpec cluster, String runId, Deadline deadline, RunListener listener);

  /** The same, limited by the steps alone. */
  default Report resume(ClusterSpec cluster, String runId, RunListener listener) {
    return resume(cluster, runId, Deadline.after(LONGEST), listener);
  }

  /** All runs of this machine, newest first. */
  List<Report> runs();

  Optional<Report> find(String runId);
}
