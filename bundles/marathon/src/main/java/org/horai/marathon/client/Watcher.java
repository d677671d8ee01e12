package org.horai.marathon.client;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.horai.api.CommonErrors;
import org.horai.api.ErrorCode;
import org.horai.api.HoraiException;
import org.horai.api.http.Http;
import org.horai.api.time.Deadline;
import org.horai.marathon.model.MarathonErrors;

/**
 * Waits for a state of an app. Events say when to look; what counts is the state read after them,
 * because streams lose and reorder events. It is read after every connect, after every event that
 * names the app, and every few seconds in any case.
 */
final class Watcher {
  private static final Duration RECONNECT = Duration.ofSeconds(5);
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(3);

  /** What a change of the leader looks like from outside; it passes. */
  private static final Set<ErrorCode> PASSING =
      Set.of(
          CommonErrors.UNREACHABLE,
          CommonErrors.TIMED_OUT,
          MarathonErrors.NO_LEADER,
          MarathonErrors.BROKEN);

  private final MarathonClient client;
  private final Duration poll;

  /**
   * @param poll how long to wait for an event before looking anyway
   */
  Watcher(MarathonClient client, Duration poll) {
    this.client = client;
    this.poll = poll;
  }

  /**
   * Looks until there is an answer.
   *
   * @param look may throw; errors of a passing kind count as no answer
   * @param late makes the error of the deadline from what was seen last
   */
  <T> T until(String appId, Deadline deadline, Supplier<Optional<T>> look, Late late) {
    String problem = "";
    try (Ears ears = new Ears(appId)) {
      while (true) {
        ears.listen(deadline);
        try {
          Optional<T> answer = look.get();
          if (answer.isPresent()) {
            return answer.get();
          }
          problem = "";
        } catch (HoraiException e) {
          if (!PASSING.contains(e.code())) {
            throw e;
          }
          if (!deadline.expired()) {
            // A request cut off by the deadline itself tells less than what was seen before.
            problem = e.what() + e.why().map(why -> ": " + why).orElse("");
          }
        }
        if (deadline.expired()) {
          throw late.error(problem);
        }
        ears.await(deadline);
      }
    }
  }

  /** Makes the error of a deadline. */
  interface Late {
    /**
     * @param problem why Marathon could not be asked at last, or ""
     */
    HoraiException error(String problem);
  }

  /** The event stream, kept open as well as possible; without one, polling alone must do. */
  private final class Ears implements AutoCloseable {
    private final Semaphore news = new Semaphore(0);
    private final String name;
    private volatile boolean open;
    private Http.Stream stream;
    private Deadline nextTry = Deadline.after(Duration.ZERO);

    Ears(String appId) {
      this.name = "\"" + appId + "\"";
    }

    void listen(Deadline deadline) {
      if (open || !nextTry.expired() || deadline.expired()) {
        return;
      }
      close();
      nextTry = Deadline.after(RECONNECT);
      try {
        open = true;
        stream =
            client.events(
                java.util.List.of(), this::heard, this::closed, deadline.atMost(CONNECT_LIMIT));
      } catch (HoraiException e) {
        open = false;
        if (e.code().equals(CommonErrors.INTERRUPTED)) {
          throw e;
        }
      }
    }

    private void heard(Http.ServerEvent event) {
      if (event.data().contains(name)) {
        news.release();
      }
    }

    private void closed(String reason) {
      open = false;
      news.release();
    }

    void await(Deadline deadline) {
      Duration left = deadline.remaining();
      Duration pause = left.compareTo(poll) < 0 ? left : poll;
      try {
        if (news.tryAcquire(Math.max(1, pause.toMillis()), TimeUnit.MILLISECONDS)) {
          news.drainPermits();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new HoraiException(
            CommonErrors.INTERRUPTED, "stopped waiting for " + name, "", "", e);
      }
    }

    @Override
    public void close() {
      if (stream != null) {
        stream.close();
        stream = null;
      }
    }
  }
}
