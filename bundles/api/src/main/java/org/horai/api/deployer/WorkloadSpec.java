package org.horai.api.deployer;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.horai.api.network.WorkloadAttachment;

/**
 * A wanted Marathon app, free of any version's JSON.
 *
 * @param id absolute, such as {@code /chronos}
 * @param command run by {@code /bin/sh -c}
 * @param containerPorts ports inside the container; each gets a random host port
 * @param constraints such as {@code [hostname, UNIQUE]}
 * @param minimumHealthCapacity share of instances that must stay healthy in a change
 * @param maximumOverCapacity share of instances that may run besides
 */
public record WorkloadSpec(
    String id,
    int instances,
    double cpus,
    int memMiB,
    String command,
    String image,
    Map<String, String> environment,
    WorkloadAttachment network,
    List<Integer> containerPorts,
    HealthCheck health,
    List<List<String>> constraints,
    double minimumHealthCapacity,
    double maximumOverCapacity,
    Map<String, String> labels) {
  public WorkloadSpec {
    environment = Map.copyOf(environment);
    containerPorts = List.copyOf(containerPorts);
    constraints = List.copyOf(constraints);
    labels = Map.copyOf(labels);
  }

  /** An HTTP health check made by the leading Marathon against the first port. */
  public record HealthCheck(
      String path, Duration grace, Duration interval, Duration timeout, int maxFailures) {}
}
