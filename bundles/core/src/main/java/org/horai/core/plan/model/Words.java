package org.horai.core.plan.model;

import java.util.List;
import java.util.Locale;

/** Numbers and names as people read them. */
final class Words {
  private static final int NAMES_SHOWN = 3;

  private Words() {}

  /** {@code 0.4 s}, {@code 12 s}, {@code 3 min 5 s}. */
  static String duration(long millis) {
    if (millis < 10_000) {
      return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }
    long seconds = millis / 1000;
    return seconds < 120 ? seconds + " s" : seconds / 60 + " min " + seconds % 60 + " s";
  }

  /** All names of few, the number of many. */
  static String names(List<String> names) {
    List<String> distinct = names.stream().distinct().toList();
    return distinct.size() <= NAMES_SHOWN
        ? String.join(", ", distinct)
        : distinct.get(0) + " and " + (distinct.size() - 1) + " more";
  }

  /** What was done, where, and what came of it; the places below each other. */
  static String columns(String title, String where, String summary) {
    return String.format(Locale.ROOT, "%-32s  %s  %s", title, where, summary);
  }

  static String count(long number, String one, String many) {
    return number + " " + (number == 1 ? one : many);
  }

  static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }

  static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
