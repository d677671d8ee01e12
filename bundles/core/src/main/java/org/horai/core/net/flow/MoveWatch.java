package org.horai.core.net.flow;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.jobs.JobScheduler;
import org.horai.api.jobs.JobView;
import org.horai.api.plan.Statement;
import org.horai.api.service.OwnThreads;
import org.horai.api.time.Deadline;
import org.horai.api.time.Waiter;
import org.horai.core.net.model.RunsDue;

/**
 * Asks Chronos for its jobs again and again while a cluster moves. Its thread ends with {@link
 * #close}, or by itself after two hours.
 */
public final class MoveWatch implements AutoCloseable {
  private static final Duration LONGEST = Duration.ofHours(2);
  private static final Duration ONE_ANSWER = Duration.ofSeconds(10);
  private static final Duration SETTLE = Duration.ofSeconds(15);
  private static final long PAUSE_MILLIS = 250;

  private final ClusterSpec cluster;
  private final Supplier<JobScheduler> scheduler;
  private final Map<String, RunsDue> before = new HashMap<>();
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread;
  private volatile long longestGapNanos;

  private MoveWatch(ClusterSpec cluster, Supplier<JobScheduler> scheduler) {
    this.cluster = cluster;
    this.scheduler = scheduler;
    this.thread = new OwnThreads("net-watch").newThread(this::run);
  }

  /**
   * Looks once and begins. Blocking until the first answer.
   *
   * @param scheduler gives null while no bundle brings one
   */
  public static MoveWatch begin(
      ClusterSpec cluster, Supplier<JobScheduler> scheduler, Deadline deadline) {
    MoveWatch watch = new MoveWatch(cluster, scheduler);
    watch.marks(deadline).forEach(mark -> watch.before.put(mark.job(), mark));
    watch.thread.start();
    return watch;
  }

  private List<RunsDue> marks(Deadline deadline) {
    JobScheduler present = scheduler.get();
    if (present == null) {
      throw new HoraiException(
          CommonErrors.PROVIDER_GONE,
          "no job scheduler is installed",
          "bundle chronos brings it",
          "platform:start chronos");
    }
    List<RunsDue> marks = new ArrayList<>();
    for (JobView view : present.list(cluster, deadline)) {
      RunsDue.of(view).ifPresent(marks::add);
    }
    return marks;
  }

  private void run() {
    Deadline end = Deadline.after(LONGEST);
    long last = System.nanoTime();
    try {
      while (!end.expired() && !stop.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
        if (answers()) {
          long now = System.nanoTime();
          longestGapNanos = Math.max(longestGapNanos, now - last);
          last = now;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean answers() throws InterruptedException {
    try {
      marks(Deadline.after(ONE_ANSWER));
      return true;
    } catch (HoraiException e) {
      if (e.code().equals(CommonErrors.INTERRUPTED)) {
        throw new InterruptedException();
      }
      return false;
    }
  }

  /** What it saw. Blocking: gives runs that are just going on some seconds to end. */
  public List<Statement> result(Deadline deadline) {
    Map<String, Long> missing = new HashMap<>();
    try {
      Waiter.every(Duration.ofMillis(PAUSE_MILLIS))
          .until(
              "runs that are due to end",
              deadline.atMost(SETTLE),
              () -> look(missing, deadline) == 0,
              () -> missing.toString());
    } catch (HoraiException e) {
      if (!e.code().equals(CommonErrors.TIMED_OUT)) {
        throw e;
      }
    }
    long missed = missing.values().stream().mapToLong(Long::longValue).sum();
    return List.of(
        new Statement(
            "longest-gap",
            true,
            "the longest time without an answer of the API was "
                + longestGapNanos / 1_000_000
                + " ms",
            "asked every " + PAUSE_MILLIS + " ms"),
        new Statement(
            "no-missed-runs",
            missed == 0,
            missed + " runs of " + before.size() + " scheduled jobs were missed",
            missed == 0 ? "due and ended runs were counted" : missing.toString()));
  }

  private long look(Map<String, Long> missing, Deadline deadline) {
    for (RunsDue now : marks(deadline)) {
      RunsDue then = before.get(now.job());
      if (then != null) {
        missing.merge(now.job(), then.missing(now), Math::min);
      }
    }
    return missing.values().stream().mapToLong(Long::longValue).sum();
  }

  @Override
  public void close() {
    stop.countDown();
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(5).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
