package org.horai.networking.calico.model;

import java.util.List;
import org.horai.api.host.HostProbes;
import org.horai.api.host.Probe;
import org.horai.api.network.OverlaySpec;
import org.horai.api.network.PeerPing;

/** The questions to a host and their ids. */
public final class CalicoProbes {
  static final String BLOCK = "calico.block";
  static final String PROTOCOLS = "calico.protocols";
  static final String LEARNED = "calico.learned";
  static final String ROUTES = "calico.routes";
  static final PeerPing PING = new PeerPing("calico.ping");
  static final String DOCKER = "calico.docker";
  private static final String BIRDC = "birdc -s \"${HORAI_ROOT:-}" + CalicoRole.SOCKET + "\" ";

  private CalicoProbes() {}

  /** The questions for each host, with the stages to be checked. */
  public static List<HostProbes> of(OverlaySpec wanted, CalicoRole role) {
    List<Probe> probes =
        List.of(
            Probe.of(BLOCK, "cat \"${HORAI_ROOT:-}" + CalicoRole.HOME + "/block\""),
            Probe.of(PROTOCOLS, BIRDC + "show protocols"),
            Probe.of(LEARNED, BIRDC + "show route"),
            Probe.of(ROUTES, "ip -4 route show"),
            Probe.of(PING.id(), CalicoRole.SCRIPT.call("pings")),
            Probe.of(
                DOCKER,
                "docker network inspect -f '{{range .IPAM.Config}}{{.Subnet}}{{end}}' "
                    + CalicoRole.NETWORK));
    return HostProbes.of(wanted.hosts(), role.stages(), host -> probes);
  }
}
