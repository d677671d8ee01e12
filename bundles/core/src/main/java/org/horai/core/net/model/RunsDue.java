package org.horai.core.net.model;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.horai.api.jobs.JobView;

/**
 * How far a scheduled job had got at one moment.
 *
 * @param next when its next run is due
 * @param runs that ended so far, well or not
 */
public record RunsDue(String job, Instant next, Duration period, long runs) {

  /** Empty for a job without a plain schedule of days or less, and for one that is disabled. */
  public static Optional<RunsDue> of(JobView view) {
    String[] parts = view.job().schedule().orElse("").split("/", -1);
    if (parts.length != 3
        || view.nextRun().isEmpty()
        || Boolean.TRUE.equals(view.job().fields().get("disabled"))) {
      return Optional.empty();
    }
    try {
      Duration period = Duration.parse(parts[2]);
      return period.isNegative() || period.isZero()
          ? Optional.empty()
          : Optional.of(
              new RunsDue(
                  view.job().name(),
                  view.nextRun().get(),
                  period,
                  view.successes() + view.errors()));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Runs that were due between the two moments and did not end; one may still be going on. */
  public long missing(RunsDue later) {
    long due =
        Math.round((double) Duration.between(next, later.next).toMillis() / period.toMillis());
    return Math.max(0, due - (later.runs - runs));
  }
}
