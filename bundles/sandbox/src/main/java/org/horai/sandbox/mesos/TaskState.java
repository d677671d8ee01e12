package org.horai.sandbox.mesos;

/** The states of a task that a scheduler hears of. */
public enum TaskState {
  TASK_STAGING(false),
  TASK_STARTING(false),
  TASK_RUNNING(false),
  TASK_KILLING(false),
  TASK_FINISHED(true),
  TASK_KILLED(true),
  TASK_FAILED(true),
  TASK_LOST(true),
  TASK_ERROR(true),
  TASK_UNREACHABLE(true);

  private final boolean terminal;

  TaskState(boolean terminal) {
    this.terminal = terminal;
  }

  /** Whether nothing follows. */
  public boolean isTerminal() {
    return terminal;
  }
}
