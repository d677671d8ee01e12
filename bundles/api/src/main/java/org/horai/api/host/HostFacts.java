package org.horai.api.host;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one host said at one moment.
 *
 * @param problem why nothing is known, when the host could not be asked
 * @param probes output by probe id
 * @param resources states by stage name and resource id, joined by {@code #}
 */
public record HostFacts(
    String host,
    Optional<String> problem,
    Map<String, ProbeOutput> probes,
    Map<String, ResourceState> resources) {
  public HostFacts {
    probes = Map.copyOf(probes);
    resources = Map.copyOf(resources);
  }

  /** Of a host that could not be asked. */
  public static HostFacts unreachable(String host, String problem) {
    return new HostFacts(host, Optional.of(problem), Map.of(), Map.of());
  }

  /** How the state of a resource is found in {@link #resources}. */
  public static String key(HostStage stage, Resource resource) {
    return stage.stage() + "#" + resource.id();
  }

  /** What a probe printed and how it ended; empty when it was not asked. */
  public Optional<ProbeOutput> probe(String id) {
    return Optional.ofNullable(probes.get(id));
  }

  /** What a probe printed; "" when it was not asked or failed. */
  public String text(String id) {
    return probe(id).filter(ProbeOutput::ok).map(ProbeOutput::stdout).orElse("");
  }

  /**
   * The part of a stage that is not as wanted; empty when all is. Resources never checked count as
   * not as wanted. A pending resource keeps its place, so triggers inside the stage still work.
   */
  public Optional<HostStage> pending(HostStage stage) {
    List<Resource> open =
        stage.resources().stream().filter(resource -> isPending(stage, resource)).toList();
    return open.isEmpty() ? Optional.empty() : Optional.of(stage.with(open));
  }

  private boolean isPending(HostStage stage, Resource resource) {
    ResourceState state = resources.get(key(stage, resource));
    return state == null
        || state.status() == ResourceState.Status.CHANGED
        || state.status() == ResourceState.Status.FAILED;
  }
}
