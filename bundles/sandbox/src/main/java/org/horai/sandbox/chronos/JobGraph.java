package org.horai.sandbox.chronos;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The jobs that a leader knows, and which parent of which child has succeeded since the child last
 * started. Guarded by its owner's lock.
 */
final class JobGraph {

  /** From a job to one that waits for it. */
  record Edge(String parent, String child) {}

  private final Map<String, Job> jobs = new LinkedHashMap<>();
  private final Map<Edge, Long> successes = new HashMap<>();

  /** Those that a drawing shows: an edge that was posted is in it once its parent has succeeded. */
  private final Set<Edge> drawn = new LinkedHashSet<>();

  void clear() {
    jobs.clear();
    successes.clear();
    drawn.clear();
  }

  List<Edge> drawn() {
    return List.copyOf(drawn);
  }

  /** What was loaded is drawn as a whole. */
  void drawAll() {
    jobs.values().forEach(job -> job.parents().forEach(p -> drawn.add(new Edge(p, job.name()))));
  }

  Optional<Job> find(String name) {
    return Optional.ofNullable(jobs.get(name));
  }

  Collection<Job> all() {
    return List.copyOf(jobs.values());
  }

  void put(Job job) {
    jobs.put(job.name(), job);
    forget(e -> e.child().equals(job.name()) && !job.parents().contains(e.parent()));
  }

  private void forget(Predicate<Edge> which) {
    successes.keySet().removeIf(which);
    drawn.removeIf(which);
  }

  void remove(String name) {
    jobs.remove(name);
    forget(e -> e.child().equals(name) || e.parent().equals(name));
  }

  List<Job> children(String name) {
    return jobs.values().stream().filter(j -> j.parents().contains(name)).toList();
  }

  /** Whether the job would be among its own ancestors with these parents. */
  boolean closesCycle(String name, List<String> parents) {
    Deque<String> open = new ArrayDeque<>(parents);
    Set<String> seen = new HashSet<>();
    while (!open.isEmpty()) {
      String next = open.pop();
      if (next.equals(name)) {
        return true;
      }
      if (seen.add(next) && jobs.containsKey(next)) {
        open.addAll(jobs.get(next).parents());
      }
    }
    return false;
  }

  /** Counts one success and gives the children all of whose parents have now succeeded. */
  List<Job> succeeded(String parent) {
    List<Job> ready = new ArrayList<>();
    for (Job child : children(parent)) {
      Edge edge = new Edge(parent, child.name());
      drawn.add(edge);
      successes.merge(edge, 1L, Long::sum);
      boolean all =
          child.parents().stream()
              .allMatch(p -> successes.getOrDefault(new Edge(p, child.name()), 0L) > 0);
      if (all) {
        ready.add(child);
      }
    }
    return ready;
  }

  /** A started child waits for all its parents again. */
  void started(String child) {
    successes.keySet().removeIf(e -> e.child().equals(child));
  }
}
