package org.horai.sandbox.chronos;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.horai.sandbox.chronos.TaskBoard.TaskId;

/**
 * What a leader does: fires schedules, launches tasks, counts their ends and starts the children.
 * Nothing happens on its own: {@link #tick()} must be called often. Thread-safe.
 */
final class JobScheduler {

  private static final int MAX_SKIPS = 100_000;
  private static final DateTimeFormatter WITH_MILLIS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  private record Retry(Instant when, TaskId task) {}

  private final ChronosFlags flags;
  private final ChronosStore store;
  private final JobFormat format;
  private final Clock clock;
  private final JobGraph graph = new JobGraph();
  private final TaskBoard tasks = new TaskBoard();
  private final JobStats stats = new JobStats();
  private final List<Retry> retries = new ArrayList<>();
  private Optional<SchedulerDriver.Registration> registration = Optional.empty();

  JobScheduler(ChronosFlags flags, ChronosStore store, JobFormat format, Clock clock) {
    this.flags = flags;
    this.store = store;
    this.format = format;
    this.clock = clock;
  }

  /** Reads the jobs; a job with a parent that is not there stays in ZooKeeper and is not known. */
  synchronized void load() throws IOException {
    List<Job> stored = new ArrayList<>(store.load(format));
    stored.sort(Comparator.comparing(Job::name));
    stored.stream().filter(Job::isScheduled).forEach(graph::put);
    List<Job> waiting = new ArrayList<>(stored.stream().filter(j -> !j.isScheduled()).toList());
    boolean more = true;
    while (more) {
      more =
          waiting.removeIf(
              job -> {
                boolean complete = job.parents().stream().allMatch(p -> graph.find(p).isPresent());
                if (complete) {
                  graph.put(job);
                }
                return complete;
              });
    }
    graph.drawAll();
  }

  synchronized void clear() {
    graph.clear();
    tasks.clear();
    stats.clear();
    retries.clear();
    registration = Optional.empty();
  }

  synchronized void connected(SchedulerDriver.Registration with) {
    registration = Optional.of(with);
  }

  synchronized void disconnected() {
    registration = Optional.empty();
  }

  synchronized Collection<Job> jobs() {
    return graph.all();
  }

  synchronized Optional<Job> find(String name) {
    return graph.find(name);
  }

  synchronized List<Job> children(String name) {
    return graph.children(name);
  }

  synchronized List<JobGraph.Edge> edges() {
    return graph.drawn();
  }

  synchronized boolean closesCycle(String name, List<String> parents) {
    return graph.closesCycle(name, parents);
  }

  synchronized String state(String job) {
    return tasks.state(job);
  }

  JobStats stats() {
    return stats;
  }

  /** Creates or replaces a job; one with an unknown parent is stored but not known. */
  synchronized void put(Job job) throws IOException {
    store.persist(job);
    if (job.parents().stream().allMatch(p -> graph.find(p).isPresent())) {
      graph.put(job);
    }
  }

  /** Deletes a job and turns its children into what Chronos makes of them. */
  synchronized void delete(Job job) throws IOException {
    for (Job child : graph.children(job.name())) {
      Job changed;
      if (job.isScheduled()) {
        changed = format.orphaned(child, job);
      } else {
        List<String> parents = new ArrayList<>(child.parents());
        parents.remove(job.name());
        job.parents().stream().filter(p -> !parents.contains(p)).forEach(parents::add);
        changed = child.withParents(parents);
      }
      graph.put(changed);
      store.persist(changed);
    }
    graph.remove(job.name());
    tasks.forget(job.name());
    retries.removeIf(r -> r.task().job().equals(job.name()));
    killTasks(job.name());
    store.remove(job.name());
  }

  /** Runs a job now, whatever its schedule says. */
  synchronized void runNow(Job job, String arguments) {
    enqueue(job, clock.instant(), 0, arguments);
    launchQueued();
  }

  synchronized void killTasks(String job) {
    tasks.forget(job);
    registration.ifPresent(r -> tasks.running(job).forEach(r::kill));
  }

  /** Counts a success that no task of ours had, and starts the children. */
  synchronized void markSuccessful(Job job) throws IOException {
    succeed(job);
    launchQueued();
  }

  /** Fires what is due and launches what waits. */
  synchronized void tick() throws IOException {
    Instant now = clock.instant();
    for (Job job : graph.all()) {
      if (job.isScheduled() && !job.flag("disabled")) {
        Optional<Schedule> schedule = job.schedule(now);
        if (schedule.isPresent() && schedule.get().isDue(now)) {
          fire(job, schedule.get(), now);
        }
      }
    }
    for (Retry retry : List.copyOf(retries)) {
      if (!retry.when().isAfter(now)) {
        retries.remove(retry);
        graph.find(retry.task().job()).ifPresent(job -> tasks.enqueue(retry.task()));
      }
    }
    launchQueued();
  }

