package org.horai.sandbox.mesos;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.horai.api.service.OwnThreads;
import org.horai.sandbox.net.SimContext;

/**
 * A simulated Mesos cluster: masters that elect a leader in a real ZooKeeper, agents, and the
 * drivers of schedulers. Closing it closes everything that it made.
 */
public final class SimMesos implements AutoCloseable {

  /**
   * What the cluster is.
   *
   * @param generation of masters and agents
   * @param masters their addresses; port 5050 in reality
   * @param zkConnect the ZooKeeper connect string
   * @param zkPath the election's znode, {@code /mesos} in reality
   * @param clusterName shown in state
   * @param timers the waits
   * @param teardownTellsScheduler whether a torn-down scheduler hears of it at once. Mesos 1.11 was
   *     seen not to tell: the scheduler went on without a framework and learned of it only when it
   *     registered again
   */
  public record Settings(
      MesosGeneration generation,
      List<InetSocketAddress> masters,
      String zkConnect,
      String zkPath,
      String clusterName,
      MesosTimers timers,
      boolean teardownTellsScheduler) {

    /** Copies the masters. */
    public Settings {
      masters = List.copyOf(masters);
    }

    /** Settings with the usual path, name and waits. */
    public static Settings of(
        MesosGeneration generation, List<InetSocketAddress> masters, String zkConnect) {
      return new Settings(
          generation, masters, zkConnect, "/mesos", "sandbox", MesosTimers.defaults(), false);
    }
  }

  private final Settings settings;
  private final SimContext context;
  private final Reachability reachability;
  private final TaskRunner runner;
  private final ScheduledExecutorService timer;
  private final ExecutorService workers;
  private final List<SimMaster> masters = new ArrayList<>();
  private final List<SimAgent> agents = new CopyOnWriteArrayList<>();
  private final List<SimDriver> drivers = new CopyOnWriteArrayList<>();
  private volatile SimMaster leader;

  /** Prepares the masters; {@link #start()} starts them. */
  public SimMesos(
      Settings settings, SimContext context, Reachability reachability, TaskRunner runner) {
    this.settings = Objects.requireNonNull(settings, "settings");
    this.context = Objects.requireNonNull(context, "context");
    this.reachability = Objects.requireNonNull(reachability, "reachability");
    this.runner = Objects.requireNonNull(runner, "runner");
    this.timer = Executors.newSingleThreadScheduledExecutor(context.threads());
    this.workers = Executors.newCachedThreadPool(context.threads());
    settings.masters().forEach(address -> masters.add(new SimMaster(this, address)));
  }

  /**
   * Starts all masters; the first leader follows within a second or so.
   *
   * @throws IOException an address is taken
   */
  public void start() throws IOException {
    for (SimMaster master : masters) {
      master.start();
    }
    long period = context.time().millis(settings.timers().linkCheck());
    timer.scheduleWithFixedDelay(this::checkLinks, period, period, TimeUnit.MILLISECONDS);
  }

  /** The masters in the order of the settings. */
  public List<SimMaster> masters() {
    return List.copyOf(masters);
  }

  /** The agents in the order they were added. */
  public List<SimAgent> agents() {
    return List.copyOf(agents);
  }

  /** The master that leads. */
  public Optional<SimMaster> leader() {
    return Optional.ofNullable(leader);
  }

  /** Adds an agent; {@link SimAgent#start()} starts it. */
  public SimAgent addAgent(AgentSpec spec) {
    SimAgent agent = new SimAgent(this, spec);
    agents.add(agent);
    return agent;
  }

  /** Makes a driver for a scheduler; {@link SimDriver#start()} registers it. */
  public SimDriver driver(FrameworkSpec spec, SchedulerCallbacks callbacks) {
    return new SimDriver(this, spec, callbacks);
  }

  /**
   * Looks at once whether the leader can still dial all schedulers, instead of at the next regular
   * look.
   */
  public void checkLinks() {
    Optional<MasterState> memory = leader().flatMap(SimMaster::state);
    for (FrameworkEntry framework : memory.map(MasterState::frameworks).orElse(List.of())) {
      framework
          .driver()
          .filter(driver -> leader != null)
          .filter(driver -> !reachability.canDial(leader.host(), driver.address()))
          .ifPresent(
              driver -> {
                frameworkAway(memory.get(), driver);
                driver.connectionLost();
              });
    }
  }

  @Override
  public void close() {
    drivers.forEach(driver -> driver.stop(true));
    agents.forEach(SimAgent::close);
    masters.forEach(SimMaster::close);
    timer.shutdownNow();
    OwnThreads.end(workers);
  }

