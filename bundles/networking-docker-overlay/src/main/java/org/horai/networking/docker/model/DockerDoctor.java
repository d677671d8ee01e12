package org.horai.networking.docker.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.horai.api.cluster.Host;
import org.horai.api.cluster.HostRole;
import org.horai.api.health.Finding;
import org.horai.api.network.OverlayHealth;
import org.horai.api.network.OverlaySpec;
import org.horai.api.network.OverlayView;
import org.horai.api.network.Subnet;

/** Compares all daemons' views, and what masters see of the agents. Pure. */
public final class DockerDoctor {
  private final DockerRole role;
  private final Map<Host, DaemonView> views = new LinkedHashMap<>();
  private final List<Finding> found = new ArrayList<>();

  public DockerDoctor(OverlaySpec wanted, DockerRole role, OverlayView now) {
    this.role = role;
    wanted.hosts().forEach(host -> views.put(host, DaemonView.of(now.of(host.name()))));
  }

  public OverlayHealth judge() {
    views.forEach(this::alone);
    sameNetwork();
    return new OverlayHealth(
        views.entrySet().stream().map(e -> health(e.getKey(), e.getValue())).toList(), found);
  }

  private static boolean isInside(Host host) {
    return host.is(HostRole.AGENT);
  }

  private OverlayHealth.PeerHealth health(Host host, DaemonView view) {
    boolean up = isInside(host) ? joined(view) && hasNetwork(view) : view.reached().isPresent();
    return new OverlayHealth.PeerHealth(
        host.name(),
        view.unknown().isPresent() ? "unknown" : up ? "up" : "down",
        reached(host, view).size(),
        role.others(host).size(),
        "",
        view.unknown().orElse(note(host, view)));
  }

  private String note(Host host, DaemonView view) {
    if (!isInside(host)) {
      return "outside, dials host ports";
    }
    if (role.swarm()) {
      return view.manager() ? "manager" : "worker";
    }
    return view.remote() > 0 ? view.remote() + " containers elsewhere" : "";
  }

  private List<Host> reached(Host self, DaemonView view) {
    Set<String> answered = view.reached().orElse(Set.of());
    return role.others(self).stream().filter(o -> answered.contains(o.address())).toList();
  }

  private boolean joined(DaemonView view) {
    return view.answers() && (role.swarm() ? view.active() : view.store().equals(role.store()));
  }

  /** A worker learns of the network with the first container on it. */
  private boolean hasNetwork(DaemonView view) {
    return !view.networkId().isEmpty() || role.swarm() && !view.manager();
  }

  private void alone(Host host, DaemonView view) {
    if (view.unknown().isPresent()) {
      error("DOV-108", host, "cannot be asked", view.unknown().get(), "cluster:doctor");
    } else if (!isInside(host)) {
      master(host, view);
    } else if (!view.answers()) {
      error("DOV-101", host, "Docker does not answer", "docker network ls fails", "start Docker");
    } else if (!joined(view)) {
      String why =
          role.swarm()
              ? "docker info does not say that it is a node of a swarm"
              : "its cluster store is \"" + view.store() + "\", wanted is " + role.store();
      error("DOV-102", host, "is not on the overlay", why, "chronos:apply");
    } else {
      agent(host, view);
    }
  }

  private void agent(Host host, DaemonView view) {
    if (!hasNetwork(view)) {
      error(
          "DOV-104",
          host,
          "has no network " + DockerRole.NETWORK,
          "it was removed, or the store does not answer",
          "chronos:apply");
    } else if (!view.subnets().isEmpty() && !view.subnets().contains("" + role.subnet())) {
      error(
          "DOV-104",
          host,
          "has " + DockerRole.NETWORK + " with " + String.join(", ", view.subnets()),
          "wanted is " + role.subnet(),
          "stop its containers, then chronos:apply");
    }
    for (String node : view.notReady()) {
      error("DOV-105", host, "has lost the node " + node, "docker node ls", "start Docker there");
    }
    for (Subnet route : view.routes()) {
      if (route.overlaps(role.range()) && route.prefix() > 0) {
        error(
            "DOV-106",
            host,
            "the range " + role.range() + " overlaps the route to " + route,
            "ip route shows it",
            "choose another overlay.range for all hosts");
      }
    }
    peers(host, view);
  }

  private void peers(Host host, DaemonView view) {
    String lost =
        role.others(host).stream()
            .filter(other -> joined(views.get(other)) && !reached(host, view).contains(other))
            .map(Host::name)
            .collect(Collectors.joining(", "));
    if (!lost.isEmpty()) {
      error(
          "DOV-103",
          host,
          "does not reach " + lost,
          "port " + DockerProbes.GOSSIP + " does not answer",
          "open TCP and UDP 7946 and UDP 4789 between them");
    }
  }

  private void master(Host host, DaemonView view) {
    List<Host> reached = reached(host, view);
    String lost =
        role.agents().stream()
            .filter(agent -> !reached.contains(agent))
            .map(Host::name)
            .collect(Collectors.joining(", "));
    if (view.reached().isEmpty() || !lost.isEmpty()) {
      error(
          "DOV-107",
          host,
          "does not reach " + (lost.isEmpty() ? "agents" : lost),
          "no answer to a ping; masters dial the agents' host ports",
          "check the network below, and that ping is installed");
    }
  }

  /** Whoever has another network of the same name has another store. */
  private void sameNetwork() {
    Map<String, String> ids = new LinkedHashMap<>();
    views.values().stream()
        .filter(view -> !view.networkId().isEmpty())
        .forEach(view -> ids.put(view.host(), view.networkId()));
    OverlayHealth.difference(ids)
        .ifPresent(
            seen ->
                found.add(
                    Finding.error(
                        "DOV-104",
                        DockerRole.NETWORK,
                        "is not one network",
                        seen,
                        "remove the wrong one with docker network rm, then chronos:apply")));
  }

  private void error(String code, Host host, String what, String why, String next) {
    found.add(Finding.error(code, host.name(), what, why, next));
  }
}
