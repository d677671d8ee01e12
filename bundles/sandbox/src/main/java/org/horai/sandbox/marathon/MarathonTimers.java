package org.horai.sandbox.marathon;

import java.time.Duration;

/**
 * The waits of Marathon in real time; the sandbox's time scale shortens them.
 *
 * @param round how often deployments and launches advance
 * @param unmetRound how often offers are tried again for what did not fit
 * @param supervisedRestart from an exit to the next start by the supervisor
 * @param deadSession how long ZooKeeper keeps the znode of a killed process
 */
public record MarathonTimers(
    Duration round, Duration unmetRound, Duration supervisedRestart, Duration deadSession) {

  /** Quick rounds; the rest as seen of Marathon 1.11 under systemd. */
  public static MarathonTimers defaults() {
    return new MarathonTimers(
        Duration.ofMillis(100),
        Duration.ofSeconds(5),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10));
  }
}
