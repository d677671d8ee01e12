package org.horai.sandbox.mesos;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * The container of a task as its status updates tell it; the same for the same task.
 *
 * @param id a UUID
 * @param executorPid of the executor, on the agent
 */
public record TaskContainer(String id, int executorPid) {

  private static final int PIDS = 30_000;

  /** That of a task. */
  public static TaskContainer of(String taskId) {
    String name = "container of " + taskId;
    String id = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    return new TaskContainer(id, Math.abs(id.hashCode() % PIDS) + 1);
  }
}
