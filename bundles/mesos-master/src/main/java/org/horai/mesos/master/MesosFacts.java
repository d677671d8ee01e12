package org.horai.mesos.master;

import java.time.Duration;
import java.util.Set;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.ClusterMaster;
import org.horai.api.cluster.ClusterSnapshot;
import org.horai.api.plan.FactSource;
import org.horai.api.plan.Phase;
import org.horai.api.plan.PlanRequest;
import org.horai.api.time.Deadline;
import org.horai.api.time.Waiter;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The leading master's view, for planning. */
@Component
public final class MesosFacts implements FactSource {
  private static final Set<Phase> PHASES_WITHOUT_MESOS = Set.of(Phase.HOSTS, Phase.OVERLAY);

  private static final Duration SETTLING = Duration.ofSeconds(10);
  private static final Waiter AGAIN =
      Waiter.backingOff(Duration.ofMillis(100), Duration.ofSeconds(1));

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

  /** What the leading master knows, once it knows any agent: one just elected does not yet. */
  @Override
  public Object take(PlanRequest request, Deadline deadline) {
    ClusterSnapshot[] last = new ClusterSnapshot[1];
    try {
      AGAIN.until(
          "an agent to register with the leading master",
          deadline.atMost(SETTLING),
          () -> {
            last[0] = master.snapshot(request.cluster(), deadline);
            return !last[0].agents().isEmpty();
          },
          () -> "none has");
    } catch (HoraiException e) {
      if (last[0] == null || !e.code().equals(CommonErrors.TIMED_OUT)) {
        throw e;
      }
    }
    return last[0];
  }
}
