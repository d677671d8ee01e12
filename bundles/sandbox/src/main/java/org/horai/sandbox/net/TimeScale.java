package org.horai.sandbox.net;

import java.time.Duration;

/**
 * How much faster than in reality time-outs, intervals and back-offs run: 1.0 is real time, 0.1
 * lets a 20 s health check interval pass in 2 s. What systems report (seconds in JSON) is not
 * scaled.
 *
 * @param factor above 0
 */
public record TimeScale(double factor) {

  /** Refuses a factor of zero or below. */
  public TimeScale {
    if (!(factor > 0)) {
      throw new IllegalArgumentException("time scale must be above 0, not " + factor);
    }
  }

  /** Real time. */
  public static TimeScale real() {
    return new TimeScale(1.0);
  }

  /** The time to wait for what takes {@code real} in reality; at least one millisecond. */
  public Duration of(Duration real) {
    return Duration.ofMillis(Math.max(1, Math.round(real.toMillis() * factor)));
  }

  /** The same in milliseconds. */
  public long millis(Duration real) {
    return of(real).toMillis();
  }
}
