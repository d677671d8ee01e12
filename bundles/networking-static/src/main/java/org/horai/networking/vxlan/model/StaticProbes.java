package org.horai.networking.vxlan.model;

import java.util.List;
import org.horai.api.cluster.Host;
import org.horai.api.host.HostProbes;
import org.horai.api.host.Probe;
import org.horai.api.network.OverlaySpec;
import org.horai.api.network.PeerPing;

/** The questions to a host and their ids. */
public final class StaticProbes {
  static final String LINK = "static.link";
  static final String BRIDGE = "static.bridge";
  static final String ADDRESS = "static.address";
  static final String FORWARDING = "static.forwarding";
  static final String ROUTES = "static.routes";
  static final PeerPing PING = new PeerPing("static.ping");

  private StaticProbes() {}

  /** The questions for each host, with the stages to be checked. */
  public static List<HostProbes> of(OverlaySpec wanted, StaticRole role) {
    return HostProbes.of(wanted.hosts(), role.stages(), host -> probes(wanted, role, host));
  }

  private static List<Probe> probes(OverlaySpec wanted, StaticRole role, Host self) {
    return List.of(
        Probe.of(LINK, "ip -d -o link show dev " + StaticRole.DEVICE),
        Probe.of(BRIDGE, "ip -o link show dev " + StaticRole.BRIDGE),
        Probe.of(ADDRESS, "ip -4 -o addr show dev " + StaticRole.BRIDGE),
        Probe.of(FORWARDING, "bridge fdb show dev " + StaticRole.DEVICE),
        Probe.of(ROUTES, "ip -4 route show"),
        PING.probe(StaticRole.BRIDGE, wanted.others(self).stream().map(role::address).toList()));
  }
}
