package org.horai.chronos.flow;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.cluster.Host;
import org.horai.api.cluster.HostPort;
import org.horai.api.host.HostFacts;
import org.horai.api.host.HostProbes;
import org.horai.api.host.Probe;
import org.horai.api.time.Deadline;

/**
 * Who reaches whom: every master and every host that runs an instance dials every instance at the
 * address it stands for election with. Read-only.
 */
public final class Pairs {
  private static final String PROBE = "chronos.pair.";

  private final ChronosAccess chronos;

  public Pairs(ChronosAccess chronos) {
    this.chronos = chronos;
  }

  /**
   * What was seen.
   *
   * @param asked all pairs
   * @param unreached those that did not talk: {@code agent-1 -> 10.32.1.3:8081}
   */
  public record Seen(int asked, List<String> unreached) {}

  /** Dials; blocking: one exec per host. */
  public Seen look(Deadline deadline) {
    ClusterSpec cluster = chronos.cluster();
    List<HostPort> instances = chronos.dialled(chronos.topology(deadline), deadline);
    List<Probe> probes = new ArrayList<>();
    for (int i = 0; i < instances.size(); i++) {
      probes.add(Dial.probe(PROBE + i, instances.get(i)));
    }
    Set<Host> hosts = new LinkedHashSet<>(cluster.inventory().masters());
    chronos
        .app(deadline)
        .ifPresent(
            app ->
                app.instances().stream()
                    .flatMap(task -> cluster.inventory().byNameOrAddress(task.host()).stream())
                    .forEach(hosts::add));
    Map<String, HostFacts> answers =
        chronos
            .services()
            .hosts()
            .inspect(
                cluster,
                hosts.stream().map(h -> new HostProbes(h.name(), probes, List.of())).toList(),
                deadline);
    List<String> unreached = new ArrayList<>();
    for (Host host : hosts) {
      for (int i = 0; i < instances.size(); i++) {
        HostFacts said = answers.get(host.name());
        if (said == null || said.probe(PROBE + i).filter(p -> p.ok()).isEmpty()) {
          unreached.add(host.name() + " -> " + instances.get(i));
        }
      }
    }
    return new Seen(hosts.size() * instances.size(), unreached);
  }
}
