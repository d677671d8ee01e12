package org.horai.api.deployer;

import java.util.List;

/** What Marathon said at one moment; the snapshot of concern {@code marathon}. */
public record DeployerSnapshot(MarathonDialect dialect, List<Workload> workloads) {
  public DeployerSnapshot {
    workloads = List.copyOf(workloads);
  }

  /** The app of that absolute id, if Marathon has it. */
  public java.util.Optional<Workload> find(String appId) {
    return workloads.stream().filter(w -> w.id().equals(appId)).findFirst();
  }
}
