package org.horai.networking.openvswitch;

import java.util.List;
import java.util.Map;
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
import org.horai.networking.openvswitch.model.OvsDoctor;
import org.horai.networking.openvswitch.model.OvsProbes;
import org.horai.networking.openvswitch.model.OvsRole;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Tunnels between the switches of all hosts, with a network of Docker behind each. */
@Component
public final class OvsProvider implements OverlayNetworkProvider {
  private final String version;

  @Activate
  public OvsProvider(BundleContext context) {
    this(context.getBundle().getVersion().toString());
  }

  /** For use without a framework; the version is only shown. */
  public OvsProvider(String version) {
    this.version = version;
  }

  @Override
  public ProviderInfo info() {
    return new ProviderInfo(
        "openvswitch",
        "Open vSwitch",
        version,
        Map.of(
            Capability.NETWORK_MODEL, "VXLAN between switches, one flat network",
            Capability.APPLICATION_ISOLATION, "no",
            Capability.PROTOCOL_SUPPORT, "all",
            Capability.DISTRIBUTED_STORAGE, "no",
            Capability.ENCRYPTION, "no",
            Capability.PARTIALLY_CONNECTED, "no",
            Capability.SEPARATE_VNIC, "yes",
            Capability.IP_OVERLAP, "no",
            Capability.SUBNET_RESTRICTION, "yes, not configurable after start"),
        List.of(
            new ProviderOption("vni", "number of the VXLAN", "42"),
            new ProviderOption("datapath", "system: in the kernel; netdev: in a process", "system"),
            new ProviderOption("loops", "cut by split-horizon or by stp", "split-horizon"),
            new ProviderOption("package", "and its service", "openvswitch-switch"),
            new ProviderOption("port", "UDP port of the tunnels", "4789"),
            new ProviderOption("mtu", "of the overlay", "that of the network below less 50"),
            new ProviderOption("hostPrefix", "length of each host's part", "the subnet's plus 4")));
  }

  @Override
  public List<HostProbes> probes(OverlaySpec wanted) {
    return OvsProbes.of(wanted, new OvsRole(wanted));
  }

  @Override
  public List<HostProbes> planProbes(OverlaySpec wanted) {
    return HostProbes.checking(probes(wanted));
  }

  @Override
  public List<HostStage> plan(OverlaySpec wanted, OverlayView now) {
    return now.pending(new OvsRole(wanted).stages());
  }

  /**
   * Containers join by the name of the network, whatever Marathon's era calls it. The agents must
   * talk to Docker itself, not to the proxy of an overlay that was there before.
   */
  @Override
  public WorkloadAttachment attach(WorkloadNetwork wanted, MarathonDialect era) {
    boolean byName = era.userNetworks() || era.canonicalNetworks();
    return WorkloadAttachment.byName(
        OvsRole.NETWORK,
        Subnet.parse(wanted.subnet()).orElseThrow(),
        byName ? WorkloadAttachment.Mode.NAMED : WorkloadAttachment.Mode.BRIDGE);
  }

  @Override
  public OverlayHealth observe(OverlaySpec wanted, OverlayView now) {
    return new OvsDoctor(wanted, new OvsRole(wanted), now).judge();
  }

  @Override
  public List<HostStage> remove(OverlaySpec current, OverlayView now) {
    return new OvsRole(current).removal();
  }
}
