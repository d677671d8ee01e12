package org.horai.chronos.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.horai.api.cluster.HostPort;
import org.horai.api.deployer.Instance;
import org.horai.api.deployer.Workload;

/**
 * Who is who: the instances that Marathon runs and the candidates that stand in ZooKeeper.
 *
 * @param candidates in order of their standing, the leader first
 */
public record Topology(List<ChronosInstance> instances, List<HostPort> candidates) {
  public Topology {
    instances = List.copyOf(instances);
    candidates = List.copyOf(candidates);
  }

  /**
   * Joins the two. An instance stands as {@code overlay address:port} when Marathon knows its
   * address, or as {@code host:host port} on the host's network; with one instance and one
   * candidate unmatched, they are the same.
   */
  public static Topology of(Optional<Workload> app, List<HostPort> candidates) {
    List<ChronosInstance> joined = new ArrayList<>();
    for (Instance task : app.map(Workload::instances).orElse(List.of())) {
      Optional<HostPort> candidate = candidates.stream().filter(standsAs(task)).findFirst();
      joined.add(join(task, candidate, candidates));
    }
    Set<HostPort> known =
        joined.stream().flatMap(i -> i.candidate().stream()).collect(Collectors.toSet());
    List<HostPort> unknown = candidates.stream().filter(c -> !known.contains(c)).toList();
    List<ChronosInstance> lone = joined.stream().filter(i -> i.candidate().isEmpty()).toList();
    if (unknown.size() == 1 && lone.size() == 1) {
      joined.replaceAll(
          i -> i == lone.get(0) ? join(i.task(), Optional.of(unknown.get(0)), candidates) : i);
    }
    return new Topology(joined, candidates);
  }

  private static ChronosInstance join(
      Instance task, Optional<HostPort> candidate, List<HostPort> candidates) {
    Optional<HostPort> endpoint =
        task.ports().stream().findFirst().map(port -> new HostPort(task.host(), port));
    boolean leads = candidate.isPresent() && candidate.get().equals(candidates.get(0));
    return new ChronosInstance(task, endpoint.or(() -> candidate), candidate, leads);
  }

  private static Predicate<HostPort> standsAs(Instance task) {
    return candidate ->
        task.addresses().contains(candidate.host())
            || (task.host().equals(candidate.host()) && task.ports().contains(candidate.port()));
  }

  public Optional<HostPort> leader() {
    return candidates.stream().findFirst();
  }

  public Optional<ChronosInstance> leading() {
    return instances.stream().filter(ChronosInstance::leader).findFirst();
  }

  /** Followers first, the leader last. */
  public List<ChronosInstance> replacementOrder() {
    return instances.stream()
        .sorted(Comparator.comparing(ChronosInstance::leader).thenComparing(i -> i.task().taskId()))
        .toList();
  }

  public boolean stands(Instance task) {
    return instances.stream()
        .anyMatch(i -> i.task().taskId().equals(task.taskId()) && i.candidate().isPresent());
  }
}
