package org.horai.api.jobs;

import java.util.List;
import java.util.Optional;
import org.horai.api.cluster.HostPort;

/**
 * What ZooKeeper holds of Chronos at one moment; the snapshot of concern {@code chronos}.
 *
 * @param candidates addresses standing for election, the leader first
 * @param storedFrameworkId the id it will register with
 * @param storedJobs names of the stored jobs
 */
public record SchedulerSnapshot(
    List<HostPort> candidates, Optional<String> storedFrameworkId, List<String> storedJobs) {
  public SchedulerSnapshot {
    candidates = List.copyOf(candidates);
    storedJobs = List.copyOf(storedJobs);
  }

  /** The first in the election, who leads. */
  public Optional<HostPort> leader() {
    return candidates.stream().findFirst();
  }
}
