package org.horai.api.jobs;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A job definition: Chronos' own fields by their JSON names, in JDK types, so that nothing is lost
 * on the way. Server-owned counters are not part of it.
 *
 * @param fields never contains the server's counters; see {@link JobView}
 */
public record Job(String name, Map<String, Object> fields) {
  public Job {
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  /** The shell command; "" when the job has none. */
  public String command() {
    return text("command").orElse("");
  }

  /** {@code R[n]/start/period}; empty for a dependent job. */
  public Optional<String> schedule() {
    return text("schedule").filter(s -> !s.isEmpty());
  }

  /** Name of the time zone that the schedule is read in, if it has one of its own. */
  public Optional<String> timeZone() {
    return text("scheduleTimeZone").filter(s -> !s.isEmpty());
  }

  /** Names of the jobs that must succeed first; empty for a scheduled job. */
  public List<String> parents() {
    return list("parents").stream().map(String::valueOf).toList();
  }

  /** Whether it is never started. */
  public boolean disabled() {
    return Boolean.TRUE.equals(fields.get("disabled"));
  }

  /** False for a job without a command, arguments or an executor of its own. */
  public boolean runsSomething() {
    return !command().isBlank()
        || !list("arguments").isEmpty()
        || text("executor").filter(executor -> !executor.isEmpty()).isPresent();
  }

  /**
   * The constraints that Chronos would drop without a word: all that are not {@code [attribute,
   * operator, value]}.
   *
   * @param operators those that the version knows
   */
  public List<?> constraintsWithout(List<String> operators) {
    return list("constraints").stream()
        .filter(
            c ->
                !(c instanceof List<?> l
                    && l.size() == 3
                    && operators.contains(String.valueOf(l.get(1)))))
        .toList();
  }

  /** The fields to send, in a map of the caller's own: no counters, a schedule or parents. */
  public Map<String, Object> definition() {
    Map<String, Object> json = new LinkedHashMap<>(fields);
    json.keySet().removeAll(JobView.SERVER_FIELDS);
    json.put("name", name);
    if (schedule().isEmpty()) {
      json.remove("schedule");
      json.remove("scheduleTimeZone");
    } else {
      json.remove("parents");
    }
    return json;
  }

  /** A field's list; empty when it has none. */
  public List<?> list(String field) {
    return fields.get(field) instanceof List<?> list ? list : List.of();
  }

  /** A field's text; empty when it has none. */
  public Optional<String> text(String field) {
    return fields.get(field) instanceof String value ? Optional.of(value) : Optional.empty();
  }

  /** The same job with one field set. */
  public Job with(String field, Object value) {
    Map<String, Object> changed = new LinkedHashMap<>(fields);
    changed.put(field, value);
    return new Job(name, changed);
  }
}