  Settings settings() {
    return settings;
  }

  MesosGeneration generation() {
    return settings.generation();
  }

  MesosTimers timers() {
    return settings.timers();
  }

  SimContext context() {
    return context;
  }

  Reachability reachability() {
    return reachability;
  }

  TaskRunner runner() {
    return runner;
  }

  Instant now() {
    return context.clock().instant().truncatedTo(ChronoUnit.MICROS);
  }

  void later(Duration real, Runnable work) {
    try {
      timer.schedule(() -> work(work), context.time().millis(real), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closing) {
      // the cluster ends
    }
  }

  void work(Runnable work) {
    try {
      workers.execute(work);
    } catch (RejectedExecutionException closing) {
      // the cluster ends
    }
  }

  void add(SimDriver driver) {
    drivers.add(driver);
  }

  void forget(SimDriver driver) {
    drivers.remove(driver);
  }

  void remove(SimDriver driver, boolean failover) {
    drivers.remove(driver);
    Optional<MasterState> memory = leader().flatMap(SimMaster::state);
    memory.ifPresent(
        m -> {
          if (failover) {
            frameworkAway(m, driver);
          } else {
            m.disconnect(driver).ifPresent(f -> removeFramework(m, f.id()));
          }
        });
  }

  /** Marks the framework inactive, and removes it when its fail-over time-out passes that way. */
  void frameworkAway(MasterState memory, SimDriver driver) {
    memory
        .disconnect(driver)
        .ifPresent(
            away ->
                later(
                    away.spec().failoverTimeout(),
                    () -> {
                      if (memory.framework(away.id()).filter(f -> f == away).isPresent()) {
                        removeFramework(memory, away.id());
                      }
                    }));
  }

  /** Tears a framework down; false when the leader does not know it. */
  boolean teardown(MasterState memory, String frameworkId) {
    Optional<FrameworkEntry> removed = removeFramework(memory, frameworkId);
    if (settings.teardownTellsScheduler()) {
      removed
          .flatMap(FrameworkEntry::driver)
          .ifPresent(driver -> driver.abort("Framework has been removed"));
    }
    return removed.isPresent();
  }

  private Optional<FrameworkEntry> removeFramework(MasterState memory, String frameworkId) {
    Optional<FrameworkEntry> removed = memory.remove(frameworkId, now());
    if (removed.isPresent()) {
      agents.forEach(agent -> agent.shutdownFramework(frameworkId));
    }
    return removed;
  }

  void leaderElected(SimMaster master) {
    if (leader != null) {
      drivers.forEach(SimDriver::connectionLost);
    }
    leader = master;
    drivers.forEach(SimDriver::leaderChanged);
    agents.forEach(agent -> later(timers().agentRegistration(), agent::register));
  }

  void leaderLost(SimMaster master) {
    if (leader != master) {
      return;
    }
    leader = null;
    drivers.forEach(SimDriver::connectionLost);
  }

  void agentDown(SimAgent agent) {
    Optional<MasterState> memory = leader().flatMap(SimMaster::state);
    Optional<String> id = agent.id();
    if (memory.isEmpty() || id.isEmpty()) {
      return;
    }
    List<SimTask> last = agent.tasks().stream().filter(t -> !t.state().isTerminal()).toList();
    memory.get().deactivateAgent(id.get());
    later(
        timers().agentLost(),
        () -> {
          if (memory.get().removeAgent(id.get())) {
            last.forEach(t -> reportLost(t, "Agent removed: health check timed out"));
          }
        });
  }

  /** Brings a task's last update to its scheduler, if that is connected. */
  void deliver(SimTask task) {
    driverOf(task).ifPresent(driver -> driver.deliver(task));
  }

  void reportLost(SimTask task, String message) {
    String host = task.statuses().isEmpty() ? "" : task.lastStatus().agentHost();
    driverOf(task)
        .ifPresent(d -> d.deliver(lost(task.info().taskId(), task.agentId(), host, message)));
  }

  TaskStatus lost(String taskId, String agentId, String host, String message) {
    return new TaskStatus(taskId, TaskState.TASK_LOST, message, agentId, host, now(), List.of());
  }

  private Optional<SimDriver> driverOf(SimTask task) {
    return leader()
        .flatMap(SimMaster::state)
        .flatMap(memory -> memory.framework(task.frameworkId()))
        .flatMap(FrameworkEntry::driver);
  }
}
