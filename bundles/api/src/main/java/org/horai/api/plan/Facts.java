package org.horai.api.plan;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.horai.api.host.HostFacts;

/**
 * Everything known when a plan is made.
 *
 * @param services snapshots by concern, of api and JDK types only
 * @param problems why a snapshot is missing, by concern
 */
public record Facts(
    Instant taken,
    Map<String, HostFacts> hosts,
    Map<String, Object> services,
    Map<String, String> problems) {
  public Facts {
    hosts = Map.copyOf(hosts);
    services = Map.copyOf(services);
    problems = Map.copyOf(problems);
  }

  /** What that host said; a problem when it was not asked. */
  public HostFacts host(String name) {
    return Objects.requireNonNullElseGet(
        hosts.get(name), () -> HostFacts.unreachable(name, "not asked"));
  }

  /** The snapshot of a concern if it was taken and is of that type. */
  public <T> Optional<T> service(String concern, Class<T> type) {
    Object value = services.get(concern);
    return type.isInstance(value) ? Optional.of(type.cast(value)) : Optional.empty();
  }
}
