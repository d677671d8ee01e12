package org.horai.sandbox.mesos;

import java.io.IOException;

/** Runs the tasks of all agents; called on many threads. */
@FunctionalInterface
public interface TaskRunner {

  /**
   * Starts a task; may block for as long as a real start (image pull, address from the overlay)
   * takes.
   *
   * @throws IOException the task could not start; its message is the reason that Mesos reports
   */
  RunningTask start(TaskLaunch launch) throws IOException;

  /** Brings what a task needs, such as its image; until this returns the task is staged. */
  default void fetch(TaskLaunch launch) throws IOException {}
}
