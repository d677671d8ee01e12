package org.horai.chronos.flow;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.horai.api.HoraiException;
import org.horai.api.jobs.Job;
import org.horai.api.jobs.JobView;
import org.horai.api.time.Deadline;
import org.horai.api.time.Waiter;
import org.horai.chronos.client.ChronosClient;
import org.horai.chronos.client.ChronosRecords;
import org.horai.chronos.model.Observation;

/**
 * Proves by effect: puts a job that is due in a century, starts it now, waits for its success and
 * takes it away again.
 */
public final class Canary {
  private static final String NAME = ChronosRecords.CANARY;
  private static final Job JOB =
      new Job(
          NAME,
          Map.of(
              "name",
              NAME,
              "schedule",
              "R1/2100-01-01T00:00:00Z/P1D",
              "command",
              "true",
              "description",
              "proves that jobs run; safe to delete",
              "owner",
              "",
              "cpus",
              0.1,
              "mem",
              32,
              "retries",
              0));

  private final ChronosAccess chronos;

  public Canary(ChronosAccess chronos) {
    this.chronos = chronos;
  }

  public Observation.Canary fly(Deadline deadline) {
    ChronosClient leader = chronos.leader(deadline);
    try {
      if (leader.jobs(deadline).stream().anyMatch(Canary::isOne)) {
        // One that a killed program left behind would keep its counters.
        leader.delete(NAME, deadline);
      }
      leader.put(JOB, deadline);
      long started = System.nanoTime();
      leader.run(NAME, deadline);
      JobView run =
          Waiter.backingOff(Duration.ofMillis(100), Duration.ofSeconds(1))
              .await(
                  "the canary job to succeed",
                  deadline,
                  () -> ended(leader.jobs(deadline)),
                  () -> "it neither succeeded nor failed");
      long took = (System.nanoTime() - started) / 1_000_000;
      long millis = chronos.services().tap().millis("canary job", took);
      return run.successes() > 0
          ? new Observation.Canary(true, String.format("it succeeded after %.1f s", millis / 1e3))
          : new Observation.Canary(false, "it failed");
    } catch (HoraiException e) {
      return new Observation.Canary(false, e.getMessage());
    } finally {
      remove(leader);
    }
  }

  private static Optional<JobView> ended(List<JobView> jobs) {
    return jobs.stream()
        .filter(Canary::isOne)
        .filter(view -> view.successes() + view.errors() > 0)
        .findFirst();
  }

  private static boolean isOne(JobView view) {
    return view.job().name().equals(NAME);
  }

  private static void remove(ChronosClient leader) {
    try {
      leader.delete(NAME, Deadline.after(Duration.ofSeconds(5)));
    } catch (HoraiException e) {
      // It stays behind disabled; the next canary replaces it.
      org.slf4j.LoggerFactory.getLogger(Canary.class)
          .warn("canary not removed: {}", e.getMessage());
    }
  }
}
