package org.horai.networking.weave.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.horai.api.health.Finding;
import org.horai.api.network.OverlayHealth;
import org.horai.api.network.OverlaySpec;
import org.horai.api.network.Subnet;

/** Compares all peers' views; none of them alone shows a split. Pure. */
public final class WeaveDoctor {
  private final OverlaySpec wanted;
  private final Subnet range;
  private final List<PeerView> peers;
  private final List<Finding> found = new ArrayList<>();

  public WeaveDoctor(OverlaySpec wanted, List<PeerView> peers) {
    this.wanted = wanted;
    this.range = Subnet.parse(wanted.range()).orElseThrow();
    this.peers = List.copyOf(peers);
  }

  public OverlayHealth judge() {
    peers.forEach(this::alone);
    List<PeerView> running = peers.stream().filter(PeerView::running).toList();
    names(running);
    mesh(running);
    encryption(running);
    ring(running);
    return new OverlayHealth(peers.stream().map(this::health).toList(), found);
  }

  private OverlayHealth.PeerHealth health(PeerView peer) {
    String state = peer.unknown().isPresent() ? "unknown" : peer.running() ? "up" : "down";
    boolean other = peer.running() && !peer.version().equals(wanted.version());
    String note =
        Stream.of(
                peer.unknown().orElse(""),
                peer.waiting(),
                other ? "runs weave " + peer.version() : "")
            .filter(text -> !text.isEmpty())
            .findFirst()
            .orElse("");
    return new OverlayHealth.PeerHealth(
        peer.host(),
        state,
        peer.connections().size(),
        peers.size() - 1,
        peer.onBridge() ? peer.recorded() : "",
        note);
  }

  /** What one view shows by itself. */
  private void alone(PeerView peer) {
    if (peer.unknown().isPresent()) {
      error("WEA-113", peer.host(), "cannot be asked", peer.unknown().get(), "cluster:doctor");
      return;
    }
    if (!peer.running()) {
      error(
          "WEA-101",
          peer.host(),
          "the router does not run",
          "weave report gives nothing",
          "chronos:plan");
      return;
    }
    if (!peer.version().equals(wanted.version())) {
      error(
          "WEA-102",
          peer.host(),
          "runs weave " + peer.version() + ", wanted is " + wanted.version(),
          "",
          "chronos:plan");
    }
    peer.range()
        .filter(r -> !r.equals(range))
        .ifPresent(
            r ->
                error(
                    "WEA-105",
                    peer.host(),
                    "allocates from " + r + ", wanted is " + range,
                    "peers with different ranges refuse each other",
                    "weave reset on this host, then chronos:apply"));
    for (Subnet route : peer.routes()) {
      if (route.overlaps(range) && route.prefix() > 0) {
        error(
            "WEA-109",
            peer.host(),
            "the range " + range + " overlaps the route to " + route,
            "",
            "choose another overlay.range for all hosts");
      }
    }
    if (!peer.waiting().isEmpty()) {
      error(
          "WEA-108", peer.host(), "the allocator waits", peer.waiting(), "start the missing peers");
    }
    exposure(peer);
    if (!peer.proxyAnswers()) {
      error(
          "WEA-111",
          peer.host(),
          "no Docker answers at " + WeaveRole.SOCKET,
          "the proxy is down, or its socket is a leftover",
          "chronos:apply starts it; agents recover by themselves");
    }
  }

  private void exposure(PeerView peer) {
    if (!peer.recorded().isEmpty() && !peer.onBridge()) {
      error(
          "WEA-110",
          peer.host(),
          "lost its address " + peer.recorded(),
          "weave remembers it, the bridge does not have it",
          "chronos:apply");
    } else if (peer.recorded().isEmpty()) {
      error(
          "WEA-110",
          peer.host(),
          "has no address on " + wanted.subnet(),
          "it cannot dial containers there",
          "chronos:apply");
    }
    for (String lost : peer.unknownOwners()) {
      error(
          "WEA-107",
          peer.host(),
          "a part of the range belongs to the lost peer " + lost,
          "",
          "weave rmpeer " + lost + " on exactly one host");
    }
  }

  private void names(List<PeerView> running) {
    Map<String, List<PeerView>> byName =
        running.stream()
            .collect(
                Collectors.groupingBy(PeerView::name, LinkedHashMap::new, Collectors.toList()));
    byName.forEach(
        (name, same) -> {
          if (same.size() > 1) {
            error(
                "WEA-112",
                hosts(same),
                "share the peer name " + name,
                "cloned machines share /etc/machine-id",
                "give each its own with systemd-machine-id-setup, then restart weave");
          }
        });
  }

  private void mesh(List<PeerView> running) {
    for (PeerView one : running) {
      List<String> missing =
          running.stream()
              .filter(other -> !other.name().equals(one.name()))
              .filter(other -> !one.connections().contains(other.name()))
              .map(PeerView::host)
              .toList();
      if (!missing.isEmpty()) {
        error(
            "WEA-103",
            one.host(),
            "is not connected to " + String.join(", ", missing),
            String.join("; ", one.problems()),
            "check that TCP and UDP 6783 and UDP 6784 are open between them");
      }
    }
  }

  private void encryption(List<PeerView> running) {
    boolean want = wanted.password().isPresent();
    List<PeerView> odd = running.stream().filter(p -> p.encrypted() != want).toList();
    if (!odd.isEmpty()) {
      error(
          "WEA-104",
          hosts(odd),
          want
              ? "are not encrypted although a password is set"
              : "are encrypted although no password is set",
          "",
          "chronos:plan");
    }
  }

  /** Peers of one ring name the same owners. The largest group stays, the others are reset. */
  private void ring(List<PeerView> running) {
    Map<Set<String>, List<PeerView>> groups = new LinkedHashMap<>();
    running.stream()
        .filter(peer -> !peer.owners().isEmpty())
        .forEach(
            peer ->
                groups
                    .computeIfAbsent(new TreeSet<>(peer.owners()), k -> new ArrayList<>())
                    .add(peer));
    List<List<PeerView>> disjoint = disjointGroups(groups);
    if (disjoint.size() < 2) {
      return;
    }
    disjoint.sort(Comparator.comparing((List<PeerView> group) -> group.size()).reversed());
    for (List<PeerView> minority : disjoint.subList(1, disjoint.size())) {
      error(
          "WEA-106",
          hosts(minority),
          "form an address ring of their own",
          "the others (" + hosts(disjoint.get(0)) + ") own the range among themselves",
          "weave reset on " + hosts(minority) + ", one after the other, then chronos:apply");
    }
  }

  /** Groups that share no owner; views that merely lag behind share some. */
  private static List<List<PeerView>> disjointGroups(Map<Set<String>, List<PeerView>> groups) {
    List<Set<String>> owners = new ArrayList<>();
    List<List<PeerView>> members = new ArrayList<>();
    groups.forEach(
        (set, peers) -> {
          Set<String> merged = new TreeSet<>(set);
          List<PeerView> together = new ArrayList<>(peers);
          for (int i = owners.size() - 1; i >= 0; i--) {
            Set<String> other = owners.get(i);
            if (other.stream().anyMatch(set::contains)) {
              merged.addAll(owners.remove(i));
              together.addAll(members.remove(i));
            }
          }
          owners.add(merged);
          members.add(together);
        });
    return members;
  }

  private static String hosts(List<PeerView> peers) {
    return peers.stream().map(PeerView::host).sorted().collect(Collectors.joining(", "));
  }

  private void error(String code, String subject, String what, String why, String next) {
    found.add(Finding.error(code, subject, what, why, next));
  }
}
