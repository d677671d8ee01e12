package org.horai.networking.calico;

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
import org.horai.networking.calico.model.CalicoDoctor;
import org.horai.networking.calico.model.CalicoProbes;
import org.horai.networking.calico.model.CalicoRole;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Routes between hosts as Calico does: a block of addresses for each host from etcd, and bird on
 * each, which tells all others of it by BGP. Packets are not wrapped.
 */
@Component
public final class CalicoProvider implements OverlayNetworkProvider {
  private final String version;

  @Activate
  public CalicoProvider(BundleContext context) {
    this(context.getBundle().getVersion().toString());
  }

  /** For use without a framework; the version is only shown. */
  public CalicoProvider(String version) {
    this.version = version;
  }

  @Override
  public ProviderInfo info() {
    return new ProviderInfo(
        "calico",
        "Calico-style BGP routing",
        version,
        Map.of(
            Capability.NETWORK_MODEL, "pure layer 3",
            Capability.APPLICATION_ISOLATION, "no (2015: profile schema, by Calico's own agent)",
            Capability.PROTOCOL_SUPPORT, "TCP, UDP, ICMP, ICMPv6",
            Capability.DISTRIBUTED_STORAGE, "yes",
            Capability.ENCRYPTION, "no",
            Capability.PARTIALLY_CONNECTED, "no",
            Capability.SEPARATE_VNIC, "no",
            Capability.IP_OVERLAP, "no",
            Capability.SUBNET_RESTRICTION, "no"),
        List.of(
            new ProviderOption("etcd", "URLs of etcd, with commas", "port 2379 of the masters"),
            new ProviderOption("etcdApi", "2 or 3", "3"),
            new ProviderOption("etcdCa", "file on the hosts, for https", ""),
            new ProviderOption("etcdCert", "file on the hosts, for https", ""),
            new ProviderOption("etcdKey", "file on the hosts, for https", ""),
            new ProviderOption("prefix", "of the keys in etcd", "/calico"),
            new ProviderOption("as", "number of the autonomous system", "64512"),
            new ProviderOption("blockLen", "length of each host's block", "26, or subnet's plus 4"),
            new ProviderOption("package", "that brings bird, installed when given", "")));
  }

  @Override
  public List<HostProbes> probes(OverlaySpec wanted) {
    return CalicoProbes.of(wanted, new CalicoRole(wanted));
  }

  @Override
  public List<HostProbes> planProbes(OverlaySpec wanted) {
    return HostProbes.checking(probes(wanted));
  }

  @Override
  public List<HostStage> plan(OverlaySpec wanted, OverlayView now) {
    return now.pending(new CalicoRole(wanted).stages());
  }

  /**
   * Containers join by the name of a network of Docker that has the host's block. Every host with
   * bird reaches them, masters included.
   */
  @Override
  public WorkloadAttachment attach(WorkloadNetwork wanted, MarathonDialect era) {
    return WorkloadAttachment.byName(
        CalicoRole.NETWORK,
        Subnet.parse(wanted.subnet()).orElseThrow(),
        WorkloadAttachment.Mode.NAMED);
  }

  @Override
  public OverlayHealth observe(OverlaySpec wanted, OverlayView now) {
    return new CalicoDoctor(wanted, new CalicoRole(wanted), now).judge();
  }

  @Override
  public List<HostStage> remove(OverlaySpec current, OverlayView now) {
    return new CalicoRole(current).removal();
  }
}