  private void fire(Job job, Schedule schedule, Instant now) throws IOException {
    Instant due = schedule.start().toInstant();
    if (flags.version().isThree() || !due.plus(epsilon(job)).isBefore(now)) {
      enqueue(job, due, 0, "");
    }
    Schedule next = schedule.advanced();
    for (int skips = 0; next.isDue(now); skips++) {
      if (skips == MAX_SKIPS || !next.start().isAfter(schedule.start())) {
        next = new Schedule(next.recurrences(), now.atZone(next.start().getZone()), next.period());
        next = next.advanced();
        break;
      }
      next = next.advanced();
    }
    Job moved = job.with("schedule", next.text());
    if (next.recurrences() == 0 && !tasks.isQueued(job.name())) {
      moved = moved.with("disabled", true);
    }
    graph.put(moved);
    store.persist(moved);
  }

  private static Duration epsilon(Job job) {
    try {
      return Duration.parse(job.text("epsilon"));
    } catch (DateTimeParseException e) {
      return Duration.ofMinutes(1);
    }
  }

  private void enqueue(Job job, Instant due, int attempt, String arguments) {
    boolean busy = tasks.isQueued(job.name()) || !tasks.running(job.name()).isEmpty();
    if (busy && !job.flag("concurrent")) {
      return;
    }
    tasks.enqueue(new TaskId(due.toEpochMilli(), attempt, job.name(), arguments));
  }

  private void launchQueued() {
    if (registration.isEmpty()) {
      return;
    }
    for (TaskId task : tasks.queued()) {
      Optional<Job> job = graph.find(task.job());
      if (job.isEmpty()) {
        tasks.forget(task.job());
      } else if (registration.get().launch(TaskBoard.spec(job.get(), task)).isPresent()) {
        tasks.launched(task);
      }
    }
  }

  /** Takes a task's new state in, also one that an earlier leader launched. */
  synchronized void update(TaskUpdate update) throws IOException {
    Optional<TaskId> task = TaskId.parse(update.taskId());
    Optional<Job> job = task.flatMap(t -> graph.find(t.job()));
    if (!update.isTerminal()) {
      job.ifPresent(j -> tasks.running(update.taskId(), task.get()));
      job.ifPresent(j -> graph.started(j.name()));
      return;
    }
    tasks.ended(update.taskId());
    if (job.isEmpty()) {
      return;
    }
    switch (update.state()) {
      case TASK_FINISHED -> {
        stats.add(job.get().name(), Math.max(0, clock.millis() - (double) task.get().dueMillis()));
        succeed(job.get());
      }
      case TASK_FAILED, TASK_LOST -> fail(job.get(), task.get());
      case TASK_KILLED, TASK_RUNNING -> {
        // a kill on request counts neither way
      }
    }
    launchQueued();
  }

  private void succeed(Job job) throws IOException {
    Job done =
        normalised(job)
            .with("successCount", job.number("successCount") + 1)
            .with("errorsSinceLastSuccess", 0)
            .with("lastSuccess", WITH_MILLIS.format(clock.instant()));
    if (done.schedule(clock.instant()).map(s -> s.recurrences() == 0).orElse(false)) {
      done = done.with("disabled", true);
    }
    graph.put(done);
    store.persist(done);
    startChildren(done);
  }

  private Job normalised(Job job) {
    return job.isScheduled()
        ? job.schedule(clock.instant()).map(s -> job.with("schedule", s.text())).orElse(job)
        : job;
  }

  private void startChildren(Job parent) {
    for (Job child : graph.succeeded(parent.name())) {
      if (!child.flag("disabled")) {
        enqueue(child, clock.instant(), 0, "");
      }
    }
  }

  private void fail(Job job, TaskId task) throws IOException {
    boolean hadSuccessSince = !job.text("lastError").isEmpty() && job.status().equals("success");
    if (task.attempt() < job.number("retries")
        && (job.text("lastError").isEmpty() || hadSuccessSince)) {
      Instant when = clock.instant().plus(flags.failureRetry());
      retries.add(
          new Retry(
              when,
              new TaskId(when.toEpochMilli(), task.attempt() + 1, task.job(), task.arguments())));
      return;
    }
    long errors = job.number("errorsSinceLastSuccess") + 1;
    Job failed =
        normalised(job)
            .with("errorCount", job.number("errorCount") + 1)
            .with("errorsSinceLastSuccess", errors)
            .with("lastError", WITH_MILLIS.format(clock.instant()));
    if (flags.disableAfterFailures() > 0 && errors >= flags.disableAfterFailures()) {
      failed = failed.with("disabled", true);
    }
    graph.put(failed);
    store.persist(failed);
    if (failed.flag("softError")) {
      startChildren(failed);
    }
  }
}
