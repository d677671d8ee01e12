package org.horai.networking.calico.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.horai.api.cluster.Host;
import org.horai.api.cluster.HostRole;
import org.horai.api.health.Finding;
import org.horai.api.network.OverlayHealth;
import org.horai.api.network.OverlaySpec;
import org.horai.api.network.OverlayView;
import org.horai.api.network.Subnet;

/** Compares all hosts' views of sessions, routes and reachability. Pure. */
public final class CalicoDoctor {
  private final OverlaySpec wanted;
  private final CalicoRole role;
  private final Subnet network;
  private final Map<Host, PeerView> peers = new LinkedHashMap<>();
  private final List<Finding> found = new ArrayList<>();

  public CalicoDoctor(OverlaySpec wanted, CalicoRole role, OverlayView now) {
    this.wanted = wanted;
    this.role = role;
    this.network = role.network();
    wanted.hosts().forEach(host -> peers.put(host, PeerView.of(now.of(host.name()))));
  }

  public OverlayHealth judge() {
    peers.forEach(this::alone);
    shared();
    return new OverlayHealth(
        peers.entrySet().stream().map(e -> health(e.getKey(), e.getValue())).toList(), found);
  }

  private OverlayHealth.PeerHealth health(Host host, PeerView peer) {
    return new OverlayHealth.PeerHealth(
        host.name(),
        peer.unknown().isPresent() ? "unknown" : peer.isUp() ? "up" : "down",
        (int) wanted.others(host).stream().filter(o -> peer.talksTo(o.address())).count(),
        peers.size() - 1,
        peer.block().map(Subnet::toString).orElse(""),
        peer.unknown().orElse(""));
  }

  private void alone(Host host, PeerView peer) {
    if (peer.unknown().isPresent()) {
      error("CAL-108", host, "cannot be asked", peer.unknown().get(), "cluster:doctor");
      return;
    }
    for (Subnet route : peer.foreign()) {
      if (route.overlaps(network) && route.prefix() > 0) {
        String what = "the network " + network + " overlaps the route to " + route;
        error("CAL-106", host, what, "packets would go astray", "choose another overlay.subnet");
      }
    }
    if (peer.block().filter(network::contains).isEmpty()) {
      String what = "has no block of " + network;
      error("CAL-102", host, what, "it has not joined", "chronos:apply");
    } else if (!peer.running()) {
      String why = "nobody answers birdc";
      error("CAL-101", host, "bird does not run", why, "chronos:apply");
    } else {
      docker(host, peer);
      sessions(host, peer);
      routes(host, peer);
      pings(host, peer);
    }
  }

  private void docker(Host host, PeerView peer) {
    if (host.is(HostRole.AGENT) && !peer.docker().equals(peer.block())) {
      error(
          "CAL-107",
          host,
          peer.docker()
              .map(old -> "Docker's network is of " + old + ", the host has " + peer.block().get())
              .orElse("Docker has no network " + CalicoRole.NETWORK),
          "containers there would be found by nobody",
          "chronos:apply");
    }
  }

  /** A session with a host whose bird does not run is told there. */
  private void sessions(Host host, PeerView peer) {
    for (Host other : wanted.others(host)) {
      if (peers.get(other).isUp() && !peer.talksTo(other.address())) {
        String state = peer.sessions().get(other.address());
        error(
            "CAL-104",
            host,
            "has no BGP session with " + other.name(),
            Optional.ofNullable(state).orElse("bird does not know of this peer"),
            state == null
                ? "chronos:apply"
                : "check that TCP 179 is open between " + host.name() + " and " + other.name());
      }
    }
  }

  private void routes(Host host, PeerView peer) {
    String missing = names(host, peer, other -> !peer.learned().contains(other.block().get()));
    if (!missing.isEmpty()) {
      error(
          "CAL-105",
          host,
          "has no route to the blocks of " + missing,
          "the sessions are established, the blocks were not told",
          "chronos:apply");
    }
  }

  private void pings(Host host, PeerView peer) {
    if (peer.reached().isEmpty()) {
      found.add(
          Finding.warning(
              "CAL-109", host.name(), "has no ping", "what it reaches is not known", "install it"));
      return;
    }
    Set<String> reached = peer.reached().get();
    String lost =
        names(
            host,
            peer,
            other ->
                peer.learned().contains(other.block().get())
                    && !reached.contains(other.block().get().toString()));
    if (!lost.isEmpty()) {
      error(
          "CAL-103",
          host,
          "does not reach " + lost,
          "the routes are there, and no answer to a ping",
          "check firewalls, and that the hosts share one network below");
    }
  }

  /** Of those it has a session with. */
  private String names(Host self, PeerView peer, Predicate<PeerView> which) {
    return wanted.others(self).stream()
        .filter(other -> peer.talksTo(other.address()) && peers.get(other).isUp())
        .filter(other -> which.test(peers.get(other)))
        .map(Host::name)
        .collect(Collectors.joining(", "));
  }

  private void shared() {
    Map<String, List<String>> owners = new TreeMap<>();
    peers
        .values()
        .forEach(
            peer ->
                peer.block()
                    .ifPresent(
                        block ->
                            owners
                                .computeIfAbsent(block.toString(), b -> new ArrayList<>())
                                .add(peer.host())));
    owners.forEach(
        (block, hosts) -> {
          if (hosts.size() > 1) {
            found.add(
                Finding.error(
                    "CAL-110",
                    String.join(", ", hosts),
                    "have one block " + block,
                    "etcd was emptied, or another one is used",
                    "remove " + CalicoRole.HOME + "/block on all but one, then chronos:apply"));
          }
        });
  }

  private void error(String code, Host host, String what, String why, String next) {
    found.add(Finding.error(code, host.name(), what, why, next));
  }
}
