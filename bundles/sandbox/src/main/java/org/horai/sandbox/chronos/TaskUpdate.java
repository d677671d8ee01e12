package org.horai.sandbox.chronos;

/**
 * The state of a task.
 *
 * @param taskId which
 * @param state its new state
 * @param message why, e.g. {@code Command exited with status 1}; may be empty
 */
public record TaskUpdate(String taskId, State state, String message) {

  /** The states that Chronos tells apart; the names are those of Mesos. */
  public enum State {
    /** The command runs. */
    TASK_RUNNING,
    /** It ended with status 0. */
    TASK_FINISHED,
    /** It ended with another status, or could not be started. */
    TASK_FAILED,
    /** It was killed on request. */
    TASK_KILLED,
    /** Its agent is gone. */
    TASK_LOST
  }

  /** Whether nothing more can follow. */
  public boolean isTerminal() {
    return state != State.TASK_RUNNING;
  }
}
