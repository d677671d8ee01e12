package org.horai.api.network;

import java.util.List;
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
