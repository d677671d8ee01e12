package org.horai.sandbox.net;

import java.time.Clock;
import java.util.Objects;

/**
 * What all simulated systems of one sandbox share.
 *
 * @param threads makes every thread
 * @param json the one JSON mapper
 * @param time how fast time passes
 * @param clock the time stamps that the systems report
 */
public record SimContext(SimThreads threads, Json json, TimeScale time, Clock clock) {

  /** Refuses nulls. */
  public SimContext {
    Objects.requireNonNull(threads, "threads");
    Objects.requireNonNull(json, "json");
    Objects.requireNonNull(time, "time");
    Objects.requireNonNull(clock, "clock");
  }

  /** A context of its own with the given speed. */
  public static SimContext withTime(TimeScale time) {
    return new SimContext(new SimThreads(), new Json(), time, Clock.systemUTC());
  }
}
