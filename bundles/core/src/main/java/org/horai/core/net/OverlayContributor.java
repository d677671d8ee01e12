package org.horai.core.net;

import java.util.List;
import org.horai.api.health.Finding;
import org.horai.api.host.HostProbes;
import org.horai.api.network.OverlayProviders;
import org.horai.api.network.OverlaySpec;
import org.horai.api.plan.Facts;
import org.horai.api.plan.Phase;
import org.horai.api.plan.PlanContributor;
import org.horai.api.plan.PlanRequest;
import org.horai.api.plan.Stage;
import org.horai.core.net.model.Move;
import org.horai.core.net.model.Overlay;
import org.horai.core.plan.model.HostSteps;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Brings the selected provider's wishes into plans. */
@Component
public final class OverlayContributor implements PlanContributor {
  private final OverlayProviders providers;

  @Activate
  public OverlayContributor(@Reference OverlayProviders providers) {
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
    return request.phases().contains(Phase.OVERLAY) && !request.goal().equals(Move.GOAL);
  }

  @Override
  public List<HostProbes> probes(PlanRequest request) {
    return overlay(request).planProbes();
  }

  @Override
  public List<Stage> plan(PlanRequest request, Facts facts) {
    Overlay overlay = overlay(request);
    return HostSteps.stages(overlay.wanted().provider(), overlay.pending(facts.hosts()), facts);
  }

  @Override
  public List<Finding> lint(PlanRequest request, Facts facts) {
    return overlay(request).lint();
  }

  private Overlay overlay(PlanRequest request) {
    OverlaySpec wanted = request.cluster().overlay();
    return new Overlay(wanted, providers.require(wanted.provider()));
  }
}
