package org.horai.sandbox.mesos;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** A started task. */
public interface RunningTask {

  /** Its IP addresses; empty when it has those of its agent. */
  List<String> addresses();

  /**
   * Asks it to end as {@code SIGTERM} does; returns soon; {@link #exit()} completes when it ended.
   */
  void stop();

  /** Ends it as {@code SIGKILL} or a power cut does: sessions and registrations linger. */
  default void kill() {
    stop();
  }

  /** Completes once, when it ended for whatever reason. */
  CompletionStage<TaskExit> exit();
}
