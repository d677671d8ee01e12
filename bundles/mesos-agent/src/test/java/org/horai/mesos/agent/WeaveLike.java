package org.horai.mesos.agent;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.horai.api.deployer.MarathonDialect;
import org.horai.api.host.HostProbes;
import org.horai.api.host.HostStage;
import org.horai.api.network.OverlayHealth;
import org.horai.api.network.OverlayNetworkProvider;
import org.horai.api.network.OverlayProviders;
import org.horai.api.network.OverlaySpec;
import org.horai.api.network.OverlayView;
import org.horai.api.network.ProviderInfo;
import org.horai.api.network.WorkloadAttachment;
import org.horai.api.network.WorkloadNetwork;

/** An overlay that wants the agents to use its socket, and nothing else. */
final class WeaveLike implements OverlayNetworkProvider, OverlayProviders {
  @Override
  public List<OverlayNetworkProvider> all() {
    return List.of(this);
  }

  @Override
  public OverlayNetworkProvider require(String id) {
    return this;
  }

  @Override
  public ProviderInfo info() {
    return new ProviderInfo("weave", "", "", Map.of(), List.of());
  }

  @Override
  public List<HostProbes> probes(OverlaySpec wanted) {
    return List.of();
  }

  @Override
  public List<HostStage> plan(OverlaySpec wanted, OverlayView now) {
    return List.of();
  }

  @Override
  public WorkloadAttachment attach(WorkloadNetwork wanted, MarathonDialect era) {
    return new WorkloadAttachment(
        Map.of(),
        WorkloadAttachment.Mode.BRIDGE,
        Optional.empty(),
        Map.of(),
        Map.of("docker_socket", Worlds.SOCKET),
        "",
        true);
  }

  @Override
  public OverlayHealth observe(OverlaySpec wanted, OverlayView now) {
    return new OverlayHealth(List.of(), List.of());
  }
}
