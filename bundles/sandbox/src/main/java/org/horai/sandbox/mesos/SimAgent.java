package org.horai.sandbox.mesos;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.horai.sandbox.net.FaultSwitch;
import org.horai.sandbox.net.SimHttpServer;

/**
 * One simulated agent: an HTTP endpoint, an identity that survives restarts unless it is wiped, and
 * tasks that run through the {@link TaskRunner}, also while the agent itself is down.
 */
public final class SimAgent implements AutoCloseable {

  private static final int MAX_COMPLETED = 150;

  /** How an agent starts again. */
  public enum Start {
    /** With the state of its work directory: same id, tasks survive. */
    RECOVER,
    /** After {@code meta/slaves/latest} was removed: new id, the old tasks are lost. */
    WIPED
  }

  private final SimMesos cluster;
  private final SimHttpServer server;
  private final Map<String, SimTask> tasks = new LinkedHashMap<>();
  private final Map<String, FrameworkSpec> frameworks = new LinkedHashMap<>();
  private final List<SimTask> abandoned = new ArrayList<>();
  private AgentSpec spec;
  private AgentSpec checkpointed;
  private Optional<String> id = Optional.empty();

  /** The master that this process has registered with. */
  private Optional<MasterState> known = Optional.empty();

  private boolean up;
  private Instant started;

  SimAgent(SimMesos cluster, AgentSpec spec) {
    this.cluster = Objects.requireNonNull(cluster, "cluster");
    this.spec = Objects.requireNonNull(spec, "spec");
    this.checkpointed = spec;
    this.started = cluster.now();
    this.server =
        new SimHttpServer(
            spec.address(), cluster.context().threads(), new AgentHttp(cluster, this)::handle);
  }

  /** The settings in force. */
  public synchronized AgentSpec spec() {
    return spec;
  }

  /** The id of its last registration; empty before the first and after a wipe. */
  public synchronized Optional<String> id() {
    return id;
  }

  /** Whether its process runs. */
  public synchronized boolean isUp() {
    return up;
  }

  /** The faults of its HTTP endpoint. */
  public FaultSwitch faults() {
    return server.faults();
  }

  /** {@code host:port} of its HTTP endpoint. */
  public String authority() {
    return server.authority();
  }

  /**
   * Starts the process with its present settings and registers with the leading master soon.
   *
   * @throws IOException the port is taken
   */
  public void start() throws IOException {
    server.start();
    synchronized (this) {
      up = true;
      checkpointed = spec;
      started = cluster.now();
    }
    cluster.later(cluster.timers().agentRegistration(), this::register);
  }

  /** Ends the process alone: its tasks go on, the master declares it lost after a while. */
  public void stop() {
    synchronized (this) {
      up = false;
      known = Optional.empty();
    }
    server.stop();
    cluster.agentDown(this);
  }

  /** Ends the whole host at once: process and tasks. */
  public void crash() {
    stop();
    List<SimTask> all;
    synchronized (this) {
      all = List.copyOf(tasks.values());
      all.stream().filter(t -> !t.state().isTerminal()).forEach(abandoned::add);
      tasks.clear();
      frameworks.clear();
    }
    all.forEach(SimAgent::killNow);
  }

  /**
   * Restarts the process.
   *
   * @param how with or without its old identity
   * @param newSpec the settings from now on
   * @throws IOException the port is taken, or it should recover although its hostname, port,
   *     resources or attributes changed: the message is what the agent logs before it exits
   */
  public void restart(Start how, AgentSpec newSpec) throws IOException {
    stop();
    if (how == Start.WIPED) {
      wipe();
    } else if (!newSpec.sameIdentity(checkpointed)) {
      throw new IOException(incompatible(newSpec));
    }
    synchronized (this) {
      spec = newSpec;
    }
    start();
  }

  /** Stops the process and ends all tasks; bounded. */
  @Override
  public void close() {
    crash();
  }

  private String incompatible(AgentSpec wanted) {
    String rule = "-".repeat(60);
    String noun = cluster.generation() == MesosGeneration.V0_28 ? "slave" : "agent";
    return String.join(
        "\n",
        "Failed to perform recovery: Incompatible " + noun + " info detected.",
        rule,
        "Old " + noun + " info: " + checkpointed,
        rule,
        "New " + noun + " info: " + wanted,
        rule,
        "To remedy this do as follows:",
        "Step 1: rm -f " + wanted.workDir() + "/meta/slaves/latest",
        "        This ensures " + noun + " doesn't recover old live executors.",
        "Step 2: Restart the " + noun + ".");
  }

  private void wipe() {
    List<SimTask> orphans;
    synchronized (this) {
      orphans = tasks.values().stream().filter(t -> !t.state().isTerminal()).toList();
      tasks.clear();
      frameworks.clear();
      abandoned.addAll(orphans);
      id = Optional.empty();
    }
    orphans.forEach(SimAgent::killNow);
  }

  private static void killNow(SimTask task) {
    RunningTask running = task.requestKill();
    if (running != null) {
      running.kill();
    }
  }

