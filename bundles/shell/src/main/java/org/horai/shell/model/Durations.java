package org.horai.shell.model;

import java.util.Locale;

/** Durations as people read them. */
public final class Durations {
  private Durations() {}

  /** {@code 0.4 s}, {@code 12 s}, {@code 3 min}. */
  public static String text(long millis) {
    if (millis < 10_000) {
      return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }
    long seconds = (millis + 500) / 1000;
    return seconds < 120 ? seconds + " s" : (seconds + 30) / 60 + " min";
  }
}
