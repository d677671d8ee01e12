package org.horai.networking.vxlan.model;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.horai.api.cluster.Host;
import org.horai.api.host.HostProbes;
import org.horai.api.host.HostStage;
import org.horai.api.host.Probe;
import org.horai.api.network.OverlaySpec;

/** The questions to a host and their ids. */
public final class StaticProbes {
  static final String LINK = "static.link";
  static final String BRIDGE = "static.bridge";
  static final String ADDRESS = "static.address";
  static final String FORWARDING = "static.forwarding";
  static final String ROUTES = "static.routes";
  static final String PING = "static.ping";

  private StaticProbes() {}

  /** The questions for each host, with the stages to be checked. */
  public static List<HostProbes> of(OverlaySpec wanted, StaticRole role) {
    Map<String, List<HostStage>> checks =
        role.stages().stream().collect(Collectors.groupingBy(HostStage::host));
    return wanted.hosts().stream()
        .map(
            host ->
                new HostProbes(
                    host.name(),
                    probes(wanted, role, host),
                    checks.getOrDefault(host.name(), List.of())))
        .toList();
  }

  private static List<Probe> probes(OverlaySpec wanted, StaticRole role, Host self) {
    return List.of(
        Probe.of(LINK, "ip -d -o link show dev " + StaticRole.DEVICE),
        Probe.of(BRIDGE, "ip -o link show dev " + StaticRole.BRIDGE),
        Probe.of(ADDRESS, "ip -4 -o addr show dev " + StaticRole.BRIDGE),
        Probe.of(FORWARDING, "bridge fdb show dev " + StaticRole.DEVICE),
        Probe.of(ROUTES, "ip -4 route show"),
        Probe.of(PING, ping(wanted.others(self).stream().map(role::address).toList())));
  }

  /** Asks all peers at the same time, unless this host is not on it; prints those that answer. */
  private static String ping(List<String> addresses) {
    return "command -v ping >/dev/null || exit 3\n"
        + "ip link show dev "
        + StaticRole.BRIDGE
        + " >/dev/null 2>&1 || exit 0\n"
        + addresses.stream()
            .map(a -> "{ ping -c 1 -W 2 " + a + " >/dev/null 2>&1 && echo " + a + "; } &\n")
            .collect(Collectors.joining())
        + "wait";
  }
}
