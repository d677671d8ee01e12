package org.horai.networking.docker;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.horai.api.deployer.MarathonDialect;
import org.horai.api.host.HostProbes;
import org.horai.api.host.HostStage;
import org.horai.api.network.Capability;
import org.horai.api.network.OverlayHealth;
import org.horai.api.network.OverlayNetworkProvider;
import org.horai.api.network.OverlaySpec;
import org.horai.api.network.OverlayView;
import org.horai.api.network.ProviderInfo;
import org.horai.api.network.ProviderInfo.ProviderOption;
import org.horai.api.network.Subnet;
import org.horai.api.network.WorkloadAttachment;
import org.horai.api.network.WorkloadNetwork;
import org.horai.networking.docker.model.DockerDoctor;
import org.horai.networking.docker.model.DockerProbes;
import org.horai.networking.docker.model.DockerRole;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Docker's own overlay networks, by a key-value store (1.10 to 20.10) or by a swarm. */
@Component
public final class DockerOverlayProvider implements OverlayNetworkProvider {
  private final String version;

  @Activate
  public DockerOverlayProvider(BundleContext context) {
    this(context.getBundle().getVersion().toString());
  }

  /** For use without a framework; the version is only shown. */
  public DockerOverlayProvider(String version) {
    this.version = version;
  }

  @Override
  public ProviderInfo info() {
    return new ProviderInfo(
        "docker-overlay",
        "Docker overlay",
        version,
        Map.of(
            Capability.NETWORK_MODEL, "VxLAN",
            Capability.APPLICATION_ISOLATION, "CIDR schema",
            Capability.PROTOCOL_SUPPORT, "all",
            Capability.DISTRIBUTED_STORAGE, "yes",
            Capability.ENCRYPTION, "no",
            Capability.PARTIALLY_CONNECTED, "no",
            Capability.SEPARATE_VNIC, "yes",
            Capability.IP_OVERLAP, "maybe",
            Capability.SUBNET_RESTRICTION, "yes, not configurable after start"),
        List.of(
            new ProviderOption("mode", "kv: by a key-value store; swarm: by a swarm", "kv"),
            new ProviderOption("store", "of mode kv: zk://, etcd:// or consul://", ""),
            new ProviderOption("advertisePort", "of mode kv: stands in the store", "2376"),
            new ProviderOption("token", "of mode swarm: where the worker's token is kept", ""),
            new ProviderOption("manager", "of mode swarm: name of an agent", "the first agent")));
  }

  @Override
  public List<HostProbes> probes(OverlaySpec wanted) {
    return DockerProbes.of(wanted, new DockerRole(wanted));
  }

  @Override
  public List<HostProbes> planProbes(OverlaySpec wanted) {
    return HostProbes.checking(probes(wanted));
  }

  @Override
  public List<HostStage> plan(OverlaySpec wanted, OverlayView now) {
    return now.pending(new DockerRole(wanted).stages());
  }

  /**
   * Marathon 1.2 and 1.3 check a named network's health at the container's address, which their
   * host cannot reach; there Docker is told the name, and the host port is checked. From 1.4 on the
   * agent checks inside the container. Masters dial host ports in every era.
   */
  @Override
  public WorkloadAttachment attach(WorkloadNetwork wanted, MarathonDialect era) {
    boolean named = era.atLeast(1, 4);
    return new WorkloadAttachment(
        Map.of(),
        named ? WorkloadAttachment.Mode.NAMED : WorkloadAttachment.Mode.BRIDGE,
        named ? Optional.of(DockerRole.NETWORK) : Optional.empty(),
        named ? Map.of() : Map.of("net", DockerRole.NETWORK),
        Map.of("docker_socket", "/var/run/docker.sock"),
        Subnet.parse(wanted.subnet()).orElseThrow().addressCommand(),
        false);
  }

  @Override
  public OverlayHealth observe(OverlaySpec wanted, OverlayView now) {
    return new DockerDoctor(wanted, new DockerRole(wanted), now).judge();
  }

  @Override
  public List<HostStage> remove(OverlaySpec current, OverlayView now) {
    return new DockerRole(current).removal();
  }
}
