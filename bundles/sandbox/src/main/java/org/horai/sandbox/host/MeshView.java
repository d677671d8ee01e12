package org.horai.sandbox.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * The running routers at one moment, and who is joined to whom. The rules are those of the
 * stand-in's mesh program.
 */
final class MeshView {

  private final Map<String, Map<String, String>> peers;
  private final BiPredicate<String, String> network;

  private MeshView(Map<String, Map<String, String>> peers, BiPredicate<String, String> network) {
    this.peers = peers;
    this.network = network;
  }

  static MeshView read(List<Path> published, BiPredicate<String, String> network)
      throws IOException {
    Map<String, Map<String, String>> peers = new HashMap<>();
    for (Path file : published) {
      Map<String, String> values = new HashMap<>();
      try {
        for (String line : Files.readAllLines(file)) {
          int equals = line.indexOf('=');
          values.put(line.substring(0, Math.max(0, equals)), line.substring(equals + 1));
        }
      } catch (NoSuchFileException stoppedMeanwhile) {
        continue;
      }
      if (!file.getFileName().toString().contains(".new")) {
        peers.put(values.getOrDefault("address", ""), values);
      }
    }
    return new MeshView(peers, network);
  }

  boolean isRunning(String address) {
    return peers.containsKey(address);
  }

  /** Whether traffic gets from one to the other, over other peers if need be. */
  boolean joined(String from, String to) {
    if (!isRunning(from) || !isRunning(to)) {
      return false;
    }
    Deque<String> open = new ArrayDeque<>(List.of(from));
    Set<String> seen = new HashSet<>(open);
    while (!open.isEmpty()) {
      String here = open.pop();
      if (here.equals(to)) {
        return true;
      }
      for (String next : peers.keySet()) {
        boolean named = targets(here).contains(next) || targets(next).contains(here);
        if (named && accepts(here, next) && seen.add(next)) {
          open.push(next);
        }
      }
    }
    return false;
  }

  private List<String> targets(String address) {
    List<String> targets = new ArrayList<>();
    for (String target : value(address, "targets").split(" ")) {
      targets.add(target.replaceFirst(":\\d+$", ""));
    }
    return targets;
  }

  private boolean accepts(String a, String b) {
    String ringA = value(a, "ring");
    String ringB = value(b, "ring");
    return network.test(a, b)
        && !value(a, "name").equals(value(b, "name"))
        && value(a, "password").equals(value(b, "password"))
        && value(a, "range").equals(value(b, "range"))
        && (ringA.isEmpty() || ringB.isEmpty() || ringA.equals(ringB));
  }

  private String value(String address, String key) {
    return peers.getOrDefault(address, Map.of()).getOrDefault(key, "");
  }

  /** The host whose peer owns an overlay address, as the ring of the asking host says. */
  Optional<String> ownerOf(Path medium, String asking, String overlayAddress) {
    String ring = value(asking, "ring");
    if (ring.isEmpty()) {
      return Optional.empty();
    }
    String wanted = Long.toString(Cidr.number(overlayAddress));
    try {
      for (String line : Files.readAllLines(medium.resolve("rings").resolve(ring).resolve("ips"))) {
        String[] field = line.split(" ");
        if (field[0].equals(wanted)) {
          return peers.keySet().stream().filter(p -> value(p, "name").equals(field[2])).findFirst();
        }
      }
      return Optional.empty();
    } catch (IOException noneYet) {
      return Optional.empty();
    }
  }
}
