package org.horai.networking.flannel.model;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.horai.api.host.HostProbes;
import org.horai.api.host.HostStage;
import org.horai.api.host.Probe;
import org.horai.api.network.OverlaySpec;

/** The questions to a host and their ids. */
public final class FlannelProbes {
  static final String SUBNET = "flannel.subnet";
  static final String LINK = "flannel.link";
  static final String ROUTES = "flannel.routes";
  static final String LEASES = "flannel.leases";
  static final String PING = "flannel.ping";
  static final String DOCKER = "flannel.docker";
  static final String LOG = "flannel.log";

  private FlannelProbes() {}

  /** The questions for each host, with the stages to be checked. */
  public static List<HostProbes> of(OverlaySpec wanted, FlannelRole role) {
    List<Probe> probes =
        List.of(
            Probe.of(SUBNET, "cat \"${HORAI_ROOT:-}/run/flannel/subnet.env\""),
            Probe.of(LINK, "ip -d -o link show dev " + role.device()),
            Probe.of(ROUTES, "ip -4 route show"),
            Probe.of(LEASES, FlannelRole.SCRIPT + "leases"),
            Probe.of(PING, FlannelRole.SCRIPT + "pings"),
            Probe.of(
                DOCKER,
                "docker network inspect -f '{{range .IPAM.Config}}{{.Subnet}}{{end}}' "
                    + FlannelRole.NETWORK),
            Probe.of(LOG, "journalctl -q -u " + FlannelRole.SERVICE + " -n 20 -o cat"));
    Map<String, List<HostStage>> checks =
        role.stages().stream().collect(Collectors.groupingBy(HostStage::host));
    return wanted.hosts().stream()
        .map(
            host ->
                new HostProbes(host.name(), probes, checks.getOrDefault(host.name(), List.of())))
        .toList();
  }
}
