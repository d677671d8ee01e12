package org.horai.networking.flannel;

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
import org.horai.networking.flannel.model.FlannelDoctor;
import org.horai.networking.flannel.model.FlannelProbes;
import org.horai.networking.flannel.model.FlannelRole;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Flannel: each host leases a part of one network from etcd and routes to all others' parts. */
@Component
public final class FlannelProvider implements OverlayNetworkProvider {
  private final String version;

  @Activate
  public FlannelProvider(BundleContext context) {
    this(context.getBundle().getVersion().toString());
  }

  /** For use without a framework; the version is only shown. */
  public FlannelProvider(String version) {
    this.version = version;
  }

  @Override
  public ProviderInfo info() {
    return new ProviderInfo(
        "flannel",
        "Flannel",
        version,
        Map.of(
            Capability.NETWORK_MODEL, "VxLAN or UDP channel",
            Capability.APPLICATION_ISOLATION, "CIDR schema",
            Capability.PROTOCOL_SUPPORT, "all",
            Capability.DISTRIBUTED_STORAGE, "yes",
            Capability.ENCRYPTION, "no: TLS to etcd only (2015: TLS)",
            Capability.PARTIALLY_CONNECTED, "no",
            Capability.SEPARATE_VNIC, "no",
            Capability.IP_OVERLAP, "maybe",
            Capability.SUBNET_RESTRICTION, "no"),
        List.of(
            new ProviderOption("etcd", "URLs of etcd, with commas", "port 2379 of the masters"),
            new ProviderOption("etcdApi", "2 or 3", "3 from Flannel 0.19 on, else 2"),
            new ProviderOption("etcdCa", "file on the hosts, for https", ""),
            new ProviderOption("etcdCert", "file on the hosts, for https", ""),
            new ProviderOption("etcdKey", "file on the hosts, for https", ""),
            new ProviderOption("prefix", "of the keys in etcd", "/coreos.com/network"),
            new ProviderOption("backend", "vxlan, or udp, which is slow", "vxlan"),
            new ProviderOption("vni", "number of the VXLAN", "1"),
            new ProviderOption("port", "UDP port of the tunnels", "8472, or 8285 of udp"),
            new ProviderOption("subnetLen", "length of each host's part", "24, or subnet's plus 4"),
            new ProviderOption("source", "where flanneld comes from, URL or file:", ""),
            new ProviderOption("sha256", "digest of that program", ""),
            new ProviderOption("path", "where it is put", FlannelRole.PROGRAM)));
  }

  @Override
  public List<HostProbes> probes(OverlaySpec wanted) {
    return FlannelProbes.of(wanted, new FlannelRole(wanted));
  }

  @Override
  public List<HostProbes> planProbes(OverlaySpec wanted) {
    return HostProbes.checking(probes(wanted));
  }

  @Override
  public List<HostStage> plan(OverlaySpec wanted, OverlayView now) {
    return now.pending(new FlannelRole(wanted).stages());
  }

  /**
   * Containers join by the name of a network of Docker that has the host's part, so that Docker's
   * own bridge stays and nothing is restarted. Every host with flanneld reaches them.
   */
  @Override
  public WorkloadAttachment attach(WorkloadNetwork wanted, MarathonDialect era) {
    return new WorkloadAttachment(
        Map.of(),
        WorkloadAttachment.Mode.NAMED,
        Optional.of(FlannelRole.NETWORK),
        Map.of(),
        Map.of("docker_socket", "/var/run/docker.sock"),
        "hostname -i | tr ' ' '\\n' | grep '^"
            + Subnet.parse(wanted.subnet()).orElseThrow().commonOctets().replace(".", "\\.")
            + "' | head -n 1",
        true);
  }

  @Override
  public OverlayHealth observe(OverlaySpec wanted, OverlayView now) {
    return new FlannelDoctor(wanted, new FlannelRole(wanted), now).judge();
  }

  @Override
  public List<HostStage> remove(OverlaySpec current, OverlayView now) {
    return new FlannelRole(current).removal();
  }
}
