package org.horai.api.time;

import java.time.Duration;

/** A point on the monotonic clock by which something must have happened. Immutable. */
public final class Deadline {
  private final long atNanos;
  private final Duration limit;

  private Deadline(long atNanos, Duration limit) {
    this.atNanos = atNanos;
    this.limit = limit;
  }

  /** The end of a time that begins now. */
  public static Deadline after(Duration limit) {
    return new Deadline(System.nanoTime() + limit.toNanos(), limit);
  }

  /** The earlier of this deadline and {@code limit} from now. */
  public Deadline atMost(Duration limit) {
    Deadline other = after(limit);
    return other.atNanos - atNanos < 0 ? other : this;
  }

  /** Whether the end has come. */
  public boolean expired() {
    return System.nanoTime() - atNanos >= 0;
  }

  /** Time left; zero when expired, never negative. */
  public Duration remaining() {
    long left = atNanos - System.nanoTime();
    return left <= 0 ? Duration.ZERO : Duration.ofNanos(left);
  }

  /** The duration this deadline was made from, for messages. */
  public Duration limit() {
    return limit;
  }
}
