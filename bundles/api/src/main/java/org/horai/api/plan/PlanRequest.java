package org.horai.api.plan;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.horai.api.cluster.ClusterSpec;

/**
 * What is to be planned.
 *
 * @param goal names the flow: {@code chronos.deploy}, {@code chronos.purge}, {@code agent.restart}
 * @param phases the phases that take part
 * @param options arguments of the flow, as text
 */
public record PlanRequest(
    ClusterSpec cluster, String goal, Set<Phase> phases, Map<String, String> options) {
  public PlanRequest {
    phases = Set.copyOf(phases);
    options = java.util.Collections.unmodifiableMap(new TreeMap<>(options));
  }

  /** What the command was given for an option, or the default. */
  public String option(String name, String defaultValue) {
    return options.getOrDefault(name, defaultValue);
  }
}
