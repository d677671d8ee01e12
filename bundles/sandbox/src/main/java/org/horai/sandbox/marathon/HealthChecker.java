package org.horai.sandbox.marathon;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.horai.sandbox.mesos.Reachability;
import org.horai.sandbox.net.SimHttpClient;
import org.horai.sandbox.net.SimReply;
import org.horai.sandbox.net.TimeScale;

/** Checks the running tasks over real sockets and has those killed that fail too often. */
final class HealthChecker {

  private static final int MAX_REASON = 64;
  private static final Duration MAX_WAIT = Duration.ofSeconds(20);

  /** Where and how to reach one task. */
  private record Probe(
      Instance instance, String taskId, AppSpec.Check check, InetSocketAddress address) {}

  private final MarathonStore store;
  private final MarathonEvents events;
  private final TimeScale time;
  private final String marathonHost;
  private final Reachability reachability;
  private final Consumer<Runnable> workers;
  private final Consumer<Instance> killer;
  private final Consumer<String> healthy;
  private final Map<String, Instant> due = new HashMap<>();

  /**
   * @param marathonHost from where Marathon itself checks
   * @param workers runs the checks, which block
   * @param killer ends an unhealthy task
   * @param healthy hears the id of an app that became healthy
   */
  HealthChecker(
      MarathonStore store,
      MarathonEvents events,
      TimeScale time,
      String marathonHost,
      Reachability reachability,
      Consumer<Runnable> workers,
      Consumer<Instance> killer,
      Consumer<String> healthy) {
    this.store = store;
    this.events = events;
    this.time = time;
    this.marathonHost = marathonHost;
    this.reachability = reachability;
    this.workers = workers;
    this.killer = killer;
    this.healthy = healthy;
  }

  /** Starts the checks that are due; call with the store's monitor held. */
  void round() {
    Instant now = store.now();
    due.keySet().removeIf(taskId -> store.byTask(taskId).isEmpty());
    for (Instance instance : store.instances) {
      List<AppSpec.Check> checks = instance.spec.checks();
      if (!instance.isRunning() || checks.isEmpty()) {
        continue;
      }
      AppSpec.Check check = checks.get(0);
      Duration interval = time.of(Duration.ofSeconds(check.intervalSeconds()));
      Instant next = due.computeIfAbsent(instance.taskId, id -> now.plus(interval));
      if (!now.isBefore(next)) {
        due.put(instance.taskId, now.plus(interval));
        address(instance, check)
            .ifPresent(
                to -> workers.accept(() -> run(new Probe(instance, instance.taskId, check, to))));
      }
    }
  }

  /** The port wins over the index; a container network is checked on the container's address. */
  private static Optional<InetSocketAddress> address(Instance instance, AppSpec.Check check) {
    List<AppSpec.Port> ports = instance.spec.ports();
    boolean inside = instance.spec.network() == AppSpec.Network.CONTAINER;
    String host =
        inside && !instance.addresses.isEmpty() ? instance.addresses.get(0) : instance.host;
    if (check.port().isPresent()) {
      return Optional.of(InetSocketAddress.createUnresolved(host, check.port().get()));
    }
    int index = check.portIndex();
    if (inside && index < ports.size()) {
      return Optional.of(
          InetSocketAddress.createUnresolved(host, ports.get(index).containerPort()));
    }
    return index < instance.ports.size()
        ? Optional.of(InetSocketAddress.createUnresolved(host, instance.ports.get(index)))
        : Optional.empty();
  }

  private void run(Probe probe) {
    Optional<String> failure;
    try {
      failure = check(probe);
    } catch (IOException e) {
      failure = Optional.of(e.getClass().getSimpleName() + ": " + e.getMessage());
    }
    synchronized (store) {
      if (probe.instance().taskId.equals(probe.taskId()) && probe.instance().isRunning()) {
        apply(probe, failure);
      }
    }
  }

  /** The cause of a failure, or nothing when the task is well. */
  private Optional<String> check(Probe probe) throws IOException {
    AppSpec.Check check = probe.check();
    // The agent checks from inside the container.
    if (!check.isMesos() && !reachability.canDial(marathonHost, probe.address())) {
      return Optional.of("Connection to " + probe.address() + " timed out");
    }
    Duration scaled = time.of(Duration.ofSeconds(check.timeoutSeconds()));
    Duration wait = scaled.compareTo(MAX_WAIT) < 0 ? scaled : MAX_WAIT;
    if (check.protocol().endsWith("TCP") || check.protocol().equals("COMMAND")) {
      try (Socket socket = new Socket()) {
        socket.connect(
            new InetSocketAddress(probe.address().getHostString(), probe.address().getPort()),
            Math.toIntExact(wait.toMillis()));
      }
      return Optional.empty();
    }
    SimReply reply =
        new SimHttpClient(wait, wait)
            .send(probe.address(), "GET", check.path(), Map.of(), new byte[0]);
    if (reply.reason().length() > MAX_REASON) {
      return Optional.of("Response reason phrase exceeds the configured limit of 64 characters");
    }
    return reply.status() >= 200 && reply.status() < 400
        ? Optional.empty()
        : Optional.of((reply.status() + " " + reply.reason()).trim());
  }

  private void apply(Probe probe, Optional<String> failure) {
    Instance instance = probe.instance();
    boolean firstSight = instance.health.isEmpty();
    Instance.Health health = instance.health.orElseGet(Instance.Health::new);
    instance.health = Optional.of(health);
    boolean before = health.alive;
    if (failure.isEmpty()) {
      succeeded(health);
    } else {
      failed(probe, health, failure.get());
    }
    if (firstSight || before != health.alive) {
      events.healthChanged(instance, health.alive, firstSight);
    }
    if (health.alive) {
      healthy.accept(instance.appId);
    }
  }

  private void succeeded(Instance.Health health) {
    Instant now = store.now();
    health.alive = true;
    health.consecutiveFailures = 0;
    health.firstSuccess = health.firstSuccess.or(() -> Optional.of(now));
    health.lastSuccess = Optional.of(now);
  }

  /** Failures before the first success do not count while the grace period lasts. */
  private void failed(Probe probe, Instance.Health health, String cause) {
    Instance instance = probe.instance();
    AppSpec.Check check = probe.check();
    Instant now = store.now();
    health.alive = false;
    Instant graceEnds =
        instance.startedAt.orElse(now).plus(time.of(Duration.ofSeconds(check.graceSeconds())));
    if (health.firstSuccess.isEmpty() && now.isBefore(graceEnds)) {
      return;
    }
    health.consecutiveFailures++;
    health.lastFailure = Optional.of(now);
    health.lastFailureCause = cause;
    events.checkFailed(instance, check);
    if (check.maxFailures() > 0 && health.consecutiveFailures >= check.maxFailures()) {
      events.unhealthyKilled(instance, cause);
      killer.accept(instance);
    }
  }
}
