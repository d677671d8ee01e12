package org.horai.networking.flannel.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.horai.api.cluster.Host;
import org.horai.api.cluster.HostRole;
import org.horai.api.health.Finding;
import org.horai.api.network.OverlayHealth;
import org.horai.api.network.OverlaySpec;
import org.horai.api.network.OverlayView;
import org.horai.api.network.Subnet;

/** Compares all hosts' views; what a pair does not reach shows on one side only. Pure. */
public final class FlannelDoctor {
  private final OverlaySpec wanted;
  private final FlannelRole role;
  private final Map<Host, PartView> parts = new LinkedHashMap<>();
  private final List<Finding> found = new ArrayList<>();

  public FlannelDoctor(OverlaySpec wanted, FlannelRole role, OverlayView now) {
    this.wanted = wanted;
    this.role = role;
    wanted
        .hosts()
        .forEach(host -> parts.put(host, PartView.of(now.of(host.name()), role.device())));
  }

  public OverlayHealth judge() {
    parts.forEach(this::alone);
    mtu();
    strangers();
    return new OverlayHealth(
        parts.entrySet().stream().map(e -> health(e.getKey(), e.getValue())).toList(), found);
  }

  private boolean isUp(PartView part) {
    return part.up() && part.part().isPresent() && part.network().equals(network());
  }

  private Optional<Subnet> network() {
    return Optional.of(role.network());
  }

  private OverlayHealth.PeerHealth health(Host host, PartView part) {
    return new OverlayHealth.PeerHealth(
        host.name(),
        part.unknown().isPresent() ? "unknown" : isUp(part) ? "up" : "down",
        (int) others(host).filter(reached(part)).count(),
        parts.size() - 1,
        part.part().map(Subnet::toString).orElse(""),
        part.unknown().orElse(part.mtu() > 0 ? "mtu " + part.mtu() : ""));
  }

  private Stream<PartView> others(Host self) {
    return parts.entrySet().stream().filter(e -> !e.getKey().equals(self)).map(Map.Entry::getValue);
  }

  private static Predicate<PartView> reached(PartView part) {
    Set<Subnet> answered = part.reached().orElse(Set.of());
    return other -> other.part().filter(answered::contains).isPresent();
  }

  private void alone(Host host, PartView part) {
    if (part.unknown().isPresent()) {
      error("FLA-108", host, "cannot be asked", part.unknown().get(), "cluster:doctor");
      return;
    }
    for (Subnet route : part.foreign()) {
      if (route.overlaps(role.network()) && route.prefix() > 0) {
        String what = "the network " + role.network() + " overlaps the route to " + route;
        error(
            "FLA-106",
            host,
            what,
            "packets would go astray",
            "choose another overlay.subnet for all hosts");
      }
    }
    if (!part.network().equals(network()) && part.network().isPresent()) {
      error(
          "FLA-102",
          host,
          "has a part of " + part.network().get() + ", wanted is " + role.network(),
          "flanneld has not read the configuration since it changed",
          "chronos:apply");
    } else if (!isUp(part)) {
      error(
          "FLA-101",
          host,
          "flanneld has no part of the network",
          part.trouble().orElse(role.device() + " or its subnet.env is missing"),
          "chronos:apply, and check that etcd answers at " + role.etcd());
    } else {
      docker(host, part);
      store(host, part);
      routes(host, part);
      pings(host, part);
    }
  }

  private void docker(Host host, PartView part) {
    Optional<Subnet> docker = part.docker();
    if (host.is(HostRole.AGENT) && !docker.equals(part.part())) {
      error(
          "FLA-107",
          host,
          docker
              .map(old -> "Docker's network is of " + old + ", the host has " + part.part().get())
              .orElse("Docker has no network " + FlannelRole.NETWORK),
          "containers there would be found by nobody",
          "chronos:apply");
    }
  }

  private void store(Host host, PartView part) {
    if (part.leases().isEmpty()) {
      found.add(
          Finding.warning(
              "FLA-111",
              host.name(),
              "etcd tells this host nothing",
              "new parts are not learned, and this host's runs out after 24 hours",
              "check that etcd answers at " + role.etcd()));
    }
  }

  private void routes(Host host, PartView part) {
    String missing = names(host, other -> isUp(other) && !part.routes(other.part().get()));
    if (!missing.isEmpty()) {
      error(
          "FLA-104",
          host,
          "has no route to " + missing,
          "flanneld has not learned of them",
          "check that etcd answers at " + role.etcd());
    }
  }

  private void pings(Host host, PartView part) {
    if (part.reached().isEmpty()) {
      found.add(
          Finding.warning(
              "FLA-109", host.name(), "has no ping", "what it reaches is not known", "install it"));
      return;
    }
    if (part.leases().isEmpty()) {
      return; // it did not know whom to ask
    }
    String lost = names(host, other -> isUp(other) && !reached(part).test(other));
    if (!lost.isEmpty()) {
      error(
          "FLA-103",
          host,
          "does not reach " + lost,
          "no answer to a ping over the overlay",
          "check that UDP " + role.port() + " is open between them");
    }
  }

  private String names(Host self, Predicate<PartView> which) {
    return others(self).filter(which).map(PartView::host).collect(Collectors.joining(", "));
  }

  private void mtu() {
    Map<Integer, String> sizes =
        parts.values().stream()
            .filter(this::isUp)
            .collect(
                Collectors.groupingBy(
                    PartView::mtu,
                    TreeMap::new,
                    Collectors.mapping(PartView::host, Collectors.joining(", "))));
    if (sizes.size() > 1) {
      String seen =
          sizes.entrySet().stream()
              .map(e -> e.getKey() + " on " + e.getValue())
              .collect(Collectors.joining("; "));
      found.add(
          Finding.error(
              "FLA-105",
              wanted.provider(),
              "the MTU differs between peers",
              seen,
              "give the networks below one MTU, then restart " + FlannelRole.SERVICE));
    }
  }

  /** What any host sees of parts that belong to none of ours. */
  private void strangers() {
    Map<String, Subnet> seen = new TreeMap<>();
    parts.values().forEach(part -> seen.putAll(part.leases()));
    parts.keySet().forEach(host -> seen.remove(host.address()));
    seen.forEach(
        (address, part) ->
            found.add(
                Finding.warning(
                    "FLA-110",
                    wanted.provider(),
                    "etcd knows a part " + part + " of " + address + ", which is no host of ours",
                    "a host that left, or one of another cluster with the same prefix",
                    "wait until the lease runs out, or set overlay.options.prefix")));
  }

  private void error(String code, Host host, String what, String why, String next) {
    found.add(Finding.error(code, host.name(), what, why, next));
  }
}
