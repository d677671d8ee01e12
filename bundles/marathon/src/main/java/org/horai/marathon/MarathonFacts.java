package org.horai.marathon;

import org.horai.api.deployer.DeployerSnapshot;
import org.horai.api.plan.FactSource;
import org.horai.api.plan.Phase;
import org.horai.api.plan.PlanRequest;
import org.horai.api.time.Deadline;
import org.horai.marathon.client.MarathonClient;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What Marathon runs, for plans that touch workloads. */
@Component
public final class MarathonFacts implements FactSource {
  @Reference MarathonAccess access;

  @Override
  public String concern() {
    return "marathon";
  }

  @Override
  public boolean wanted(PlanRequest request) {
    return request.phases().contains(Phase.WORKLOAD) || request.phases().contains(Phase.VERIFY);
  }

  @Override
  public Object take(PlanRequest request, Deadline deadline) {
    MarathonClient client = access.client(request.cluster());
    return new DeployerSnapshot(client.dialect(deadline), client.list(deadline));
  }
}
