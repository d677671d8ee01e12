package org.horai.api.network;

import java.util.List;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.deployer.MarathonDialect;

/** The providers installed now. */
public interface OverlayProviders {
  /** One per id, the newest of each, sorted by id. */
  List<OverlayNetworkProvider> all();

  /**
   * The provider of that id.
   *
   * @throws org.horai.api.HoraiException PROVIDER_GONE naming the bundle that brings it
   */
  OverlayNetworkProvider require(String id);

  /**
   * The class of that provider, beside which its resources are. What is given out may stand before
   * it as a guard.
   *
   * @throws org.horai.api.HoraiException PROVIDER_GONE naming the bundle that brings it
   */
  default Class<?> type(String id) {
    return require(id).getClass();
  }

  /**
   * How the cluster's workloads join its network, and the second one they are on while they move.
   *
   * @throws org.horai.api.HoraiException PROVIDER_GONE; REFUSED when a container cannot be on both
   */
  default WorkloadAttachment attach(ClusterSpec cluster, MarathonDialect era) {
    WorkloadAttachment main = attach(cluster, cluster.overlay(), era);
    return cluster.beside().map(second -> main.alsoOn(attach(cluster, second, era))).orElse(main);
  }

  private WorkloadAttachment attach(ClusterSpec cluster, OverlaySpec overlay, MarathonDialect era) {
    List<Integer> ports = List.of(cluster.chronos().httpPort(), cluster.chronos().libprocessPort());
    return require(overlay.provider()).attach(new WorkloadNetwork(overlay.subnet(), ports), era);
  }
}
