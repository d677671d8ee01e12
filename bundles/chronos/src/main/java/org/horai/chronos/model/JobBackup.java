package org.horai.chronos.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.horai.api.jobs.Job;

/**
 * A backup of all jobs, as data.
 *
 * @param version of the Chronos the definitions came from
 */
public record JobBackup(String cluster, String version, Instant taken, List<Job> jobs) {
  private static final String KIND = "horai-job-backup";

  public JobBackup {
    jobs = List.copyOf(jobs);
  }

  /** Its JSON in JDK types. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("kind", KIND);
    map.put("cluster", cluster);
    map.put("chronosVersion", version);
    map.put("taken", taken.toString());
    map.put("jobs", jobs.stream().map(Job::fields).toList());
    return map;
  }

  /** Reads it back; empty when the map is no backup. */
  public static Optional<JobBackup> fromMap(Map<?, ?> map) {
    if (!KIND.equals(map.get("kind")) || !(map.get("jobs") instanceof List<?> list)) {
      return Optional.empty();
    }
    List<Job> jobs = new ArrayList<>();
    for (Object entry : list) {
      if (!(entry instanceof Map<?, ?> fields) || !(fields.get("name") instanceof String name)) {
        return Optional.empty();
      }
      Map<String, Object> copy = new LinkedHashMap<>();
      fields.forEach((key, value) -> copy.put(String.valueOf(key), value));
      jobs.add(new Job(name, copy));
    }
    return Optional.of(
        new JobBackup(
            String.valueOf(map.get("cluster")),
            String.valueOf(map.get("chronosVersion")),
            Instant.parse(String.valueOf(map.get("taken"))),
            jobs));
  }
}
