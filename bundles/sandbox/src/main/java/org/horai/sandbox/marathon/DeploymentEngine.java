package org.horai.sandbox.marathon;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** Brings the instances to what the deployments want, step by step. Guarded by the store. */
final class DeploymentEngine {

  private static final Comparator<Instance> YOUNGEST_FIRST =
      Comparator.comparing((Instance i) -> i.startedAt.orElse(Instant.MAX)).reversed();

  private final MarathonStore store;
  private final MarathonEvents events;
  private final LaunchQueue queue;
  private final boolean legacy;
  private final Consumer<Instance> killer;

  /**
   * @param killer ends the task of an instance
   */
  DeploymentEngine(
      MarathonStore store,
      MarathonEvents events,
      LaunchQueue queue,
      boolean legacy,
      Consumer<Instance> killer) {
    this.store = store;
    this.events = events;
    this.queue = queue;
    this.legacy = legacy;
    this.killer = killer;
  }

  /** Starts a deployment and takes its first steps; it may be over when this returns. */
  Deployment deploy(
      Instant version, List<Deployment.Action> steps, Map<String, Optional<AppSpec>> before) {
    Deployment deployment = new Deployment(UUID.randomUUID().toString(), version, steps, before);
    store.changed(version);
    store.add(deployment);
    events.groupChanged(version);
    advance(deployment);
    return deployment;
  }

  /** Ends a deployment where it stands. */
  void cancel(Deployment deployment) {
    if (store.remove(deployment)) {
      events.deploymentFailed(deployment);
    }
  }

  /** One round for all deployments. */
  void round() {
    List.copyOf(store.deployments).forEach(this::advance);
  }

  private void advance(Deployment deployment) {
    while (store.deployments.contains(deployment)) {
      if (!deployment.announced) {
        deployment.announced = true;
        events.stepStarted(deployment);
        begin(deployment.action());
      }
      if (!isDone(deployment)) {
        return;
      }
      events.stepDone(deployment);
      if (deployment.current + 1 == deployment.steps.size()) {
        store.remove(deployment);
        events.deployed(deployment);
        return;
      }
      deployment.current++;
      deployment.announced = false;
    }
  }

  private void begin(Deployment.Action action) {
    Optional<AppSpec> app = store.app(action.appId());
    if (action.kind() == Deployment.Kind.START) {
      app.ifPresent(events::checksAdded);
    } else if (action.kind() == Deployment.Kind.STOP) {
      events.checksRemoved(action.appId());
    }
  }

  private boolean isDone(Deployment deployment) {
    Deployment.Action action = deployment.action();
    Optional<AppSpec> app = store.app(action.appId());
    return switch (action.kind()) {
      case START -> true;
      case STOP -> stop(action.appId());
      case SCALE -> app.map(this::scale).orElse(true);
      case RESTART -> app.map(a -> replace(deployment, a)).orElse(true);
    };
  }

  private boolean stop(String appId) {
    List<Instance> all = store.instancesOf(appId);
    all.forEach(this::decommission);
    if (!store.instancesOf(appId).isEmpty()) {
      return false;
    }
    queue.forget(appId);
    store.forgetFailure(appId);
    events.appTerminated(appId);
    return true;
  }

  private boolean scale(AppSpec app) {
    List<Instance> kept = kept(app.id());
    int missing = app.instances() - kept.size();
    if (missing < 0) {
      kept.stream().sorted(YOUNGEST_FIRST).limit(-missing).forEach(this::decommission);
    }
    for (int i = 0; i < missing; i++) {
      add(app);
    }
    List<Instance> now = store.instancesOf(app.id());
    return now.size() == app.instances() && now.stream().allMatch(Instance::isReady);
  }

  /**
   * Replaces old tasks by new ones. With health checks by Marathon itself and no over-capacity,
   * 1.11 was seen to kill nothing ("killing 0 of 0") and so to wait for ever, unless somebody makes
   * room.
   */
  private boolean replace(Deployment deployment, AppSpec app) {
    List<Instance> kept = kept(app.id());
    List<Instance> old = kept.stream().filter(i -> isOlder(i, app)).toList();
    List<Instance> fresh = kept.stream().filter(i -> !isOlder(i, app)).toList();
    int ready = (int) fresh.stream().filter(Instance::isReady).count();
    int surplus = old.size() + ready - (int) Math.ceil(app.instances() * app.minimumHealth());
    boolean stuck = !legacy && app.isCheckedByMarathon() && app.overCapacity() == 0;
    int kills = stuck ? Math.min(surplus, ready - deployment.killedForRestart.size()) : surplus;
    old.stream()
        .sorted(YOUNGEST_FIRST)
        .limit(Math.max(0, kills))
        .forEach(
            i -> {
              deployment.killedForRestart.add(i.instanceId);
              decommission(i);
            });
    int room = (stuck ? app.instances() : capacity(app)) - store.instancesOf(app.id()).size();
    int missing = app.instances() - fresh.size();
    for (int i = 0; i < Math.min(room, missing); i++) {
      add(app);
    }
    fresh.stream().sorted(YOUNGEST_FIRST).limit(Math.max(0, -missing)).forEach(this::decommission);
    List<Instance> now = store.instancesOf(app.id());
    return now.size() == app.instances()
        && now.stream().allMatch(i -> !isOlder(i, app) && i.isReady());
  }

  /** How many tasks there may be at a time; one more where nothing could move otherwise. */
  private static int capacity(AppSpec app) {
    int minimum = (int) Math.ceil(app.instances() * app.minimumHealth());
    int maximum = (int) Math.floor(app.instances() * (1 + app.overCapacity()));
    return minimum == maximum ? maximum + 1 : maximum;
  }

  private static boolean isOlder(Instance instance, AppSpec app) {
    return instance.spec.version().isBefore(app.version());
  }

  private List<Instance> kept(String appId) {
    return store.instancesOf(appId).stream().filter(i -> !i.decommissioned).toList();
  }

  private void add(AppSpec app) {
    Instance instance = new Instance(app, legacy, store.now());
    store.instances.add(instance);
    events.changed(instance, Instance.Condition.SCHEDULED.inEvents());
  }

  /** Ends an instance for good. */
  void decommission(Instance instance) {
    if (instance.decommissioned) {
      return;
    }
    instance.decommissioned = true;
    if (instance.condition.isLive()) {
      killer.accept(instance);
    } else {
      store.remove(instance);
    }
  }

  /**
   * The task of an instance has ended: the instance goes, or waits for its next task. Old tasks of
   * an app that is being replaced do not come back.
   */
  void taskEnded(Instance instance) {
    Optional<AppSpec> app = store.app(instance.appId);
    boolean replaced =
        app.isPresent()
            && isOlder(instance, app.get())
            && store.deployments.stream().anyMatch(d -> d.restarts(instance.appId));
    if (instance.decommissioned || app.isEmpty() || replaced) {
      store.remove(instance);
    } else if (legacy) {
      store.remove(instance);
      add(app.get());
    } else {
      instance.waiting = true;
      instance.spec = app.get();
    }
  }
}
