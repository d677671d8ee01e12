package org.horai.core.net;

import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.host.HostInspector;
import org.horai.api.network.OverlayProviders;
import org.horai.api.time.Deadline;
import org.horai.core.net.model.Overlay;
import org.horai.core.net.model.OverlayObservations;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Asks all hosts of an overlay, once. */
@Component
public final class OverlayObserver implements OverlayObservations {
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile HostInspector inspector;

  private final OverlayProviders providers;

  @Activate
  public OverlayObserver(@Reference OverlayProviders providers) {
    this.providers = providers;
  }

  /** With an inspector at hand, for tests. */
  OverlayObserver(OverlayProviders providers, HostInspector inspector) {
    this.providers = providers;
    this.inspector = inspector;
  }

  @Override
  public Observation observe(ClusterSpec cluster, Deadline deadline) {
    Overlay overlay =
        new Overlay(cluster.overlay(), providers.require(cluster.overlay().provider()));
    HostInspector present = inspector;
    if (present == null) {
      throw new HoraiException(
          CommonErrors.PROVIDER_GONE,
          "hosts cannot be asked",
          "bundle host-ssh brings the way to them, and it is not there",
          "drop its jar into deploy/ or start it");
    }
    return new Observation(overlay, present.inspect(cluster, overlay.probes(), deadline));
  }
}
