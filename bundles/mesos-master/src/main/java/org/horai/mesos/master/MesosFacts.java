package org.horai.mesos.master;

import java.util.Set;
import org.horai.api.cluster.ClusterMaster;
import org.horai.api.plan.FactSource;
import org.horai.api.plan.Phase;
import org.horai.api.plan.PlanRequest;
import org.horai.api.time.Deadline;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The leading master's view, for planning. */
@Component
public final class MesosFacts implements FactSource {
  private static final Set<Phase> PHASES_WITHOUT_MESOS = Set.of(Phase.HOSTS, Phase.OVERLAY);

  private final ClusterMaster master;

  @Activate
  public MesosFacts(@Reference ClusterMaster master) {
    this.master = master;
  }

  @Override
  public String concern() {
    return "mesos";
  }

  @Override
  public boolean wanted(PlanRequest request) {
    return !PHASES_WITHOUT_MESOS.containsAll(request.phases());
  }

  @Override
  public Object take(PlanRequest request, Deadline deadline) {
    return master.snapshot(request.cluster(), deadline);
  }
}
