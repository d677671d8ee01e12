package org.horai.api.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A framework as the leading master sees it. Absent fields mean "not said", never "false".
 *
 * @param active false while its scheduler is away; its tasks and resources stay
 * @param connected said by newer masters only
 * @param pid libprocess address {@code scheduler-...@ip:port}; absent for HTTP schedulers
 * @param completed true when it was torn down or ended
 */
public record FrameworkInfo(
    String id,
    String name,
    boolean active,
    Optional<Boolean> connected,
    Optional<String> pid,
    String hostname,
    String webUiUrl,
    String role,
    Optional<String> principal,
    Duration failoverTimeout,
    Optional<Instant> registered,
    double cpus,
    double memMiB,
    List<TaskInfo> tasks,
    boolean completed) {
  public FrameworkInfo {
    tasks = List.copyOf(tasks);
  }

  /** The {@code host:port} part of the pid. */
  public Optional<HostPort> address() {
    return pid.map(p -> HostPort.parse(p.substring(p.indexOf('@') + 1), 5050));
  }
}
