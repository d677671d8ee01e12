package org.horai.api.deployer;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An app as it is.
 *
 * @param version of its definition
 * @param wantedInstances how many there should be
 * @param deployments ids of deployments that hold it locked
 * @param lastFailure message of the last failed task
 * @param definition its JSON as sent by Marathon, in JDK types
 */
public record Workload(
    String id,
    String version,
    int wantedInstances,
    List<Instance> instances,
    List<String> deployments,
    Optional<String> lastFailure,
    Map<String, Object> definition) {
  public Workload {
    instances = List.copyOf(instances);
    deployments = List.copyOf(deployments);
  }

  /** How many instances run. */
  public long running() {
    return instances.stream().filter(Instance::running).count();
  }

  /** How many instances run and are healthy. */
  public long healthy() {
    return instances.stream().filter(i -> i.running() && i.healthy().orElse(false)).count();
  }

  /** Deploying, Suspended, Waiting or Running, as Marathon's own pages call it. */
  public String state() {
    if (!deployments.isEmpty()) {
      return "Deploying";
    }
    if (wantedInstances == 0 && running() == 0) {
      return "Suspended";
    }
    return running() < wantedInstances ? "Waiting" : "Running";
  }
}
