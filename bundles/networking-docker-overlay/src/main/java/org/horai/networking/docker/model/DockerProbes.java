package org.horai.networking.docker.model;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.horai.api.cluster.Host;
import org.horai.api.cluster.HostRole;
import org.horai.api.host.HostProbes;
import org.horai.api.host.Probe;
import org.horai.api.network.OverlaySpec;

/** The questions to a host and their ids. */
public final class DockerProbes {
  static final String INFO = "docker-overlay.info";
  static final String NETWORKS = "docker-overlay.networks";
  static final String NETWORK = "docker-overlay.network";
  static final String NODES = "docker-overlay.nodes";
  static final String PEERS = "docker-overlay.peers";
  static final String ROUTES = "docker-overlay.routes";
  static final int GOSSIP = 7946;

  /** Clients since 23 leave the store out of what they print, although the daemon still says it. */
  private static final String INFORMATION =
      "docker info 2>/dev/null && { curl -s -m 5 --unix-socket"
          + " \"${HORAI_ROOT:-}/var/run/docker.sock\" http://docker/info 2>/dev/null"
          + " | sed -n 's/.*\"ClusterStore\":\"\\([^\"]*\\)\".*/Cluster Store: \\1/p'; :; }";

  private DockerProbes() {}

  /** The questions for each host, with the stages to be checked. */
  public static List<HostProbes> of(OverlaySpec wanted, DockerRole role) {
    return HostProbes.of(
        wanted.hosts(),
        role.stages(),
        host -> host.is(HostRole.AGENT) ? inside(role, host) : List.of(pings(role)));
  }

  private static List<Probe> inside(DockerRole role, Host self) {
    return List.of(
        Probe.of(INFO, INFORMATION),
        Probe.of(NETWORKS, "docker network ls"),
        Probe.of(NETWORK, "docker network inspect " + DockerRole.NETWORK),
        Probe.of(NODES, "docker node ls"),
        Probe.of(PEERS, together(role.others(self), DockerProbes::dial)),
        Probe.of(ROUTES, "ip -4 route show"));
  }

  private static Probe pings(DockerRole role) {
    return Probe.of(PEERS, together(role.agents(), host -> "ping -c 1 -W 2 " + host.address()));
  }

  /** Gossip speaks no HTTP: it hangs up on the question, and so it is there. */
  private static String dial(Host host) {
    return String.format(
        "if command -v curl; then curl -s -m 3 http://%1$s:%2$d/; case $? in 0 | 1 | 52 | 56) ;; *) false ;; esac"
            + "; else nc -z -w 3 %1$s %2$d; fi",
        host.address(), GOSSIP);
  }

  /** Asks all at the same time; prints those that answer. */
  private static String together(List<Host> hosts, Function<Host, String> question) {
    return hosts.stream()
            .map(
                host ->
                    "{ "
                        + question.apply(host)
                        + " >/dev/null 2>&1 && echo "
                        + host.address()
                        + "; } &\n")
            .collect(Collectors.joining())
        + "wait";
  }
}
