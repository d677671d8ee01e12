package org.horai.core.net;

import org.horai.api.cluster.ClusterSpec;
import org.horai.api.host.HostInspector;
import org.horai.api.network.OverlayProviders;
import org.horai.api.time.Deadline;
import org.horai.core.net.model.Overlay;
import org.horai.core.net.model.OverlayObservations;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Asks all hosts of an overlay, once. */
@Component
public final class OverlayObserver implements OverlayObservations {
  private final OverlayProviders providers;
  private final HostInspector inspector;

  @Activate
  public OverlayObserver(
      @Reference OverlayProviders providers, @Reference HostInspector inspector) {
    this.providers = providers;
    this.inspector = inspector;
  }

  @Override
  public Observation observe(ClusterSpec cluster, Deadline deadline) {
    Overlay overlay =
        new Overlay(cluster.overlay(), providers.require(cluster.overlay().provider()));
    return new Observation(overlay, inspector.inspect(cluster, overlay.probes(), deadline));
  }
}
