package org.horai.chronos.flow;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.horai.api.jobs.Job;
import org.horai.api.jobs.JobView;
import org.horai.api.time.Deadline;
import org.horai.api.time.Waiter;
import org.horai.chronos.model.JobGraph;

/** Waits until a job and all jobs behind it have run once more. Made before the job is started. */
public final class ChainWatch {
  private final JobBook book;
  private final Set<String> chain = new LinkedHashSet<>();
  private final Map<String, JobView> before = new HashMap<>();

  /** Takes the counters from which new runs are told. */
  public ChainWatch(JobBook book, String root) {
    this.book = book;
    List<JobView> all = book.all();
    JobGraph graph = new JobGraph(all.stream().map(JobView::job).toList());
    Deque<String> open = new ArrayDeque<>(List.of(root));
    while (!open.isEmpty()) {
      String name = open.poll();
      if (chain.add(name)) {
        graph.childrenOf(name).stream()
            // A child with parents outside the chain may wait for those much longer.
            .filter(child -> !child.disabled() && chain.containsAll(child.parents()))
            .map(Job::name)
            .forEach(open::add);
      }
    }
    all.forEach(view -> before.put(view.job().name(), view));
  }

  /** The jobs of the chain after their runs; stops early when one failed. */
  public List<JobView> await(Consumer<String> progress, Deadline deadline) {
    String[] seen = {""};
    return Waiter.backingOff(Duration.ofMillis(200), Duration.ofSeconds(2))
        .await(
            "the run of " + String.join(", ", chain),
            deadline,
            () -> {
              List<JobView> now =
                  book.all().stream().filter(v -> chain.contains(v.job().name())).toList();
              long done = now.stream().filter(this::ranAgain).count();
              String line = done + " of " + chain.size() + " jobs ran";
              if (!line.equals(seen[0])) {
                seen[0] = line;
                progress.accept(line);
              }
              return done == chain.size() || failed(now) ? Optional.of(now) : Optional.empty();
            },
            () -> seen[0]);
  }

  /** True when a job failed more often than before. */
  public boolean failed(List<JobView> now) {
    return now.stream().anyMatch(v -> v.errors() > errorsBefore(v));
  }

  private boolean ranAgain(JobView view) {
    JobView old = before.get(view.job().name());
    return old == null || view.successes() > old.successes();
  }

  private long errorsBefore(JobView view) {
    JobView old = before.get(view.job().name());
    return old == null ? 0 : old.errors();
  }
}
