package org.horai.api.plan;

import java.util.List;
import java.util.Optional;
import org.horai.api.cluster.ClusterSpec;

/**
 * Runs plans: takes the cluster's lock, runs stage by stage, journals every step before and after,
 * and reports. Blocking; interruption ends the running step and the run as INTERRUPTED.
 */
public interface PlanRunner {
  /**
   * Runs a plan that was made just now.
   *
   * @throws org.horai.api.HoraiException REFUSED when another operator holds the cluster
   */
  Report run(ClusterSpec cluster, Plan plan, RunListener listener);

  /**
   * Goes on with a run that was killed, interrupted or failed: steps done stay done, the others
   * run.
   *
   * @param runId or "" for the latest unfinished run of the cluster
   */
  Report resume(ClusterSpec cluster, String runId, RunListener listener);

  /** All runs of this machine, newest first. */
  List<Report> runs();

  Optional<Report> find(String runId);
}
