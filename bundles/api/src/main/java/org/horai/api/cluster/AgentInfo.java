package org.horai.api.cluster;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A registered Mesos agent as the leading master sees it.
 *
 * @param id changes when the agent lost its identity
 * @param address HTTP address from its pid
 * @param resources total, by name: cpus, mem (MiB), disk (MiB), ports (ranges as text)
 * @param used used part, same shape
 * @param attributes by name
 * @param registered when it last registered, by the master's clock; absent when not said
 */
public record AgentInfo(
    String id,
    String hostname,
    HostPort address,
    boolean active,
    String version,
    Map<String, String> resources,
    Map<String, String> used,
    Map<String, String> attributes,
    Optional<Instant> registered) {
  public AgentInfo {
    resources = Map.copyOf(resources);
    used = Map.copyOf(used);
    attributes = Map.copyOf(attributes);
  }

  /** An agent whose time of registration was not said. */
  public AgentInfo(
      String id,
      String hostname,
      HostPort address,
      boolean active,
      String version,
      Map<String, String> resources,
      Map<String, String> used,
      Map<String, String> attributes) {
    this(id, hostname, address, active, version, resources, used, attributes, Optional.empty());
  }
}
