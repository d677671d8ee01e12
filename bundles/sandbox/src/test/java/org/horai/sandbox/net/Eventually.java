package org.horai.sandbox.net;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits until something holds; fails with what it waited for. */
public final class Eventually {

  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final long STEP_NANOS = 10_000_000L;

  private Eventually() {}

  public static void holds(String what, Callable<Boolean> condition) {
    long end = System.nanoTime() + LIMIT.toNanos();
    Exception last = null;
    while (System.nanoTime() < end) {
      try {
        if (condition.call()) {
          return;
        }
      } catch (Exception e) {
        last = e;
      }
      LockSupport.parkNanos(STEP_NANOS);
    }
    throw new AssertionError("within " + LIMIT + " it never came true that " + what, last);
  }
}
