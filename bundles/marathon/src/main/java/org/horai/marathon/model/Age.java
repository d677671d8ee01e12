package org.horai.marathon.model;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** How old something is that carries a time stamp of Marathon's. */
public final class Age {
  private Age() {}

  /** Time since the stamp; empty when it is none. */
  public static Optional<Duration> since(String stamp, Instant now) {
    return instant(stamp).map(then -> Duration.between(then, now));
  }

  static Optional<Instant> instant(String stamp) {
    try {
      return Optional.of(OffsetDateTime.parse(stamp).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** {@code 42 s}, {@code 7 min}, {@code 3 h}; "unknown" when the stamp is none. */
  public static String words(String stamp, Instant now) {
    return since(stamp, now).map(Age::words).orElse("unknown");
  }

  private static String words(Duration age) {
    long seconds = Math.max(0, age.toSeconds());
    if (seconds < 120) {
      return seconds + " s";
    }
    return seconds < 7200 ? seconds / 60 + " min" : seconds / 3600 + " h";
  }
}
