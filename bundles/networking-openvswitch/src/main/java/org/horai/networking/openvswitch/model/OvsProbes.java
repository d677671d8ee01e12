package org.horai.networking.openvswitch.model;

import java.util.List;
import org.horai.api.cluster.Host;
import org.horai.api.host.HostProbes;
import org.horai.api.host.Probe;
import org.horai.api.network.OverlaySpec;
import org.horai.api.network.PeerPing;

/** The questions to a host and their ids. */
public final class OvsProbes {
  static final String LINK = "openvswitch.link";
  static final String BRIDGE = "openvswitch.bridge";
  static final String ADDRESS = "openvswitch.address";
  static final String SHOW = "openvswitch.show";
  static final String ROUTES = "openvswitch.routes";
  static final PeerPing PING = new PeerPing("openvswitch.ping");

  private OvsProbes() {}

  /** The questions for each host, with the stages to be checked. */
  public static List<HostProbes> of(OverlaySpec wanted, OvsRole role) {
    return HostProbes.of(wanted.hosts(), role.stages(), host -> probes(wanted, role, host));
  }

  private static List<Probe> probes(OverlaySpec wanted, OvsRole role, Host self) {
    return List.of(
        Probe.of(LINK, "ip -o link show dev " + OvsRole.SWITCH),
        Probe.of(BRIDGE, "ip -o link show dev " + OvsRole.BRIDGE),
        Probe.of(ADDRESS, "ip -4 -o addr show dev " + OvsRole.BRIDGE),
        Probe.of(SHOW, "ovs-vsctl --timeout=5 show"),
        Probe.of(ROUTES, "ip -4 route show"),
        PING.probe(OvsRole.BRIDGE, wanted.others(self).stream().map(role::address).toList()));
  }
}
