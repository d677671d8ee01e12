package org.horai.core.net;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.health.Finding;
import org.horai.api.host.HostProbes;
import org.horai.api.network.OverlayHealth;
import org.horai.api.plan.FactSource;
import org.horai.api.plan.Facts;
import org.horai.api.plan.Phase;
import org.horai.api.plan.PlanContributor;
import org.horai.api.plan.PlanRequest;
import org.horai.api.plan.Stage;
import org.horai.api.time.Deadline;
import org.horai.core.net.model.Overlay;
import org.horai.core.net.model.OverlayObservations;
import org.horai.core.net.model.OverlayObservations.Observation;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Looks at the overlay before instances are replaced by a plan that does not look after the overlay
 * itself: an instance would end, and the new one would reach nobody. Facts of its own, not probes,
 * because a host that does not answer is no reason to refuse a restart on the others.
 */
@Component
public final class OverlayBeforeRestart implements FactSource, PlanContributor {
  private static final Set<String> GOALS = Set.of("chronos.restart", "chronos.upgrade");

  private final OverlayObservations observer;

  @Activate
  public OverlayBeforeRestart(@Reference OverlayObservations observer) {
    this.observer = observer;
  }

  @Override
  public String concern() {
    return "overlay";
  }

  @Override
  public Phase phase() {
    return Phase.WORKLOAD;
  }

  @Override
  public boolean wanted(PlanRequest request) {
    return GOALS.contains(request.goal()) && !request.phases().contains(Phase.OVERLAY);
  }

  @Override
  public OverlayHealth take(PlanRequest request, Deadline deadline) {
    Observation seen = observer.observe(request.cluster(), deadline);
    return seen.overlay().health(seen.facts());
  }

  @Override
  public List<HostProbes> probes(PlanRequest request) {
    return List.of();
  }

  @Override
  public List<Stage> plan(PlanRequest request, Facts facts) {
    return List.of();
  }

  @Override
  public List<Finding> lint(PlanRequest request, Facts facts) {
    ClusterSpec cluster = request.cluster();
    Optional<Finding> finding =
        facts
            .service(concern(), OverlayHealth.class)
            .map(health -> Overlay.beforeRestart(cluster, health))
            .orElseGet(() -> Optional.of(Overlay.unknown(facts.problems().get(concern()))));
    return finding.stream().toList();
  }
}
