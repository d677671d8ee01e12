package org.horai.api.cluster;

import java.util.Map;

/**
 * A registered Mesos agent as the leading master sees it.
 *
 * @param id changes when the agent lost its identity
 * @param address HTTP address from its pid
 * @param resources total, by name: cpus, mem (MiB), disk (MiB), ports (ranges as text)
 * @param used used part, same shape
 * @param attributes by name
 */
public record AgentInfo(
    String id,
    String hostname,
    HostPort address,
    boolean active,
    String version,
    Map<String, String> resources,
    Map<String, String> used,
    Map<String, String> attributes) {
  public AgentInfo {
    resources = Map.copyOf(resources);
    used = Map.copyOf(used);
    attributes = Map.copyOf(attributes);
  }
}
