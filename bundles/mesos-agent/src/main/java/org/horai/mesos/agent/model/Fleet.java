package org.horai.mesos.agent.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.horai.api.cluster.ClusterSnapshot;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.cluster.Host;
import org.horai.api.host.HostFacts;
import org.horai.api.host.HostProbes;

/**
 * All agents of a cluster.
 *
 * @param overlay the flags the overlay needs
 */
public record Fleet(ClusterSpec cluster, Map<String, String> overlay) {

  /** What the hosts must be asked. */
  public List<HostProbes> probes(Predicate<Host> chosen) {
    Set<String> further = new java.util.TreeSet<>(overlay.keySet());
    further.addAll(cluster.agent().flags().keySet());
    return cluster.inventory().agents().stream()
        .filter(chosen)
        .map(
            host ->
                new HostProbes(
                    host.name(), List.of(FlagFiles.probe(cluster.agent(), further)), List.of()))
        .toList();
  }

  /**
   * What each agent needs, in the order of the inventory.
   *
   * @param mesos the leading master's view, if it could be asked
   * @param flags running ones by host name
   * @param forced true to restart also those that need none
   */
  public List<AgentNeed> needs(
      Predicate<Host> chosen,
      Map<String, HostFacts> facts,
      Optional<ClusterSnapshot> mesos,
      Map<String, Map<String, String>> flags,
      boolean forced) {
    return cluster.inventory().agents().stream()
        .filter(chosen)
        .map(host -> AgentNow.of(host, cluster.agent(), facts(facts, host), mesos, flags))
        .map(now -> AgentNeed.of(now, WantedFlags.of(cluster.agent(), overlay, now), forced))
        .toList();
  }

  private static HostFacts facts(Map<String, HostFacts> facts, Host host) {
    return facts.getOrDefault(host.name(), HostFacts.unreachable(host.name(), "not asked"));
  }

  /** The snapshot of running flags, checked: it may come from another version of this bundle. */
  public static Map<String, Map<String, String>> flags(Optional<?> snapshot) {
    Map<String, Map<String, String>> flags = new LinkedHashMap<>();
    if (snapshot.isPresent() && snapshot.get() instanceof Map<?, ?> hosts) {
      hosts.forEach(
          (host, values) -> {
            if (values instanceof Map<?, ?> map) {
              Map<String, String> copy = new LinkedHashMap<>();
              map.forEach((flag, value) -> copy.put(String.valueOf(flag), String.valueOf(value)));
              flags.put(String.valueOf(host), copy);
            }
          });
    }
    return flags;
  }
}
