package org.horai.marathon.client;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.horai.api.HoraiException;
import org.horai.api.cluster.AgentInfo;
import org.horai.api.deployer.WaitingReason;
import org.horai.api.deployer.Workload;
import org.horai.api.time.Deadline;
import org.horai.marathon.model.Answers.Queued;
import org.horai.marathon.model.Waiting;

/** Gathers everything that tells why an app waits. Mesos is asked only if Marathon says nothing. */
public final class Diagnosis {
  private final MarathonClient client;
  private final Function<Deadline, List<AgentInfo>> agents;
  private final Supplier<Instant> clock;

  /**
   * @param agents all agents of Mesos; may throw
   * @param clock tells how long something lasts already
   */
  public Diagnosis(
      MarathonClient client, Function<Deadline, List<AgentInfo>> agents, Supplier<Instant> clock) {
    this.client = client;
    this.agents = agents;
    this.clock = clock;
  }

  public List<WaitingReason> of(String appId, Deadline deadline) {
    Workload app = client.require(appId, deadline);
    Optional<Queued> queued = client.queued(appId, deadline);
    boolean told = queued.map(entry -> !entry.rejections().isEmpty()).orElse(false);
    Optional<List<AgentInfo>> known = Optional.empty();
    String problem = "";
    if (!told && app.instances().size() < app.wantedInstances()) {
      try {
        known = Optional.of(agents.apply(deadline));
      } catch (HoraiException e) {
        problem = e.getMessage();
      }
    }
    return new Waiting(app, client.deployments(deadline), queued, known, problem)
        .reasons(clock.get());
  }
}
