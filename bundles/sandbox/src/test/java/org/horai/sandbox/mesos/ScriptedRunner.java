package org.horai.sandbox.mesos;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.horai.sandbox.net.SimHttpServer;
import org.horai.sandbox.net.SimReply;
import org.horai.sandbox.net.SimThreads;

/**
 * Runs a task as an HTTP server on its first host port; a test says what it answers and when it
 * ends.
 */
public final class ScriptedRunner implements TaskRunner, AutoCloseable {

  private final SimThreads threads = new SimThreads();
  private final Map<String, Scripted> running = new ConcurrentHashMap<>();
  private final Map<String, Integer> statusByHost = new ConcurrentHashMap<>();
  private final AtomicInteger starts = new AtomicInteger();
  private volatile int status = 200;
  private volatile boolean failing;
  private volatile CountDownLatch fetched = new CountDownLatch(0);

  /** What every task answers from now on. */
  public void answer(int newStatus) {
    status = newStatus;
    statusByHost.clear();
  }

  /** What the tasks of one host answer from now on. */
  public void answer(String host, int newStatus) {
    statusByHost.put(host, newStatus);
  }

  /** Whether every task stays staged. */
  public void staging(boolean on) {
    fetched.countDown();
    fetched = new CountDownLatch(on ? 1 : 0);
  }

  @Override
  public void fetch(TaskLaunch launch) throws IOException {
    try {
      fetched.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while it was staged", e);
    }
  }

  /** Whether every task ends at once with status 1. */
  public void failing(boolean on) {
    failing = on;
  }

  public int starts() {
    return starts.get();
  }

  public List<TaskLaunch> launches() {
    return running.values().stream().map(s -> s.launch).toList();
  }

  /** Lets a running task end by itself. */
  public void end(String taskId, TaskExit how) {
    running.get(taskId).end(how);
  }

  @Override
  public RunningTask start(TaskLaunch launch) throws IOException {
    starts.incrementAndGet();
    Scripted task = new Scripted(launch);
    running.put(launch.task().taskId(), task);
    if (failing) {
      task.end(TaskExit.ofStatus(1));
    }
    return task;
  }

  @Override
  public void close() {
    staging(false);
    running.values().forEach(t -> t.end(TaskExit.ofSignal("Killed")));
  }

  private final class Scripted implements RunningTask {
    private final TaskLaunch launch;
    private final CompletableFuture<TaskExit> exit = new CompletableFuture<>();
    private final SimHttpServer server;

    Scripted(TaskLaunch launch) throws IOException {
      this.launch = launch;
      server =
          new SimHttpServer(
              address(),
              threads,
              r -> SimReply.text(statusByHost.getOrDefault(launch.agentHost(), status), "pong"));
      server.start();
    }

    /** On the host's port, or in a container network on an address of the task's own. */
    private InetSocketAddress address() {
      if (isInside()) {
        TaskInfo.DockerContainer docker = launch.task().docker().orElseThrow();
        return new InetSocketAddress(container(), docker.portMappings().get(0).containerPort());
      }
      List<Integer> ports = launch.task().hostPorts();
      return new InetSocketAddress(launch.agentHost(), ports.isEmpty() ? 0 : ports.get(0));
    }

    private boolean isInside() {
      return launch.task().docker().filter(d -> d.network().equals("USER")).isPresent();
    }

    private String container() {
      return launch.agentHost().replaceFirst("\\.1(\\d)$", ".20$1");
    }

    void end(TaskExit how) {
      running.remove(launch.task().taskId());
      server.close();
      exit.complete(how);
    }

    @Override
    public List<String> addresses() {
      return isInside() ? List.of(container()) : List.of();
    }

    @Override
    public void stop() {
      end(TaskExit.ofStatus(143));
    }

    @Override
    public CompletionStage<TaskExit> exit() {
      return exit;
    }
  }
}
