package org.horai.mesos.agent;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.horai.api.cluster.ClusterMaster;
import org.horai.api.cluster.ClusterSnapshot;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.host.HostFacts;
import org.horai.api.host.HostInspector;
import org.horai.api.network.OverlayProviders;
import org.horai.api.service.Needed;
import org.horai.api.time.Deadline;
import org.horai.mesos.agent.client.FlagQuestions;
import org.horai.mesos.agent.model.AgentNeed;
import org.horai.mesos.agent.model.Fleet;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Looks at all agents: at their hosts, at themselves, and at what the leading master says. */
@Component(service = AgentSurvey.class)
public final class AgentSurvey {
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile ClusterMaster master;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile HostInspector hosts;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile OverlayProviders providers;

  private final FlagQuestions questions = new FlagQuestions();

  @Deactivate
  public void close() {
    questions.close();
  }

  /** What each agent is and needs; a host that cannot be asked leaves its files unknown. */
  public List<AgentNeed> look(ClusterSpec cluster, Deadline deadline) {
    ClusterMaster present = present(() -> master);
    Fleet fleet = new Fleet(cluster, OverlayFlags.of(() -> providers, cluster, Optional.empty()));
    Optional<ClusterSnapshot> mesos = AgentFlagFacts.snapshot(present, cluster, deadline);
    Map<String, Map<String, String>> flags = questions.ask(present, cluster, mesos, deadline);
    HostInspector inspector = hosts;
    Map<String, HostFacts> facts =
        inspector == null
            ? Map.of()
            : inspector.inspect(cluster, fleet.probes(host -> true), deadline);
    return fleet.needs(host -> true, facts, mesos, flags, false);
  }

  static ClusterMaster present(Supplier<ClusterMaster> master) {
    return Needed.service("Mesos", "mesos-master", master);
  }
}
