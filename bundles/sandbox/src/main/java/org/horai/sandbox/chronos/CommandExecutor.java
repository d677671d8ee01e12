package org.horai.sandbox.chronos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.horai.sandbox.chronos.TaskUpdate.State;
import org.horai.sandbox.net.SimThreads;

/**
 * Runs tasks as real local processes, as the command executor of an agent does. The output is in
 * {@code stdout} and {@code stderr} of the task's directory. Thread-safe.
 */
public final class CommandExecutor implements AutoCloseable {

  private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
  private static final long CLOSE_SECONDS = 5;

  private final SimThreads threads;
  private final Duration limit;
  private final Map<String, Running> running = new ConcurrentHashMap<>();

  /**
   * @param threads makes one thread per running task
   * @param limit a task that runs longer is killed and has failed
   */
  public CommandExecutor(SimThreads threads, Duration limit) {
    this.threads = Objects.requireNonNull(threads, "threads");
    this.limit = Objects.requireNonNull(limit, "limit");
  }

  /**
   * Starts the task and reports TASK_RUNNING and one last state; all on the task's own thread.
   *
   * @param directory the task's own; made when missing
   */
  public void start(TaskSpec task, Path directory, Consumer<TaskUpdate> updates) {
    Running run = new Running(task, directory, updates);
    running.put(task.taskId(), run);
    run.thread.start();
  }

  private static Process launch(TaskSpec task, Path directory) throws IOException {
    Files.createDirectories(directory);
    List<String> argv = new ArrayList<>();
    if (task.shell()) {
      argv.addAll(List.of("/bin/sh", "-c", task.command()));
    } else {
      argv.add(task.command());
      argv.addAll(task.arguments());
    }
    ProcessBuilder builder = new ProcessBuilder(argv).directory(directory.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", PATH);
    builder.environment().putAll(task.environment());
    builder.environment().put("MESOS_TASK_ID", task.taskId());
    builder.environment().put("MESOS_SANDBOX", directory.toString());
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    builder.redirectOutput(directory.resolve("stdout").toFile());
    builder.redirectError(directory.resolve("stderr").toFile());
    return builder.start();
  }

  /** Kills a task, also one that is only about to start; unknown ids are ignored. */
  public void kill(String taskId) {
    Running task = running.get(taskId);
    if (task != null) {
      task.kill();
    }
  }

  private static void destroy(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  /** Kills everything; bounded by five seconds. */
  @Override
  public void close() {
    List<Running> left = List.copyOf(running.values());
    left.forEach(task -> task.thread.interrupt());
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(CLOSE_SECONDS);
    for (Running task : left) {
      try {
        task.thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** One task on its own thread. */
  private final class Running {
    private final TaskSpec task;
    private final Path directory;
    private final Consumer<TaskUpdate> updates;
    private final Thread thread = threads.newThread(this::run);
    private Optional<Process> process = Optional.empty();
    private boolean killed;

    Running(TaskSpec task, Path directory, Consumer<TaskUpdate> updates) {
      this.task = task;
      this.directory = directory;
      this.updates = updates;
    }

    private void run() {
      TaskUpdate last;
      try {
        Process started = begin();
        updates.accept(new TaskUpdate(task.taskId(), State.TASK_RUNNING, ""));
        last = await(started);
      } catch (IOException e) {
        last =
            new TaskUpdate(task.taskId(), State.TASK_FAILED, "Failed to launch: " + e.getMessage());
      }
      running.remove(task.taskId());
      updates.accept(last);
    }

    private synchronized Process begin() throws IOException {
      Process started = launch(task, directory);
      process = Optional.of(started);
      if (killed) {
        destroy(started);
      }
      return started;
    }

    private TaskUpdate await(Process started) {
      String id = task.taskId();
      try {
        if (!started.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
          destroy(started);
          return new TaskUpdate(id, State.TASK_FAILED, "Command ran longer than " + limit);
        }
      } catch (InterruptedException e) {
        destroy(started);
        return new TaskUpdate(id, State.TASK_LOST, "Agent stopped");
      }
      if (wasKilled()) {
        return new TaskUpdate(id, State.TASK_KILLED, "Command terminated with signal Terminated");
      }
      int code = started.exitValue();
      return code == 0
          ? new TaskUpdate(id, State.TASK_FINISHED, "")
          : new TaskUpdate(id, State.TASK_FAILED, "Command exited with status " + code);
    }

    private synchronized boolean wasKilled() {
      return killed;
    }

    synchronized void kill() {
      killed = true;
      process.ifPresent(CommandExecutor::destroy);
    }
  }
}
