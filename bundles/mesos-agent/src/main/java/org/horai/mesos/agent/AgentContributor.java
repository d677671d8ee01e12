package org.horai.mesos.agent;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.horai.api.cluster.ClusterSnapshot;
import org.horai.api.cluster.Host;
import org.horai.api.deployer.DeployerSnapshot;
import org.horai.api.health.Finding;
import org.horai.api.host.HostProbes;
import org.horai.api.network.OverlayProviders;
import org.horai.api.plan.Facts;
import org.horai.api.plan.Phase;
import org.horai.api.plan.PlanContributor;
import org.horai.api.plan.PlanRequest;
import org.horai.api.plan.Stage;
import org.horai.mesos.agent.model.AgentFindings;
import org.horai.mesos.agent.model.AgentNeed;
import org.horai.mesos.agent.model.AgentStages;
import org.horai.mesos.agent.model.Fleet;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Points the agents at the overlay, one by one. An agent whose running flags are as wanted is left
 * alone; its identity is removed only when it changes.
 */
@Component
public final class AgentContributor implements PlanContributor {
  /** The goal of agent:restart: agents are restarted in any case. */
  public static final String RESTART = "agent.restart";

  private static final Set<String> GOALS = Set.of("chronos.deploy", RESTART);

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile OverlayProviders providers;

  @Override
  public String concern() {
    return "agent";
  }

  @Override
  public Phase phase() {
    return Phase.AGENTS;
  }

  @Override
  public boolean wanted(PlanRequest request) {
    return GOALS.contains(request.goal());
  }

  @Override
  public List<HostProbes> probes(PlanRequest request) {
    return new Fleet(request.cluster(), overlay(request, Optional.empty())).probes(chosen(request));
  }

  @Override
  public List<Stage> plan(PlanRequest request, Facts facts) {
    return AgentStages.of(request.cluster().agent(), needs(request, facts));
  }

  @Override
  public List<Finding> lint(PlanRequest request, Facts facts) {
    return AgentFindings.plan(
        request.cluster().agent(), overlay(request, Optional.of(facts)), needs(request, facts));
  }

  private List<AgentNeed> needs(PlanRequest request, Facts facts) {
    return new Fleet(request.cluster(), overlay(request, Optional.of(facts)))
        .needs(
            chosen(request),
            facts.hosts(),
            facts.service("mesos", ClusterSnapshot.class),
            Fleet.flags(facts.service(AgentFlagFacts.CONCERN, Map.class)),
            request.goal().equals(RESTART));
  }

  private Map<String, String> overlay(PlanRequest request, Optional<Facts> facts) {
    return OverlayFlags.of(
        () -> providers,
        request.cluster(),
        facts.flatMap(known -> known.service("marathon", DeployerSnapshot.class)));
  }

  private static Predicate<Host> chosen(PlanRequest request) {
    Set<String> names =
        Arrays.stream(request.option("hosts", "").split(","))
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .collect(Collectors.toSet());
    return host -> names.isEmpty() || names.contains(host.name());
  }
}
