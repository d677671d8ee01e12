package org.horai.chronos.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.horai.api.jobs.Job;

/** The jobs and who waits for whom. Immutable. */
public final class JobGraph {
  private final Map<String, Job> jobs = new TreeMap<>();
  private final Map<String, List<String>> children = new TreeMap<>();

  public JobGraph(Collection<Job> all) {
    all.forEach(job -> jobs.put(job.name(), job));
    for (Job job : jobs.values()) {
      job.parents()
          .forEach(p -> children.computeIfAbsent(p, k -> new ArrayList<>()).add(job.name()));
    }
  }

  public List<Job> childrenOf(String name) {
    return children.getOrDefault(name, List.of()).stream().map(jobs::get).toList();
  }

  /** Parents named by a job that are not there. */
  public List<String> missingParents(Job job) {
    return job.parents().stream().filter(parent -> !jobs.containsKey(parent)).toList();
  }

  /** The cycle a job would close if it were put: {@code a -> b -> a}; empty when there is none. */
  public Optional<List<String>> cycleThrough(Job job) {
    Map<String, List<String>> parents = new HashMap<>();
    jobs.values().forEach(j -> parents.put(j.name(), j.parents()));
    parents.put(job.name(), job.parents());
    Deque<List<String>> paths = new ArrayDeque<>();
    paths.push(List.of(job.name()));
    Set<String> seen = new LinkedHashSet<>();
    while (!paths.isEmpty()) {
      List<String> path = paths.pop();
      for (String parent : parents.getOrDefault(path.get(path.size() - 1), List.of())) {
        List<String> longer = new ArrayList<>(path);
        longer.add(parent);
        if (parent.equals(job.name())) {
          return Optional.of(List.copyOf(longer));
        }
        if (seen.add(parent)) {
          paths.push(longer);
        }
      }
    }
    return Optional.empty();
  }

  /** All jobs so that parents come before their children; jobs of a cycle come last. */
  public List<Job> parentsFirst() {
    Map<String, Job> ordered = new LinkedHashMap<>();
    boolean progress = true;
    while (progress) {
      progress = false;
      for (Job job : jobs.values()) {
        boolean ready =
            job.parents().stream().allMatch(p -> ordered.containsKey(p) || !jobs.containsKey(p));
        if (ready && ordered.putIfAbsent(job.name(), job) == null) {
          progress = true;
        }
      }
    }
    jobs.forEach(ordered::putIfAbsent);
    return List.copyOf(ordered.values());
  }

  /** One line per job, children indented below each of their parents. */
  public List<String> tree() {
    List<String> lines = new ArrayList<>();
    jobs.values().stream()
        .filter(job -> job.parents().stream().noneMatch(jobs::containsKey))
        .sorted(Comparator.comparing(Job::name))
        .forEach(root -> branch(root, "", new LinkedHashSet<>(), lines));
    return lines;
  }

  private void branch(Job job, String indent, Set<String> above, List<String> lines) {
    String others =
        job.parents().size() > 1 ? "  (after " + String.join(", ", job.parents()) + ")" : "";
    lines.add(indent + job.name() + job.schedule().map(s -> "  " + s).orElse(others));
    if (above.add(job.name())) {
      childrenOf(job.name()).forEach(child -> branch(child, indent + "  ", above, lines));
      above.remove(job.name());
    }
  }

  /** Graphviz text. */
  public String dot() {
    StringBuilder dot = new StringBuilder("digraph jobs {\n");
    jobs.keySet().forEach(name -> dot.append("  ").append(quoted(name)).append(";\n"));
    jobs.values()
        .forEach(
            job ->
                job.parents()
                    .forEach(
                        p ->
                            dot.append("  ")
                                .append(quoted(p))
                                .append(" -> ")
                                .append(quoted(job.name()))
                                .append(";\n")));
    return dot.append("}").toString();
  }

  private static String quoted(String name) {
    return '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
