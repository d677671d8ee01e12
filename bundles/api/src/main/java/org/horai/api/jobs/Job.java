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

  public String command() {
    return text("command").orElse("");
  }

  /** {@code R[n]/start/period}; empty for a dependent job. */
  public Optional<String> schedule() {
    return text("schedule").filter(s -> !s.isEmpty());
  }

  public Optional<String> timeZone() {
    return text("scheduleTimeZone").filter(s -> !s.isEmpty());
  }

  /** Names of the jobs that must succeed first; empty for a scheduled job. */
  public List<String> parents() {
    return fields.get("parents") instanceof List<?> list
        ? list.stream().map(String::valueOf).toList()
        : List.of();
  }

  public boolean disabled() {
    return Boolean.TRUE.equals(fields.get("disabled"));
  }

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
