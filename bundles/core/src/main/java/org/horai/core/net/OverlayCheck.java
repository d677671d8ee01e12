package org.horai.core.net;

import java.util.List;
import java.util.Set;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.health.Finding;
import org.horai.api.health.HealthCheck;
import org.horai.api.network.OverlayHealth;
import org.horai.api.time.Deadline;
import org.horai.core.net.model.NetErrors;
import org.horai.core.net.model.Overlay;
import org.horai.core.net.model.OverlayObservations;
import org.horai.core.net.model.OverlayObservations.Observation;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Judges the overlay for the cluster's doctor. */
@Component
public final class OverlayCheck implements HealthCheck {
  private final OverlayObservations observer;

  @Activate
  public OverlayCheck(@Reference OverlayObservations observer) {
    this.observer = observer;
  }

  @Override
  public String name() {
    return "overlay";
  }

  @Override
  public Set<String> tags() {
    return Set.of("network");
  }

  @Override
  public List<Finding> check(ClusterSpec cluster, Deadline deadline) {
    Observation seen = observer.observe(cluster, deadline);
    OverlayHealth health = seen.overlay().health(seen.facts());
    if (Overlay.absent(health)) {
      return List.of(
          Finding.warning(
              NetErrors.ABSENT.id(),
              "overlay",
              cluster.overlay().provider() + " is not up on any host",
              "before the first deploy this is as it should be",
              "chronos:plan to set it up, net:doctor when it was up before"));
    }
    return health.findings().isEmpty()
        ? List.of(
            Finding.ok(
                NetErrors.DRIFT.id(),
                "overlay",
                cluster.overlay().provider() + " is up on all " + health.peers().size() + " hosts"))
        : health.findings();
  }
}