  /**
   * Registers with whoever leads now, once; does nothing while the agent is down or nobody leads.
   */
  void register() {
    Optional<MasterState> leader = cluster.leader().flatMap(SimMaster::state);
    if (leader.isEmpty() || !isUp()) {
      return;
    }
    List<SimTask> lost;
    List<SimTask> kept;
    synchronized (this) {
      if (leader.equals(known)) {
        return;
      }
      known = leader;
      if (id.isEmpty()) {
        id = Optional.of(leader.get().newAgentId());
      }
      leader.get().registerAgent(this, id.get(), carried(), cluster.now());
      lost = List.copyOf(abandoned);
      abandoned.clear();
      kept = List.copyOf(tasks.values());
    }
    lost.forEach(t -> cluster.reportLost(t, "Agent registered without the task"));
    kept.stream().filter(SimTask::isUnacknowledged).forEach(cluster::deliver);
  }

  /** The frameworks that have something left here. */
  private Map<String, FrameworkSpec> carried() {
    Map<String, FrameworkSpec> carried = new LinkedHashMap<>(frameworks);
    carried
        .keySet()
        .removeIf(
            framework ->
                tasks.values().stream()
                    .noneMatch(t -> t.frameworkId().equals(framework) && !t.isCompleted()));
    return carried;
  }

  /** Takes a task; false when the agent is down or has no room for it. */
  boolean launch(FrameworkEntry framework, TaskInfo info) {
    SimTask task;
    TaskLaunch launch;
    synchronized (this) {
      if (!up || id.isEmpty() || !free().contains(info.resources())) {
        return false;
      }
      task = new SimTask(framework.id(), info, id.get());
      tasks.put(info.taskId(), task);
      frameworks.put(framework.id(), framework.spec());
      launch =
          new TaskLaunch(
              spec.hostname(),
              id.get(),
              spec.dockerSocket(),
              framework.id(),
              framework.spec().name(),
              info);
    }
    cluster.work(() -> run(task, launch));
    return true;
  }

  private void run(SimTask task, TaskLaunch launch) {
    try {
      cluster.runner().fetch(launch);
      if (cluster.generation() != MesosGeneration.V0_28) {
        update(task, TaskState.TASK_STARTING, "");
      }
      RunningTask running = cluster.runner().start(launch);
      task.runningAs(running);
      update(task, TaskState.TASK_RUNNING, "");
      running.exit().whenComplete((exit, error) -> cluster.work(() -> ended(task, exit, error)));
      if (task.isKillRequested()) {
        running.stop();
      }
    } catch (IOException e) {
      update(task, TaskState.TASK_FAILED, e.getMessage());
    }
  }

  private void ended(SimTask task, TaskExit exit, Throwable error) {
    if (task.isKillRequested()) {
      update(task, TaskState.TASK_KILLED, exit == null ? "Command killed" : exit.message());
    } else if (error != null) {
      update(task, TaskState.TASK_FAILED, error.toString());
    } else {
      update(
          task, exit.success() ? TaskState.TASK_FINISHED : TaskState.TASK_FAILED, exit.message());
    }
  }

  private void update(SimTask task, TaskState state, String message) {
    if (task.add(state, message, spec().hostname(), cluster.now()) && isUp()) {
      cluster.deliver(task);
    }
    forgetOldest();
  }

  private synchronized void forgetOldest() {
    List<String> done =
        tasks.values().stream().filter(SimTask::isCompleted).map(t -> t.info().taskId()).toList();
    done.stream().limit(Math.max(0, done.size() - MAX_COMPLETED)).forEach(tasks::remove);
  }

  /** Ends one task as its scheduler asked; false when it is unknown or over. */
  boolean kill(String taskId) {
    SimTask task;
    synchronized (this) {
      task = tasks.get(taskId);
    }
    if (task == null || task.state().isTerminal() || task.isKillRequested()) {
      return false;
    }
    RunningTask running = task.requestKill();
    if (running != null) {
      cluster.later(cluster.timers().kill(), running::stop);
    }
    return true;
  }

  /** Ends all tasks of a framework that is no more. */
  void shutdownFramework(String frameworkId) {
    for (SimTask task : tasks()) {
      if (task.frameworkId().equals(frameworkId)) {
        kill(task.info().taskId());
        task.orphan();
      }
    }
  }

  /** All tasks that it remembers, oldest first. */
  synchronized List<SimTask> tasks() {
    return List.copyOf(tasks.values());
  }

  synchronized Optional<SimTask> task(String taskId) {
    return Optional.ofNullable(tasks.get(taskId));
  }

  /** What its live tasks take. */
  synchronized Resources used() {
    return Resources.sum(
        tasks.values().stream()
            .filter(t -> !t.state().isTerminal())
            .map(t -> t.info().resources())
            .toList());
  }

  /** What its live tasks leave. */
  synchronized Resources free() {
    return spec.resources().minus(used());
  }

  synchronized Map<String, FrameworkSpec> frameworks() {
    return Collections.unmodifiableMap(new LinkedHashMap<>(frameworks));
  }

  synchronized Instant started() {
    return started;
  }
}
