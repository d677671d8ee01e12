package org.horai.api.jobs;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A job with what its scheduler says of it.
 *
 * @param status fresh, success or failure
 * @param state idle, queued or running
 * @param nextRun start of the schedule, for scheduled jobs
 */
public record JobView(
    Job job,
    String status,
    String state,
    long successes,
    long errors,
    Optional<Instant> lastSuccess,
    Optional<Instant> lastError,
    Optional<Instant> nextRun) {

  /** Fields of a job's JSON that belong to the server: counters and times, never definitions. */
  public static final Set<String> SERVER_FIELDS =
      Set.of("successCount", "errorCount", "errorsSinceLastSuccess", "lastSuccess", "lastError");

  /**
   * Reads what any Chronos sends for a job. The state is not part of that JSON; it is "" until it
   * is known from elsewhere.
   */
  public static JobView parse(Map<String, Object> json) {
    Map<String, Object> fields = new LinkedHashMap<>(json);
    fields.keySet().removeAll(SERVER_FIELDS);
    Job job = new Job(String.valueOf(json.get("name")), fields);
    long successes = number(json.get("successCount"));
    long errors = number(json.get("errorCount"));
    Optional<Instant> lastSuccess = instant(json.get("lastSuccess"));
    Optional<Instant> lastError = instant(json.get("lastError"));
    return new JobView(
        job,
        status(lastSuccess, lastError),
        "",
        successes,
        errors,
        lastSuccess,
        lastError,
        job.schedule().flatMap(JobView::start));
  }

  /** The same with a status and state told by the scheduler. */
  public JobView with(String newStatus, String newState) {
    return new JobView(
        job, newStatus, newState, successes, errors, lastSuccess, lastError, nextRun);
  }

  private static String status(Optional<Instant> success, Optional<Instant> error) {
    if (success.isEmpty() && error.isEmpty()) {
      return "fresh";
    }
    return success.orElse(Instant.MIN).isAfter(error.orElse(Instant.MIN)) ? "success" : "failure";
  }

  private static long number(Object value) {
    return value instanceof Number n ? n.longValue() : 0;
  }

  private static Optional<Instant> instant(Object value) {
    try {
      return value instanceof String text && !text.isEmpty()
          ? Optional.of(OffsetDateTime.parse(text).toInstant())
          : Optional.empty();
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> start(String schedule) {
    String[] parts = schedule.split("/", -1);
    return parts.length == 3 && !parts[0].equals("R0") ? instant(parts[1]) : Optional.empty();
  }
}
