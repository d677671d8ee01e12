package org.horai.sandbox.chronos;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tasks that wait for an offer and those that run. Guarded by its owner's lock. */
final class TaskBoard {

  /** The parts of a task id. */
  record TaskId(long dueMillis, int attempt, String job, String arguments) {

    private static final Pattern FORM = Pattern.compile("ct:(\\d+):(\\d+):([^:]*):?(.*)");

    static Optional<TaskId> parse(String id) {
      Matcher m = FORM.matcher(id);
      return m.matches()
          ? Optional.of(
              new TaskId(
                  Long.parseLong(m.group(1)), Integer.parseInt(m.group(2)), m.group(3), m.group(4)))
          : Optional.empty();
    }

    @Override
    public String toString() {
      return "ct:" + dueMillis + ":" + attempt + ":" + job + ":" + arguments.replace(";", "");
    }
  }

  private final Map<String, TaskId> queued = new LinkedHashMap<>();
  private final Map<String, TaskId> running = new HashMap<>();

  void clear() {
    queued.clear();
    running.clear();
  }

  /** Lines a task up, the high priority ones first when they are launched. */
  void enqueue(TaskId task) {
    queued.put(task.toString(), task);
  }

  List<TaskId> queued() {
    return List.copyOf(queued.values());
  }

  List<String> running(String job) {
    List<String> ids = new ArrayList<>();
    running.forEach(
        (id, task) -> {
          if (task.job().equals(job)) {
            ids.add(id);
          }
        });
    return ids;
  }

  boolean isQueued(String job) {
    return queued.values().stream().anyMatch(t -> t.job().equals(job));
  }

  void launched(TaskId task) {
    queued.remove(task.toString());
    running.put(task.toString(), task);
  }

  void running(String id, TaskId task) {
    running.put(id, task);
  }

  boolean ended(String id) {
    return running.remove(id) != null;
  }

  void forget(String job) {
    queued.values().removeIf(t -> t.job().equals(job));
  }

  /** {@code idle}, {@code queued} or {@code n running}. */
  String state(String job) {
    int count = running(job).size();
    if (count > 0) {
      return count + " running";
    }
    return isQueued(job) ? "queued" : "idle";
  }

  /** What Mesos is asked to run. */
  static TaskSpec spec(Job job, TaskId task) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("CHRONOS_JOB_NAME", job.name());
    environment.put("CHRONOS_JOB_OWNER", job.text("owner"));
    environment.put("CHRONOS_JOB_RUN_TIME", Long.toString(task.dueMillis()));
    environment.put("CHRONOS_JOB_RUN_ATTEMPT", Integer.toString(task.attempt()));
    environment.put("CHRONOS_RESOURCE_CPU", Double.toString(job.decimal("cpus")));
    environment.put("CHRONOS_RESOURCE_MEM", Double.toString(job.decimal("mem")));
    environment.put("CHRONOS_RESOURCE_DISK", Double.toString(job.decimal("disk")));
    environment.put("mesos_task_id", task.toString());
    for (JsonNode variable : job.get("environmentVariables")) {
      environment.put(variable.path("name").asText(), variable.path("value").asText());
    }
    List<String> arguments = new ArrayList<>();
    job.get("arguments").forEach(a -> arguments.add(a.asText()));
    boolean shell = job.flag("shell");
    String command = job.text("command");
    if (!task.arguments().isEmpty()) {
      if (shell) {
        command = command + " " + task.arguments();
      } else {
        arguments.addAll(List.of(task.arguments().split(" ")));
      }
    }
    return new TaskSpec(
        task.toString(),
        "ChronosTask:" + job.name(),
        command,
        shell,
        arguments,
        environment,
        job.decimal("cpus"),
        job.decimal("mem"),
        job.decimal("disk"));
  }
}
