package org.horai.marathon;

import java.time.Duration;
import java.util.Optional;
import org.horai.api.HoraiException;
import org.horai.api.deployer.DeployerSnapshot;
import org.horai.api.plan.FactSource;
import org.horai.api.plan.Phase;
import org.horai.api.plan.PlanRequest;
import org.horai.api.time.Deadline;
import org.horai.api.time.Waiter;
import org.horai.marathon.client.MarathonClient;
import org.horai.marathon.model.MarathonErrors;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What Marathon runs, for plans that touch workloads. */
@Component
public final class MarathonFacts implements FactSource {
  /** How long Marathons may be without a leader after one died hard: their session's 10 s. */
  private static final Duration ELECTION = Duration.ofSeconds(15);

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
    Deadline elected = deadline.atMost(ELECTION);
    return Waiter.every(Duration.ofMillis(500))
        .await(
            "a leading Marathon",
            deadline,
            () -> snapshot(client, deadline, elected),
            () -> "none leads");
  }

  private static Optional<DeployerSnapshot> snapshot(
      MarathonClient client, Deadline deadline, Deadline elected) {
    try {
      return Optional.of(new DeployerSnapshot(client.dialect(deadline), client.list(deadline)));
    } catch (HoraiException e) {
      if (!e.code().equals(MarathonErrors.NO_LEADER) || elected.expired()) {
        throw e;
      }
      return Optional.empty();
    }
  }
}
