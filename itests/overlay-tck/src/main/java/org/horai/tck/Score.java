package org.horai.tck;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What came of all checks, in their order. */
public record Score(String provider, List<Result> results) {
  public Score {
    results = List.copyOf(results);
  }

  /** How a check ended. */
  public enum Status {
    PASSED,
    FAILED,
    /** The provider says that it cannot do this, and may. */
    UNSUPPORTED,
    /** An earlier failure left nothing to look at. */
    NOT_RUN
  }

  /**
   * One check.
   *
   * @param id stable name
   * @param title what is true of a good provider
   * @param why the evidence of a failure, or ""
   */
  public record Result(String id, String title, Status status, String why) {
    @Override
    public String toString() {
      String word = status.name().toLowerCase(Locale.ROOT).replace('_', ' ');
      return String.format("%-11s %-24s %s", word, id, title)
          + (why.isEmpty() ? "" : "\n            " + why);
    }
  }

  public List<Result> failures() {
    return results.stream()
        .filter(one -> one.status() == Status.FAILED || one.status() == Status.NOT_RUN)
        .toList();
  }

  /** Checks passed; what a provider may leave out counts for it. */
  public int points() {
    return results.size() - failures().size();
  }

  public boolean green() {
    return failures().isEmpty();
  }

  /** For unit tests: fails with one line for each failed check. */
  public Score orFail() {
    if (!green()) {
      throw new AssertionError(
          "provider "
              + provider
              + " does not conform\n"
              + failures().stream().map(Result::toString).collect(Collectors.joining("\n")));
    }
    return this;
  }

  /** A line for each check, and the score. */
  @Override
  public String toString() {
    return results.stream().map(Result::toString).collect(Collectors.joining("\n"))
        + "\n"
        + provider
        + ": "
        + points()
        + " of "
        + results.size();
  }
}
