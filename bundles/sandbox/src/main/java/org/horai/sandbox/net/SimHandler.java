package org.horai.sandbox.net;

import java.io.IOException;

/** Answers the requests of one simulated server; called on many threads at once. */
@FunctionalInterface
public interface SimHandler {

  /**
   * Answers one request; may block.
   *
   * @throws IOException ends the connection without an answer, as a crashed server does
   */
  SimReply handle(SimRequest request) throws IOException;
}
