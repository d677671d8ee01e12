package org.horai.api.time;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;

/**
 * Waits by asking again and again where no event exists. Blocking; ends early when the thread is
 * interrupted.
 */
public final class Waiter {
  private final Duration first;
  private final Duration longest;

  private Waiter(Duration first, Duration longest) {
    this.first = first;
    this.longest = longest;
  }

  /** Asks every {@code interval}. */
  public static Waiter every(Duration interval) {
    return new Waiter(interval, interval);
  }

  /** Asks after {@code first}, then at doubling distances up to {@code longest}. */
  public static Waiter backingOff(Duration first, Duration longest) {
    return new Waiter(first, longest);
  }

  /**
   * Returns the first present answer of {@code question}. Where the question itself runs out of
   * time at the deadline, the error tells what was waited for all the same.
   *
   * @param what the awaited thing in words, for the error: "3 healthy instances of /chronos"
   * @param seen says what was seen last, for the error
   * @throws HoraiException TIMED_OUT at the deadline, INTERRUPTED when interrupted
   */
  public <T> T await(
      String what, Deadline deadline, Supplier<Optional<T>> question, Supplier<String> seen) {
    Duration pause = first;
    while (true) {
      try {
        Optional<T> answer = question.get();
        if (answer.isPresent()) {
          return answer.get();
        }
      } catch (HoraiException e) {
        throw e.code().equals(CommonErrors.TIMED_OUT) && deadline.expired()
            ? late(what, deadline, seen, e)
            : e;
      }
      if (deadline.expired()) {
        throw late(what, deadline, seen, null);
      }
      pause(what, pause.compareTo(deadline.remaining()) < 0 ? pause : deadline.remaining());
      pause = pause.multipliedBy(2).compareTo(longest) < 0 ? pause.multipliedBy(2) : longest;
    }
  }

  private static HoraiException late(
      String what, Deadline deadline, Supplier<String> seen, HoraiException cause) {
    String last = seen.get();
    return new HoraiException(
        CommonErrors.TIMED_OUT,
        "waited " + deadline.limit().toSeconds() + " s for " + what,
        last.isEmpty() && cause != null ? cause.getMessage() : last,
        "look again, or give more time with --wait",
        cause);
  }

  /** As {@link #await}, for a yes-or-no question. */
  public void until(
      String what, Deadline deadline, Supplier<Boolean> question, Supplier<String> seen) {
    await(what, deadline, () -> question.get() ? Optional.of(true) : Optional.empty(), seen);
  }

  private static void pause(String what, Duration pause) {
    try {
      Thread.sleep(Math.max(1, pause.toMillis()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HoraiException(CommonErrors.INTERRUPTED, "stopped waiting for " + what, "", "", e);
    }
  }
}
