package org.horai.core.host;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.host.HostFacts;
import org.horai.api.host.HostInspector;
import org.horai.api.host.HostProbes;
import org.horai.api.recording.Tap;
import org.horai.api.secret.Secret;
import org.horai.api.secret.SecretRef;
import org.horai.api.time.Deadline;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Asks all hosts at the same time, each by one exec. */
@Component
public final class ParallelHostInspector implements HostInspector {
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile Tap tap;

  private final HostRunner hosts;
  private final WorkerPool pool;

  @Activate
  public ParallelHostInspector(@Reference HostRunner hosts, @Reference WorkerPool pool) {
    this.hosts = hosts;
    this.pool = pool;
  }

  @Override
  public Map<String, HostFacts> inspect(
      ClusterSpec cluster, List<HostProbes> questions, Deadline deadline) {
    return Tap.of(tap).hosts(this::ask).inspect(cluster, questions, deadline);
  }

  @Override
  public void prepare(ClusterSpec cluster, Deadline deadline) {
    if (!Tap.of(tap).playing()) {
      pool.submit(Executors.callable(() -> hosts.prepare(cluster, deadline)));
    }
  }

  private Map<String, HostFacts> ask(
      ClusterSpec cluster, List<HostProbes> questions, Deadline deadline) {
    List<HostProbes> perHost = merged(questions);
    if (perHost.isEmpty()) {
      return Map.of();
    }
    hosts.connector();
    Map<SecretRef, Secret> secrets =
        hosts.secretsOf(perHost.stream().flatMap(asked -> asked.checks().stream()));
    List<Callable<HostFacts>> tasks =
        perHost.stream()
            .map(asked -> (Callable<HostFacts>) () -> ask(cluster, asked, secrets, deadline))
            .toList();
    return pool.all(tasks, 0, () -> true).stream()
        .collect(Collectors.toMap(HostFacts::host, facts -> facts));
  }

  private HostFacts ask(
      ClusterSpec cluster,
      HostProbes questions,
      Map<SecretRef, Secret> secrets,
      Deadline deadline) {
    return cluster
        .inventory()
        .host(questions.host())
        .map(host -> hosts.ask(host, questions, secrets, deadline))
        .orElseGet(() -> HostFacts.unreachable(questions.host(), "not in the inventory"));
  }

  private static List<HostProbes> merged(List<HostProbes> questions) {
    Map<String, List<HostProbes>> byHost =
        questions.stream()
            .collect(
                Collectors.groupingBy(HostProbes::host, LinkedHashMap::new, Collectors.toList()));
    List<HostProbes> merged = new ArrayList<>();
    byHost.forEach(
        (host, asked) -> merged.add(asked.size() == 1 ? asked.get(0) : merged(host, asked)));
    return merged;
  }

  private static HostProbes merged(String host, List<HostProbes> asked) {
    return new HostProbes(
        host,
        distinct(asked.stream().flatMap(a -> a.probes().stream()).toList()),
        distinct(asked.stream().flatMap(a -> a.checks().stream()).toList()));
  }

  private static <T> List<T> distinct(List<T> values) {
    return List.copyOf(new LinkedHashSet<>(values));
  }
}
