package org.horai.sandbox.marathon;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.horai.api.service.OwnThreads;
import org.horai.sandbox.mesos.FrameworkSpec;
import org.horai.sandbox.mesos.SchedulerCallbacks;
import org.horai.sandbox.mesos.SimDriver;
import org.horai.sandbox.mesos.TaskState;
import org.horai.sandbox.mesos.TaskStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a leading Marathon runs: the framework, the deployments, the launches and the health checks,
 * in rounds on one thread. Everything it keeps here is lost when it stops leading: health results,
 * back-offs, waiting reasons.
 */
final class MarathonCore implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(MarathonCore.class);

  private final MarathonStore store;
  private final MarathonJson json;
  private final EventStream stream;
  private final MarathonEvents events;
  private final LaunchQueue queue;
  private final DeploymentEngine engine;
  private final HealthChecker health;
  private final SimDriver driver;
  private final ScheduledExecutorService rounds;
  private final ExecutorService workers;
  private final Runnable exit;
  private final long roundMillis;
  private volatile boolean stalled;

  /**
   * @param authority where the process listens
   * @param exit ends the process: Mesos' leader changed or the framework was removed; must not
   *     block
   */
  MarathonCore(
      SimMarathon.Settings settings,
      SimMarathon.Surroundings around,
      String authority,
      Runnable exit) {
    this.store = around.store();
    this.exit = exit;
    String host = authority.substring(0, authority.lastIndexOf(':'));
    this.json = new MarathonJson(settings.version());
    this.stream = new EventStream(store);
    this.events = new MarathonEvents(stream, store.ledger(), json, settings.version());
    this.rounds = Executors.newSingleThreadScheduledExecutor(around.context().threads());
    this.workers = Executors.newCachedThreadPool(around.context().threads());
    this.roundMillis = around.context().time().millis(settings.timers().round());
    boolean legacy = settings.version().isLegacy();
    this.queue =
        new LaunchQueue(
            store,
            events,
            json,
            around.context().time(),
            settings.timers().unmetRound(),
            legacy,
            this::driver);
    this.engine = new DeploymentEngine(store, events, queue, legacy, this::kill);
    this.health =
        new HealthChecker(
            store,
            events,
            around.context().time(),
            host,
            around.reachability(),
            this::work,
            this::kill,
            queue::resetDelay);
    this.driver = around.mesos().driver(framework(settings, host, authority), new Callbacks());
  }

  private FrameworkSpec framework(SimMarathon.Settings settings, String host, String authority) {
    FrameworkSpec spec =
        FrameworkSpec.of(
            store.frameworkId(),
            "marathon",
            host,
            settings.libprocessPort(),
            "http://" + authority);
    return settings.version().isLegacy()
        ? spec
        : spec.withCapabilities(List.of("PARTITION_AWARE", "REGION_AWARE", "MULTI_ROLE"));
  }

  void start() {
    synchronized (store) {
      store.instances.forEach(i -> i.health = Optional.empty());
    }
    driver.start();
    rounds.scheduleWithFixedDelay(this::round, roundMillis, roundMillis, TimeUnit.MILLISECONDS);
  }

  /** Ends it; the framework stays, inactive, with its tasks. Bounded. */
  @Override
  public void close() {
    rounds.shutdownNow();
    workers.shutdownNow();
    driver.stop(true);
    OwnThreads.end(rounds);
  }

  MarathonStore store() {
    return store;
  }

  MarathonJson json() {
    return json;
  }

  EventStream stream() {
    return stream;
  }

  MarathonEvents events() {
    return events;
  }

  LaunchQueue queue() {
    return queue;
  }

  DeploymentEngine engine() {
    return engine;
  }

  private SimDriver driver() {
    return driver;
  }

  /** Whether deployments and launches stand still. */
  void stalled(boolean on) {
    stalled = on;
  }

  private void round() {
    try {
      synchronized (store) {
        if (!stalled) {
          engine.round();
          queue.round();
        }
        health.round();
      }
    } catch (RuntimeException e) {
      LOG.error("a round of the simulated Marathon failed", e);
    }
  }

  private void work(Runnable task) {
    try {
      workers.execute(task);
    } catch (RejectedExecutionException closing) {
      // nobody waits for it any more
    }
  }

  /** Ends an instance's task; what follows depends on whether it is decommissioned. */
  void kill(Instance instance) {
    if (instance.condition.isLive() && !instance.killing) {
      instance.killing = true;
      driver.kill(instance.taskId);
    }
  }

  private void updated(TaskStatus status) {
    synchronized (store) {
      Optional<Instance> found = store.byTask(status.taskId());
      if (found.isEmpty()) {
        if (!status.state().isTerminal()) {
          driver.kill(status.taskId());
        }
        return;
      }
      Instance instance = found.get();
      if (!instance.condition.isLive()) {
        return;
      }
      if (status.state().isTerminal()) {
        ended(instance, status);
      } else {
        runs(instance, status);
      }
    }
  }

  private void runs(Instance instance, TaskStatus status) {
    if (instance.condition == Instance.Condition.RUNNING
        || status.state() == TaskState.TASK_STAGING) {
      return;
    }
    instance.addresses = status.addresses();
    if (status.state() == TaskState.TASK_RUNNING) {
      instance.condition = Instance.Condition.RUNNING;
      instance.startedAt = Optional.of(status.timestamp()).map(MarathonCore::millis);
    } else {
      instance.condition = Instance.Condition.STARTING;
    }
    events.updated(instance, status);
    events.changed(instance, instance.condition.inEvents());
  }

  private static Instant millis(Instant time) {
    return Instant.ofEpochMilli(time.toEpochMilli());
  }

  private void ended(Instance instance, TaskStatus status) {
    events.updated(instance, status);
    instance.condition =
        switch (status.state()) {
          case TASK_KILLED -> Instance.Condition.KILLED;
          case TASK_FINISHED -> Instance.Condition.FINISHED;
          case TASK_LOST, TASK_UNREACHABLE -> Instance.Condition.LOST;
          default -> Instance.Condition.FAILED;
        };
    events.changed(instance, instance.condition.inEvents());
    instance.ports = List.of();
    if (instance.condition == Instance.Condition.FAILED
        || instance.condition == Instance.Condition.LOST) {
      store.failed(instance.appId, json.failure(instance, millis(status)));
    }
    if (!instance.killing) {
      queue.backOff(instance.spec);
    }
    instance.killing = false;
    engine.taskEnded(instance);
    queue.nudge();
  }

  private static TaskStatus millis(TaskStatus s) {
    return new TaskStatus(
        s.taskId(),
        s.state(),
        s.message(),
        s.agentId(),
        s.agentHost(),
        millis(s.timestamp()),
        s.addresses());
  }

  /** Marathon as a scheduler. */
  private final class Callbacks implements SchedulerCallbacks {

    @Override
    public void registered(String frameworkId, String masterPid) {
      store.frameworkId(frameworkId);
      List<String> live;
      synchronized (store) {
        live =
            store.instances.stream().filter(i -> i.condition.isLive()).map(i -> i.taskId).toList();
      }
      driver.reconcile(live);
    }

    @Override
    public void reregistered(String masterPid) {
      queueNudge();
    }

    @Override
    public void disconnected() {
      LOG.debug("Marathon exits: the leading Mesos master is gone");
      exit.run();
    }

    @Override
    public void error(String message) {
      LOG.debug("Marathon exits: {}", message);
      exit.run();
    }

    @Override
    public void statusUpdate(TaskStatus status) {
      updated(status);
    }

    private void queueNudge() {
      synchronized (store) {
        queue.nudge();
      }
    }
  }
}
