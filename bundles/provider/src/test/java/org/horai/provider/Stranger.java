package org.horai.provider;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.horai.api.deployer.MarathonDialect;
import org.horai.api.host.HostProbes;
import org.horai.api.host.HostStage;
import org.horai.api.network.OverlayHealth;
import org.horai.api.network.OverlayNetworkProvider;
import org.horai.api.network.OverlaySpec;
import org.horai.api.network.OverlayView;
import org.horai.api.network.ProviderInfo;
import org.horai.api.network.WorkloadAttachment;
import org.horai.api.network.WorkloadNetwork;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** A provider by somebody else. Headers of its manifest tell it to misbehave. */
public final class Stranger implements BundleActivator, OverlayNetworkProvider {
  private boolean mute;
  private String id = "string";

  @Override
  public void start(BundleContext context) {
    Map<String, String> headers =
        java.util.Collections.list(context.getBundle().getHeaders().keys()).stream()
            .collect(
                java.util.stream.Collectors.toMap(
                    key -> key, key -> context.getBundle().getHeaders().get(key)));
    if (headers.containsKey("X-Fails")) {
      throw new IllegalStateException("no license");
    }
    mute = headers.containsKey("X-Mute");
    id = headers.getOrDefault("X-Id", id);
    if (!headers.containsKey("X-Idle")) {
      context.registerService(OverlayNetworkProvider.class, this, null);
    }
  }

  @Override
  public void stop(BundleContext context) {
    // its service goes with it
  }

  @Override
  public ProviderInfo info() {
    if (mute) {
      throw new IllegalStateException("not today");
    }
    return new ProviderInfo(id, "Cups and string", "1", Map.of(), List.of());
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
        Map.of(), WorkloadAttachment.Mode.HOST, Optional.empty(), Map.of(), Map.of(), "true", true);
  }

  @Override
  public OverlayHealth observe(OverlaySpec wanted, OverlayView now) {
    return new OverlayHealth(List.of(), List.of());
  }
}
