package org.horai.sandbox.mesos;

/**
 * How a task ended by itself.
 *
 * @param success whether Mesos says TASK_FINISHED rather than TASK_FAILED
 * @param message as in status updates, e.g. {@code Command exited with status 1}
 */
public record TaskExit(boolean success, String message) {

  /** The end of a command. */
  public static TaskExit ofStatus(int status) {
    return new TaskExit(status == 0, "Command exited with status " + status);
  }

  /** The end by a signal, e.g. {@code Killed}. */
  public static TaskExit ofSignal(String signal) {
    return new TaskExit(false, "Command terminated with signal " + signal);
  }
}
