package org.horai.core.net;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.deployer.DeployerSnapshot;
import org.horai.api.health.Finding;
import org.horai.api.host.HostProbes;
import org.horai.api.host.HostStage;
import org.horai.api.network.OverlayProviders;
import org.horai.api.network.OverlaySpec;
import org.horai.api.network.OverlayView;
import org.horai.api.plan.Facts;
import org.horai.api.plan.Phase;
import org.horai.api.plan.PlanContributor;
import org.horai.api.plan.PlanRequest;
import org.horai.api.plan.Stage;
import org.horai.core.net.model.Move;
import org.horai.core.net.model.Overlay;
import org.horai.core.plan.Present;
import org.horai.core.plan.model.HostSteps;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Plans a move: the second network is raised beside the first, agents and instances go over it, the
 * first is removed. What agents and instances need is planned by their own concerns, as for a
 * deployment on both networks and then on the second alone.
 */
@Component
public final class MigrationContributor implements PlanContributor {
  private static final String DEPLOY = "chronos.deploy";

  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile List<ComponentServiceObjects<PlanContributor>> contributors = List.of();

  private final OverlayProviders providers;

  @Activate
  public MigrationContributor(@Reference OverlayProviders providers) {
    this.providers = providers;
  }

  @Override
  public String concern() {
    return "net";
  }

  @Override
  public Phase phase() {
    return Phase.OVERLAY;
  }

  @Override
  public boolean wanted(PlanRequest request) {
    return request.goal().equals(Move.GOAL);
  }

  @Override
  public List<HostProbes> probes(PlanRequest request) {
    Move move = Move.of(request);
    List<HostProbes> probes = new ArrayList<>(overlay(move.to()).probes());
    probes.addAll(overlay(move.from()).probes());
    try (Present<PlanContributor> present = Present.of(contributors)) {
      for (Phase phase : List.of(Phase.AGENTS, Phase.WORKLOAD, Phase.VERIFY)) {
        PlanRequest leg = leg(phase, move.joined());
        of(present, leg, phase).forEach(other -> probes.addAll(other.probes(leg)));
      }
    }
    return probes;
  }

  @Override
  public List<Stage> plan(PlanRequest request, Facts facts) {
    Move move = Move.of(request);
    DeployerSnapshot marathon = facts.service("marathon", DeployerSnapshot.class).orElse(null);
    boolean runs = marathon != null && marathon.find(move.moved().chronos().appId()).isPresent();
    List<Stage> stages = new ArrayList<>();
    stages.add(move.begin(runs));
    stages.addAll(hosts(move.to(), overlay(move.to()).pending(facts.hosts()), facts));
    stages.add(move.check());
    try (Present<PlanContributor> present = Present.of(contributors)) {
      List<Stage> goesOver =
          runs ? stages(present, Phase.WORKLOAD, move.moved(), facts) : List.of();
      if (!goesOver.isEmpty()) {
        stages.addAll(
            Move.leg(
                move.joined(),
                "on both networks",
                stages(present, Phase.AGENTS, move.joined(), facts)));
        stages.addAll(
            Move.leg(
                move.joined(),
                "on both networks",
                stages(present, Phase.WORKLOAD, move.joined(), facts)));
        stages.add(move.pairs(move.joined(), "on both networks"));
      }
      String alone = "on " + move.to().provider() + " alone";
      if (goesOver.isEmpty() || !sameFlags(move, marathon)) {
        stages.addAll(
            Move.leg(move.moved(), alone, stages(present, Phase.AGENTS, move.moved(), facts)));
      }
      stages.addAll(Move.leg(move.moved(), alone, goesOver));
      if (runs) {
        stages.add(move.pairs(move.moved(), alone));
      }
      stages.addAll(hosts(move.from(), removal(move, facts), facts));
      stages.add(move.end());
      if (runs) {
        stages.addAll(
            Move.leg(move.moved(), alone, stages(present, Phase.VERIFY, move.moved(), facts)));
      }
    }
    return stages;
  }

  /** Agents that suit both networks suit the second alone, too. */
  private boolean sameFlags(Move move, DeployerSnapshot marathon) {
    return providers
        .attach(move.joined(), marathon.dialect())
        .agentFlags()
        .equals(providers.attach(move.moved(), marathon.dialect()).agentFlags());
  }

  private List<HostStage> removal(Move move, Facts facts) {
    return providers
        .require(move.from().provider())
        .remove(move.from(), new OverlayView(facts.hosts()));
  }

  private static List<Stage> hosts(OverlaySpec overlay, List<HostStage> stages, Facts facts) {
    return HostSteps.stages(overlay.provider(), stages, facts);
  }

  private static List<Stage> stages(
      Present<PlanContributor> present, Phase phase, ClusterSpec cluster, Facts facts) {
    PlanRequest leg = leg(phase, cluster);
    return of(present, leg, phase).stream()
        .flatMap(other -> other.plan(leg, facts).stream())
        .toList();
  }

  private static PlanRequest leg(Phase phase, ClusterSpec cluster) {
    return new PlanRequest(cluster, DEPLOY, Set.of(phase), Map.of());
  }

  private static List<PlanContributor> of(
      Present<PlanContributor> present, PlanRequest leg, Phase phase) {
    return present.services().stream()
        .filter(other -> other.phase() == phase && other.wanted(leg))
        .toList();
  }

  @Override
  public List<Finding> lint(PlanRequest request, Facts facts) {
    Move move = Move.of(request);
    List<Finding> findings = new ArrayList<>(overlay(move.to()).lint());
    move.overlap().ifPresent(findings::add);
    try (Present<PlanContributor> present = Present.of(contributors)) {
      for (Phase phase : List.of(Phase.AGENTS, Phase.WORKLOAD)) {
        PlanRequest leg = leg(phase, move.joined());
        of(present, leg, phase).forEach(other -> findings.addAll(other.lint(leg, facts)));
      }
    }
    return findings;
  }

  private Overlay overlay(OverlaySpec wanted) {
    return new Overlay(wanted, providers.require(wanted.provider()));
  }
}
