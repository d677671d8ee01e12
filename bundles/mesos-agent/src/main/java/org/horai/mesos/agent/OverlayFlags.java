package org.horai.mesos.agent;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.deployer.DeployerSnapshot;
import org.horai.api.deployer.MarathonDialect;
import org.horai.api.network.OverlayProviders;
import org.horai.api.service.Needed;

/** What the cluster's overlay asks of the agents. */
final class OverlayFlags {
  /** Agents are restarted without asking Marathon; no provider's flags depend on its era. */
  private static final MarathonDialect ANY_ERA = new MarathonDialect(1, 1);

  private OverlayFlags() {}

  static Map<String, String> of(
      Supplier<OverlayProviders> providers,
      ClusterSpec cluster,
      Optional<DeployerSnapshot> marathon) {
    return Needed.service("overlay", "core", providers)
        .attach(cluster, marathon.map(DeployerSnapshot::dialect).orElse(ANY_ERA))
        .agentFlags();
  }
}
