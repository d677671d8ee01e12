package org.horai.api.http;

import java.util.function.Consumer;
import org.horai.api.time.Deadline;

/** The HTTP client all concerns share. Thread-safe. */
public interface Http {
  /**
   * Sends one request. Blocking; connecting takes 5 s at most, all together the deadline.
   *
   * @return the answer, whatever its status
   * @throws org.horai.api.HoraiException UNREACHABLE when the connection is refused, reset or
   *     cannot be made; TIMED_OUT at the deadline; INTERRUPTED
   */
  HttpReply send(HttpCall call, Deadline deadline);

  /**
   * Opens a stream of server-sent events. Returns after the answer's head.
   *
   * @param sink called from one thread, event by event
   * @param closed called once when the stream ended for any reason but close()
   * @throws org.horai.api.HoraiException as {@link #send}; BAD_ANSWER when it is not an event
   *     stream
   */
  Stream stream(
      HttpCall call, Consumer<ServerEvent> sink, Consumer<String> closed, Deadline deadline);

  /** One event. */
  record ServerEvent(String type, String data) {}

  /** An open stream. */
  interface Stream extends AutoCloseable {
    @Override
    void close();
  }
}
