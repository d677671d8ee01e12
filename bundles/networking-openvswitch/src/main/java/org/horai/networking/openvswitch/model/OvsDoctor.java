package org.horai.networking.openvswitch.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.horai.api.cluster.Host;
import org.horai.api.health.Finding;
import org.horai.api.network.HostParts;
import org.horai.api.network.OverlayHealth;
import org.horai.api.network.OverlaySpec;
import org.horai.api.network.OverlayView;
import org.horai.api.network.Subnet;

/** Compares all hosts' views; what a pair does not reach shows on one side only. Pure. */
public final class OvsDoctor {
  private final OverlaySpec wanted;
  private final OvsRole role;
  private final Map<Host, BridgeView> ends = new LinkedHashMap<>();
  private final List<Finding> found = new ArrayList<>();

  public OvsDoctor(OverlaySpec wanted, OvsRole role, OverlayView now) {
    this.wanted = wanted;
    this.role = role;
    wanted.hosts().forEach(host -> ends.put(host, BridgeView.of(now.of(host.name()))));
  }

  public OverlayHealth judge() {
    ends.forEach(this::alone);
    mtu();
    return new OverlayHealth(
        ends.entrySet().stream().map(e -> health(e.getKey(), e.getValue())).toList(), found);
  }

  private OverlayHealth.PeerHealth health(Host host, BridgeView end) {
    return new OverlayHealth.PeerHealth(
        host.name(),
        end.unknown().isPresent() ? "unknown" : end.up() ? "up" : "down",
        reached(host, end).size(),
        wanted.hosts().size() - 1,
        hasAddress(host, end) ? String.join(" ", end.addresses()) : "",
        end.unknown().orElse(end.mtu() > 0 ? "mtu " + end.mtu() : ""));
  }

  private List<Host> reached(Host self, BridgeView end) {
    Set<String> answered = end.reached().orElse(Set.of());
    return wanted.others(self).stream().filter(o -> answered.contains(role.address(o))).toList();
  }

  private boolean hasAddress(Host host, BridgeView end) {
    return end.addresses().stream().anyMatch(a -> a.startsWith(role.address(host) + "/"));
  }

  private void alone(Host host, BridgeView end) {
    if (end.unknown().isPresent()) {
      error("OVS-108", host, "cannot be asked", end.unknown().get(), "cluster:doctor");
      return;
    }
    for (Subnet route : end.routes()) {
      if (route.overlaps(role.range()) && route.prefix() > 0) {
        error(
            "OVS-106",
            host,
            "the range " + role.range() + " overlaps the route to " + route,
            "ip route shows it",
            "choose another overlay.range for all hosts");
      }
    }
    if (!end.alive()) {
      error(
          "OVS-110",
          host,
          "Open vSwitch does not answer",
          "ovs-vsctl show fails, or the package is missing",
          "chronos:apply");
      return;
    }
    if (!end.up()) {
      error(
          "OVS-101",
          host,
          "the overlay is down",
          OvsRole.SWITCH + " or " + OvsRole.BRIDGE + " is missing or down",
          "chronos:apply");
      return;
    }
    address(host, end);
    tunnels(host, end);
    pings(host, end);
  }

  private void address(Host host, BridgeView end) {
    if (hasAddress(host, end)) {
      return;
    }
    if (end.addresses().isEmpty()) {
      error(
          "OVS-102",
          host,
          "has no address on the overlay",
          "wanted is " + role.address(host),
          "chronos:apply");
    } else {
      found.add(
          Finding.warning(
              "OVS-107",
              host.name(),
              "has " + String.join(" ", end.addresses()) + ", wanted is " + role.address(host),
              "hosts came or went, or overlay.subnet changed",
              "pin the old part with the inventory variable "
                  + HostParts.PIN
                  + ", or chronos:apply"));
    }
  }

  private void tunnels(Host host, BridgeView end) {
    Map<String, String> peers = new TreeMap<>();
    wanted.others(host).forEach(other -> peers.put(other.address(), other.name()));
    Set<String> missing = new TreeSet<>(peers.keySet());
    missing.removeAll(end.tunnels());
    Set<String> strange = new TreeSet<>(end.tunnels());
    strange.removeAll(peers.keySet());
    for (String text : end.errors()) {
      error("OVS-104", host, "has a port that does not work", text, "ovs-vsctl show");
    }
    if (!missing.isEmpty()) {
      String names = missing.stream().map(peers::get).collect(Collectors.joining(", "));
      error("OVS-104", host, "has no tunnel to " + names, "ovs-vsctl show", "chronos:apply");
    }
    if (!strange.isEmpty()) {
      found.add(
          Finding.warning(
              "OVS-104",
              host.name(),
              "has a tunnel to " + String.join(", ", strange) + ", which is no peer",
              "a host that left, or somebody added it",
              "chronos:apply"));
    }
  }

  private void pings(Host host, BridgeView end) {
    if (end.reached().isEmpty()) {
      found.add(
          Finding.warning(
              "OVS-109",
              host.name(),
              "has no ping",
              "what it reaches is not known",
              "install ping"));
      return;
    }
    List<Host> reached = reached(host, end);
    String lost =
        wanted.others(host).stream()
            .filter(other -> !reached.contains(other) && ends.get(other).up())
            .map(Host::name)
            .collect(Collectors.joining(", "));
    if (!lost.isEmpty()) {
      error(
          "OVS-103",
          host,
          "does not reach " + lost,
          "no answer to a ping over the overlay",
          "check that UDP " + wanted.option("port", "4789") + " is open between them");
    }
  }

  private void mtu() {
    Map<String, Integer> sizes = new LinkedHashMap<>();
    ends.values().stream().filter(BridgeView::up).forEach(end -> sizes.put(end.host(), end.mtu()));
    OverlayHealth.difference(sizes)
        .ifPresent(
            seen ->
                found.add(
                    Finding.error(
                        "OVS-105",
                        wanted.provider(),
                        "the MTU differs between peers",
                        seen,
                        "set overlay.options.mtu to the smallest")));
  }

  private void error(String code, Host host, String what, String why, String next) {
    found.add(Finding.error(code, host.name(), what, why, next));
  }
}
