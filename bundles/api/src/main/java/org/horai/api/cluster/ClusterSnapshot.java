package org.horai.api.cluster;

import java.util.List;

/**
 * What the leading master said, at one moment.
 *
 * @param version of the leader, such as {@code 0.28.2}
 * @param frameworks registered ones, active or not
 * @param completed ended or torn down ones in the leader's memory
 */
public record ClusterSnapshot(
    String version,
    MasterAddress leader,
    List<AgentInfo> agents,
    List<FrameworkInfo> frameworks,
    List<FrameworkInfo> completed) {
  public ClusterSnapshot {
    agents = List.copyOf(agents);
    frameworks = List.copyOf(frameworks);
    completed = List.copyOf(completed);
  }

  /** All registered frameworks of that name, active or not. */
  public List<FrameworkInfo> named(String name) {
    return frameworks.stream().filter(f -> f.name().equals(name)).toList();
  }
}
