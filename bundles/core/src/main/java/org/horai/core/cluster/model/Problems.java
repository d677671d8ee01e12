package org.horai.core.cluster.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.horai.api.HoraiException;

/** Collects everything wrong with a file, so that all of it is told at once. */
final class Problems {
  private static final int SHOWN = 10;

  private final List<Problem> found = new ArrayList<>();

  /**
   * Something wrong.
   *
   * @param line from 1; 0 when it concerns the whole file
   */
  private record Problem(String file, int line, int column, String text) {
    @Override
    public String toString() {
      String place = line == 0 ? file : column == 0 ? file + ":" + line : place();
      return place + ": " + text;
    }

    private String place() {
      return file + ":" + line + ":" + column;
    }
  }

  void add(String file, int line, int column, String text) {
    Problem problem = new Problem(file, line, column, text);
    if (!found.contains(problem)) {
      found.add(problem);
    }
  }

  boolean none() {
    return found.isEmpty();
  }

  /**
   * Ends reading a file that has problems.
   *
   * @throws HoraiException INVALID with all problems in the order of their lines
   */
  void orThrow(String file) {
    if (found.isEmpty()) {
      return;
    }
    found.sort(
        Comparator.comparing((Problem problem) -> !problem.file().equals(file))
            .thenComparing(Problem::file)
            .thenComparingInt(Problem::line)
            .thenComparingInt(Problem::column));
    String why =
        found.stream().limit(SHOWN).map(Problem::toString).collect(Collectors.joining("\n        "))
            + (found.size() > SHOWN ? "\n        and " + (found.size() - SHOWN) + " more" : "");
    throw new HoraiException(
        ClusterErrors.INVALID,
        file + " has " + (found.size() == 1 ? "a mistake" : found.size() + " mistakes"),
        why,
        "correct it; docs/cluster-file.md describes every key");
  }
}
