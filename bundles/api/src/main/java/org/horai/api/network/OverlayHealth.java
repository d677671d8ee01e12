package org.horai.api.network;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.horai.api.health.Finding;

/**
 * The overlay as all peers together see it.
 *
 * @param peers one per host, in the order of the inventory
 * @param findings everything that is not as it should be; empty when healthy
 */
public record OverlayHealth(List<PeerHealth> peers, List<Finding> findings) {
  public OverlayHealth {
    peers = List.copyOf(peers);
    findings = List.copyOf(findings);
  }

  /**
   * What is not the same on all hosts, such as {@code 1410 on a1, a2; 1450 on m1}; empty when it
   * is.
   *
   * @param values by host, in the order of the inventory
   */
  public static <T extends Comparable<T>> Optional<String> difference(Map<String, T> values) {
    Map<T, String> hosts = new TreeMap<>();
    values.forEach((host, value) -> hosts.merge(value, host, (first, next) -> first + ", " + next));
    return hosts.size() < 2
        ? Optional.empty()
        : Optional.of(
            hosts.entrySet().stream()
                .map(e -> e.getKey() + " on " + e.getValue())
                .collect(Collectors.joining("; ")));
  }

  /**
   * One peer's view.
   *
   * @param state "up", "down" or "unknown"
   * @param connections established connections to other peers
   * @param expected how many there should be
   * @param exposed the host's own address on the overlay, or ""
   * @param note what is special, or ""
   */
  public record PeerHealth(
      String host, String state, int connections, int expected, String exposed, String note) {}
}
