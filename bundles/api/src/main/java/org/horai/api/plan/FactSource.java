package org.horai.api.plan;

import org.horai.api.time.Deadline;

/** Takes the snapshot of one service (Mesos, Marathon, Chronos...) for planning. */
public interface FactSource {
  /** The key in {@link Facts#services()}. */
  String concern();

  /** True if this snapshot matters for the request. */
  boolean wanted(PlanRequest request);

  /**
   * Takes it. Blocking. A failure becomes an entry of {@link Facts#problems()}.
   *
   * @return api and JDK types only
   */
  Object take(PlanRequest request, Deadline deadline);
}
