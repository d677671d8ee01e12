package org.horai.api.network;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.horai.api.host.HostFacts;
import org.horai.api.host.Probe;

/**
 * Asks a host which of its peers answer it over the overlay. Pure.
 *
 * @param id of the probe; one of another script must print what answered, a line each, and exit
 *     {@value #NO_PING} without a ping program
 */
public record PeerPing(String id) {
  /** Exit code of the probe on a host that has no ping program. */
  public static final int NO_PING = 3;

  /**
   * Asks all addresses at the same time.
   *
   * @param device without which a host is not on the overlay, and asks nobody
   */
  public Probe probe(String device, List<String> addresses) {
    return Probe.of(
        id,
        "command -v ping >/dev/null || exit "
            + NO_PING
            + "\nip link show dev "
            + device
            + " >/dev/null 2>&1 || exit 0\n"
            + addresses.stream()
                .map(a -> "{ ping -c 1 -W 2 " + a + " >/dev/null 2>&1 && echo " + a + "; } &\n")
                .collect(Collectors.joining())
            + "wait");
  }

  /** What answered; empty when the host was not asked or has no ping program. */
  public Optional<Set<String>> answered(HostFacts facts) {
    return facts
        .probe(id)
        .filter(output -> output.exitCode() != NO_PING)
        .map(output -> output.stdout().lines().collect(Collectors.toUnmodifiableSet()));
  }
}
