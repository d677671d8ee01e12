package org.horai.sandbox.mesos;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A framework as its scheduler registers it.
 *
 * @param id the id of an earlier registration; empty asks for a new one
 * @param name not unique
 * @param user as whom tasks run
 * @param hostname of the scheduler
 * @param pid {@code scheduler-<uuid>@host:port}
 * @param address the host and port of the pid, which the master must be able to dial
 * @param webuiUrl of the scheduler
 * @param failoverTimeout how long tasks outlive the scheduler; not scaled in what is reported
 * @param checkpoint whether tasks survive a restart of their agent
 * @param role of the resources
 * @param capabilities e.g. MULTI_ROLE
 */
public record FrameworkSpec(
    Optional<String> id,
    String name,
    String user,
    String hostname,
    String pid,
    InetSocketAddress address,
    String webuiUrl,
    Duration failoverTimeout,
    boolean checkpoint,
    String role,
    List<String> capabilities) {

  /** The week that Marathon and Chronos ask for by default. */
  public static final Duration WEEK = Duration.ofSeconds(604_800);

  /** Copies the capabilities. */
  public FrameworkSpec {
    capabilities = List.copyOf(capabilities);
  }

  /** A framework of the usual shape; host and port are where its libprocess can be dialled. */
  public static FrameworkSpec of(
      Optional<String> id, String name, String host, int libprocessPort, String webuiUrl) {
    return new FrameworkSpec(
        id,
        name,
        "root",
        host,
        "scheduler-" + UUID.randomUUID() + "@" + host + ":" + libprocessPort,
        InetSocketAddress.createUnresolved(host, libprocessPort),
        webuiUrl,
        WEEK,
        true,
        "*",
        List.of());
  }

  /** The same with capabilities. */
  public FrameworkSpec withCapabilities(List<String> more) {
    return new FrameworkSpec(
        id, name, user, hostname, pid, address, webuiUrl, failoverTimeout, checkpoint, role, more);
  }

  /** The same with another fail-over time-out. */
  public FrameworkSpec withFailoverTimeout(Duration timeout) {
    return new FrameworkSpec(
        id, name, user, hostname, pid, address, webuiUrl, timeout, checkpoint, role, capabilities);
  }

  /** The same with the id the master gave. */
  public FrameworkSpec withId(String given) {
    return new FrameworkSpec(
        Optional.of(given),
        name,
        user,
        hostname,
        pid,
        address,
        webuiUrl,
        failoverTimeout,
        checkpoint,
        role,
        capabilities);
  }
}
