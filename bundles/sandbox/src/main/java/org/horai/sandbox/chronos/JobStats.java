package org.horai.sandbox.chronos;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Durations of the finished tasks of each job, in milliseconds, since this leader leads. */
final class JobStats {

  private static final int KEPT = 1024;

  private final Map<String, List<Double>> durations = new HashMap<>();

  synchronized void clear() {
    durations.clear();
  }

  synchronized void add(String job, double millis) {
    List<Double> all = durations.computeIfAbsent(job, j -> new ArrayList<>());
    if (all.size() == KEPT) {
      all.remove(0);
    }
    all.add(millis);
  }

  synchronized int count(String job) {
    return durations.getOrDefault(job, List.of()).size();
  }

  synchronized double mean(String job) {
    return durations.getOrDefault(job, List.of()).stream()
        .mapToDouble(Double::doubleValue)
        .average()
        .orElse(0);
  }

  /** The quantile, 0 without any task. */
  synchronized double quantile(String job, double share) {
    double[] sorted =
        durations.getOrDefault(job, List.of()).stream().mapToDouble(Double::doubleValue).toArray();
    if (sorted.length == 0) {
      return 0;
    }
    Arrays.sort(sorted);
    return sorted[Math.min(sorted.length - 1, (int) (share * sorted.length))];
  }
}
