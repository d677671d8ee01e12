package org.horai.networking.openvswitch.model;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.horai.api.cluster.Host;
import org.horai.api.host.HostProbes;
import org.horai.api.host.HostStage;
import org.horai.api.host.Probe;
import org.horai.api.network.OverlaySpec;

/** The questions to a host and their ids. */
public final class OvsProbes {
  static final String LINK = "openvswitch.link";
  static final String BRIDGE = "openvswitch.bridge";
  static final String ADDRESS = "openvswitch.address";
  static final String SHOW = "openvswitch.show";
  static final String ROUTES = "openvswitch.routes";
  static final String PING = "openvswitch.ping";

  private OvsProbes() {}

  /** The questions for each host, with the stages to be checked. */
  public static List<HostProbes> of(OverlaySpec wanted, OvsRole role) {
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

  private static List<Probe> probes(OverlaySpec wanted, OvsRole role, Host self) {
    return List.of(
        Probe.of(LINK, "ip -o link show dev " + OvsRole.SWITCH),
        Probe.of(BRIDGE, "ip -o link show dev " + OvsRole.BRIDGE),
        Probe.of(ADDRESS, "ip -4 -o addr show dev " + OvsRole.BRIDGE),
        Probe.of(SHOW, "ovs-vsctl --timeout=5 show"),
        Probe.of(ROUTES, "ip -4 route show"),
        Probe.of(PING, ping(wanted.others(self).stream().map(role::address).toList())));
  }

  /** Asks all peers at the same time; prints those that answer. */
  private static String ping(List<String> addresses) {
    return "command -v ping >/dev/null || exit 3\n"
        + addresses.stream()
            .map(a -> "{ ping -c 1 -W 2 " + a + " >/dev/null 2>&1 && echo " + a + "; } &\n")
            .collect(Collectors.joining())
        + "wait";
  }
}
