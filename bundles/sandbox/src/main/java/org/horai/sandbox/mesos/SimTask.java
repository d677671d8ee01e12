package org.horai.sandbox.mesos;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One task on one agent, with the updates it has sent. */
final class SimTask {

  private final String frameworkId;
  private final TaskInfo info;
  private final String agentId;
  private final List<TaskStatus> statuses = new ArrayList<>();
  private RunningTask running;
  private boolean killRequested;
  private boolean acknowledged;
  private boolean orphaned;

  SimTask(String frameworkId, TaskInfo info, String agentId) {
    this.frameworkId = frameworkId;
    this.info = info;
    this.agentId = agentId;
  }

  String frameworkId() {
    return frameworkId;
  }

  TaskInfo info() {
    return info;
  }

  String agentId() {
    return agentId;
  }

  TaskContainer container() {
    return TaskContainer.of(info.taskId());
  }

  String containerId() {
    return container().id();
  }

  synchronized TaskState state() {
    return statuses.isEmpty() ? TaskState.TASK_STAGING : statuses.get(statuses.size() - 1).state();
  }

  synchronized List<TaskStatus> statuses() {
    return List.copyOf(statuses);
  }

  /** Adds an update; false when the task has ended before. */
  synchronized boolean add(TaskState state, String message, String agentHost, Instant now) {
    if (state().isTerminal()) {
      return false;
    }
    List<String> addresses =
        running == null || running.addresses().isEmpty() ? List.of(agentHost) : running.addresses();
    statuses.add(new TaskStatus(info.taskId(), state, message, agentId, agentHost, now, addresses));
    acknowledged = false;
    return true;
  }

  synchronized void runningAs(RunningTask task) {
    running = task;
  }

  /** Notes that it shall end; gives what to stop, or null when it has not started yet. */
  synchronized RunningTask requestKill() {
    killRequested = true;
    return running;
  }

  synchronized boolean isKillRequested() {
    return killRequested;
  }

  synchronized void acknowledge() {
    acknowledged = true;
  }

  /** Its framework is no more: nobody will acknowledge what comes. */
  synchronized void orphan() {
    orphaned = true;
  }

  /** Whether it ended and its scheduler knows, or nobody is left to know. */
  synchronized boolean isCompleted() {
    return (acknowledged || orphaned) && state().isTerminal();
  }

  synchronized boolean isUnacknowledged() {
    return !acknowledged && !orphaned && !statuses.isEmpty();
  }

  synchronized TaskStatus lastStatus() {
    return statuses.get(statuses.size() - 1);
  }
}
