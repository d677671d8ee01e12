package org.horai.core.plan;

import java.util.List;
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
import org.horai.core.plan.model.HostSteps;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The overlay of a cluster, as the provider it names describes it. */
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
    return true;
  }

  @Override
  public List<HostProbes> probes(PlanRequest request) {
    OverlaySpec overlay = request.cluster().overlay();
    return providers.require(overlay.provider()).probes(overlay);
  }

  @Override
  public List<Stage> plan(PlanRequest request, Facts facts) {
    OverlaySpec overlay = request.cluster().overlay();
    List<HostStage> stages =
        providers.require(overlay.provider()).plan(overlay, new OverlayView(facts.hosts()));
    return HostSteps.stages(overlay.provider(), stages, facts);
  }

  @Override
  public List<Finding> lint(PlanRequest request, Facts facts) {
    return List.of();
  }
}
