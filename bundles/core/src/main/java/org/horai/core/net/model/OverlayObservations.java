package org.horai.core.net.model;

import java.util.Map;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.host.HostFacts;
import org.horai.api.time.Deadline;

/** Asks the hosts of an overlay. */
public interface OverlayObservations {
  /**
   * Asks all of them at once. Blocking: one exec per host.
   *
   * @throws org.horai.api.HoraiException PROVIDER_GONE without the provider or without a way to the
   *     hosts
   */
  Observation observe(ClusterSpec cluster, Deadline deadline);

  /** What was wanted, and what the hosts said. */
  record Observation(Overlay overlay, Map<String, HostFacts> facts) {}
}
