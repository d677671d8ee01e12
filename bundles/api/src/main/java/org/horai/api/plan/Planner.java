package org.horai.api.plan;

import org.horai.api.time.Deadline;

/** Takes the facts once and makes the plan. */
public interface Planner {
  /**
   * Blocking: one exec per host and one snapshot per service, all at the same time.
   *
   * @throws org.horai.api.HoraiException PROVIDER_GONE when a bundle the request needs is missing
   */
  Plan plan(PlanRequest request, Deadline deadline);

  /** The facts of a request without planning. */
  Facts facts(PlanRequest request, Deadline deadline);
}
