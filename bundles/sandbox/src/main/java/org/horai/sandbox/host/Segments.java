package org.horai.sandbox.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/**
 * The overlays that hosts join by publishing a file: {@code segments/SEGMENT/HOST} with lines
 * {@code own=CIDR}, {@code container=ADDRESS} and {@code peer=ADDRESS}. Within a segment two hosts
 * reach each other when each sends to the other and the network below takes the packets. The rules
 * are those of the stand-ins' {@code reaches}.
 */
final class Segments {

  /** One host on one segment; all addresses are those of hosts below, or of the overlay. */
  private record Member(List<String> own, List<String> containers, List<String> peers) {
    boolean has(String address) {
      return containers.contains(address)
          || own.stream().anyMatch(cidr -> cidr.startsWith(address + "/"));
    }
  }

  private final List<Map<String, Member>> segments;
  private final BiPredicate<String, String> network;

  private Segments(List<Map<String, Member>> segments, BiPredicate<String, String> network) {
    this.segments = segments;
    this.network = network;
  }

  static Segments read(Path directory, BiPredicate<String, String> network) {
    List<Map<String, Member>> segments = new ArrayList<>();
    try (var folders = Files.list(directory)) {
      for (Path folder : folders.toList()) {
        segments.add(members(folder));
      }
      return new Segments(segments, network);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the overlays' directory", e);
    }
  }

  private static Map<String, Member> members(Path folder) throws IOException {
    Map<String, Member> members = new HashMap<>();
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        try {
          List<String> lines = Files.readAllLines(file);
          members.put(
              file.getFileName().toString(),
              new Member(
                  values(lines, "own="), values(lines, "container="), values(lines, "peer=")));
        } catch (NoSuchFileException leftMeanwhile) {
          // it is a member no more
        }
      }
    }
    return members;
  }

  private static List<String> values(List<String> lines, String key) {
    return lines.stream()
        .filter(line -> line.startsWith(key))
        .map(line -> line.substring(key.length()))
        .toList();
  }

  /** Whether a process of the host reaches the address: it has one of the same network itself. */
  boolean hostReaches(String from, String address) {
    return segments.stream()
        .anyMatch(
            segment ->
                segment.containsKey(from)
                    && segment.get(from).own().stream()
                        .anyMatch(cidr -> Cidr.parse(cidr).contains(address))
                    && joined(segment, from, address));
  }

  /** Whether a container with the one address, on that host, reaches the other address. */
  boolean containerReaches(String from, String own, String address) {
    return segments.stream()
        .anyMatch(
            segment ->
                segment.containsKey(from)
                    && segment.get(from).containers().contains(own)
                    && joined(segment, from, address));
  }

  private boolean joined(Map<String, Member> segment, String from, String address) {
    return segment.entrySet().stream()
        .filter(member -> member.getValue().has(address))
        .anyMatch(
            member ->
                member.getKey().equals(from)
                    || segment.get(from).peers().contains(member.getKey())
                        && member.getValue().peers().contains(from)
                        && network.test(from, member.getKey()));
  }
}
