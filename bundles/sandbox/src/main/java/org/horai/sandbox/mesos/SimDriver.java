package org.horai.sandbox.mesos;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.horai.api.service.OwnThreads;

/**
 * A scheduler's connection to whichever master leads, as libmesos is: it registers by itself, again
 * with every new leader, and keeps trying while the master cannot dial the scheduler. Thread-safe.
 */
public final class SimDriver implements AutoCloseable {

  private enum State {
    WAITING,
    CONNECTED,
    ENDED
  }

  private final SimMesos cluster;
  private final SchedulerCallbacks callbacks;
  private final ExecutorService caller;
  private FrameworkSpec spec;
  private State state = State.WAITING;
  private boolean registeredBefore;

  SimDriver(SimMesos cluster, FrameworkSpec spec, SchedulerCallbacks callbacks) {
    this.cluster = Objects.requireNonNull(cluster, "cluster");
    this.spec = Objects.requireNonNull(spec, "spec");
    this.callbacks = Objects.requireNonNull(callbacks, "callbacks");
    this.caller = Executors.newSingleThreadExecutor(cluster.context().threads());
  }

  /** Begins to register; returns at once. */
  public void start() {
    cluster.add(this);
    submit(this::register);
  }

  /** The framework's id; empty until a master gave one. */
  public synchronized Optional<String> frameworkId() {
    return spec.id();
  }

  /** Whether the leading master counts the scheduler as connected. */
  public synchronized boolean isConnected() {
    return state == State.CONNECTED;
  }

  /** What every agent has free; empty while disconnected or when the framework was torn down. */
  public List<Offer> offers() {
    return leading().map(MasterState::agents).orElse(List.of()).stream()
        .filter(MasterState.AgentEntry::active)
        .map(
            a ->
                new Offer(
                    a.id(),
                    a.agent().spec().hostname(),
                    a.agent().spec().attributes(),
                    a.agent().free()))
        .toList();
  }

  /**
   * Launches a task; its updates come to the callbacks.
   *
   * @return false when the framework is not known to the leader, or the agent is gone or full
   */
  public boolean launch(String agentId, TaskInfo task) {
    Optional<MasterState> leader = leading();
    Optional<FrameworkEntry> framework = leader.flatMap(l -> l.framework(frameworkId().orElse("")));
    Optional<SimAgent> agent =
        leader
            .flatMap(l -> l.agent(agentId))
            .filter(MasterState.AgentEntry::active)
            .map(MasterState.AgentEntry::agent);
    return framework.isPresent() && agent.isPresent() && agent.get().launch(framework.get(), task);
  }

  /** Ends a task; TASK_KILLED follows, or TASK_LOST when nobody knows it. */
  public void kill(String taskId) {
    for (MasterState.AgentEntry entry : leading().map(MasterState::agents).orElse(List.of())) {
      if (entry.agent().task(taskId).isPresent()) {
        entry.agent().kill(taskId);
        return;
      }
    }
    reconcile(List.of(taskId));
  }

  /**
   * Asks for the last state of the given tasks; an unknown one is TASK_LOST. Nothing is said of
   * tasks whose agent has not registered with the leader yet.
   */
  public void reconcile(Collection<String> taskIds) {
    Optional<MasterState> leader = leading();
    if (leader.isEmpty()) {
      return;
    }
    for (String taskId : taskIds) {
      Optional<SimTask> task =
          leader.get().agents().stream().flatMap(a -> a.agent().task(taskId).stream()).findFirst();
      if (task.isPresent()) {
        task.filter(t -> !t.statuses().isEmpty()).ifPresent(this::deliver);
      } else if (cluster.agents().stream().noneMatch(a -> a.task(taskId).isPresent())) {
        deliver(cluster.lost(taskId, "", "", "Reconciliation: Task is unknown"));
      }
    }
  }

  /**
   * Ends the driver; bounded by five seconds.
   *
   * @param failover true leaves the framework inactive with its tasks for its fail-over time-out,
   *     false unregisters it, which ends its tasks
   */
  public void stop(boolean failover) {
    synchronized (this) {
      if (state == State.ENDED) {
        return;
      }
      state = State.ENDED;
    }
    cluster.remove(this, failover);
    OwnThreads.end(caller);
  }

  /** Ends it as a crash does: the framework stays, inactive. */
  @Override
  public void close() {
    stop(true);
  }

  private Optional<MasterState> leading() {
    return isConnected() ? cluster.leader().flatMap(SimMaster::state) : Optional.empty();
  }

  InetSocketAddress address() {
    return spec().address();
  }

  synchronized FrameworkSpec spec() {
    return spec;
  }

  void leaderChanged() {
    submit(this::register);
  }

  /** The leader is gone or cannot dial the scheduler; tries again by itself. */
  void connectionLost() {
    submit(
        () -> {
          if (leave(State.WAITING)) {
            callbacks.disconnected();
          }
        });
    cluster.later(cluster.timers().schedulerRetry(), () -> submit(this::register));
  }

  /** Ends the driver with an error. */
  void abort(String message) {
    submit(
        () -> {
          synchronized (this) {
            if (state == State.ENDED) {
              return;
            }
            state = State.ENDED;
          }
          cluster.forget(this);
          callbacks.error(message);
        });
  }

  void deliver(SimTask task) {
    TaskStatus status = task.lastStatus();
    submit(
        () -> {
          callbacks.statusUpdate(status);
          if (task.lastStatus() == status) {
            task.acknowledge();
          }
        });
  }

  void deliver(TaskStatus status) {
    submit(() -> callbacks.statusUpdate(status));
  }

  private synchronized boolean leave(State next) {
    boolean was = state == State.CONNECTED;
    if (state != State.ENDED) {
      state = next;
    }
    return was;
  }

  private void register() {
    Optional<SimMaster> leader = cluster.leader();
    Optional<MasterState> memory = leader.flatMap(SimMaster::state);
    if (memory.isEmpty() || isConnected() || isEnded()) {
      return;
    }
    MasterState.Subscription outcome = memory.get().subscribe(this, spec(), cluster.now());
    outcome.displaced().ifPresent(other -> other.abort("Framework failed over"));
    if (outcome.entry().isEmpty()) {
      abort(outcome.refusal());
    } else if (!cluster.reachability().canDial(leader.get().host(), address())) {
      cluster.frameworkAway(memory.get(), this);
      Duration retry = cluster.timers().schedulerRetry();
      cluster.later(retry, () -> submit(this::register));
    } else {
      connected(outcome.entry().get().id(), leader.get());
      memory.get().agents().stream()
          .flatMap(a -> a.agent().tasks().stream())
          .filter(t -> t.frameworkId().equals(outcome.entry().get().id()))
          .filter(SimTask::isUnacknowledged)
          .forEach(this::deliver);
    }
  }

  private void connected(String id, SimMaster leader) {
    boolean again;
    synchronized (this) {
      state = State.CONNECTED;
      spec = spec.withId(id);
      again = registeredBefore;
      registeredBefore = true;
    }
    if (again) {
      callbacks.reregistered(leader.pid());
    } else {
      callbacks.registered(id, leader.pid());
    }
  }

  private synchronized boolean isEnded() {
    return state == State.ENDED;
  }

  private void submit(Runnable work) {
    try {
      caller.execute(work);
    } catch (RejectedExecutionException ended) {
      // nobody listens any more
    }
  }
}
