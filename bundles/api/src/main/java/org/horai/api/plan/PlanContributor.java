package org.horai.api.plan;

import java.util.List;
import org.horai.api.health.Finding;
import org.horai.api.host.HostProbes;

/** What one concern adds to a plan. All methods are pure. */
public interface PlanContributor {
  String concern();

  Phase phase();

  /** True if this concern has a say in the request. */
  boolean wanted(PlanRequest request);

  /** What it must know of the hosts. */
  List<HostProbes> probes(PlanRequest request);

  /** Its stages in order; empty when converged. */
  List<Stage> plan(PlanRequest request, Facts facts);

  /** Warnings shown with the plan; errors forbid applying it. */
  List<Finding> lint(PlanRequest request, Facts facts);
}
