package org.horai.sandbox.marathon;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.horai.sandbox.mesos.Offer;
import org.horai.sandbox.mesos.SimDriver;
import org.horai.sandbox.net.Json;
import org.horai.sandbox.net.TimeScale;

/**
 * Launches the instances that wait, where offers and constraints allow it, and not before the
 * back-off of a crashing app is over. Guarded by the {@link MarathonStore}.
 */
final class LaunchQueue {

  private static final double MILLIS = 1000.0;

  private record Delay(double seconds, Instant until) {}

  private final MarathonStore store;
  private final MarathonEvents events;
  private final MarathonJson json;
  private final TimeScale time;
  private final Duration unmetRound;
  private final boolean legacy;
  private final Supplier<SimDriver> driver;
  private final Map<String, Delay> delays = new HashMap<>();
  private final Map<String, OfferStats> stats = new HashMap<>();
  private final Map<String, Instant> nextTry = new HashMap<>();

  LaunchQueue(
      MarathonStore store,
      MarathonEvents events,
      MarathonJson json,
      TimeScale time,
      Duration unmetRound,
      boolean legacy,
      Supplier<SimDriver> driver) {
    this.store = store;
    this.events = events;
    this.json = json;
    this.time = time;
    this.unmetRound = unmetRound;
    this.legacy = legacy;
    this.driver = driver;
  }

  /** Resources may have become free: look again at once. */
  void nudge() {
    nextTry.clear();
  }

  /** The app's next launch waits, longer after every failure. */
  void backOff(AppSpec app) {
    Delay before = delays.get(app.id());
    double seconds =
        before == null
            ? app.backoffSeconds()
            : Math.min(app.maxLaunchDelaySeconds(), before.seconds() * app.backoffFactor());
    Duration wait = time.of(Duration.ofMillis(Math.round(seconds * MILLIS)));
    delays.put(app.id(), new Delay(seconds, store.now().plus(wait)));
  }

  void resetDelay(String appId) {
    delays.remove(appId);
    nextTry.remove(appId);
  }

  void forget(String appId) {
    resetDelay(appId);
    stats.remove(appId);
  }

  /** One round of offers for everything that waits. */
  void round() {
    Instant now = store.now();
    for (Instance instance : List.copyOf(store.instances)) {
      if (instance.waiting
          && !instance.decommissioned
          && isDue(instance.appId, now)
          && !tryLaunch(instance, now)) {
        nextTry.put(instance.appId, now.plus(time.of(unmetRound)));
      }
    }
  }

  private boolean isDue(String appId, Instant now) {
    Delay delay = delays.get(appId);
    boolean delayed = delay != null && now.isBefore(delay.until());
    return !delayed && !now.isBefore(nextTry.getOrDefault(appId, Instant.EPOCH));
  }

  private boolean tryLaunch(Instance instance, Instant now) {
    OfferStats seen = stats.computeIfAbsent(instance.appId, id -> new OfferStats());
    List<Offer> offers = driver.get().offers();
    List<Placement.Placed> placed = placed(instance, offers);
    seen.round();
    int seed = (instance.instanceId + instance.incarnation).hashCode();
    int turn = Math.floorMod(seed, Math.max(1, offers.size()));
    for (int i = 0; i < offers.size(); i++) {
      Offer offer = offers.get((turn + i) % offers.size());
      Placement.Match match = Placement.match(instance.spec, offer, placed, offers.size(), seed);
      if (match.against().isPresent()) {
        seen.declined(offer, match.against().get(), now);
      } else if (launch(instance, offer, match.hostPorts(), now)) {
        seen.used(now);
        return true;
      }
    }
    return false;
  }

  /** The app's tasks since its last change of configuration: older ones do not count. */
  private List<Placement.Placed> placed(Instance self, List<Offer> offers) {
    Instant since = self.spec.lastConfigChange();
    return store.instancesOf(self.appId).stream()
        .filter(i -> i != self && i.condition.isLive())
        .filter(i -> !i.spec.version().isBefore(since))
        .map(
            i ->
                new Placement.Placed(
                    i.host,
                    offers.stream()
                        .filter(o -> o.agentId().equals(i.agentId))
                        .findFirst()
                        .map(Offer::attributes)
                        .orElse(Map.of())))
        .toList();
  }

  private boolean launch(Instance instance, Offer offer, List<Integer> ports, Instant now) {
    String taskId = instance.nextTaskId();
    String before = instance.taskId;
    instance.taskId = taskId;
    if (!driver
        .get()
        .launch(
            offer.agentId(), TaskBuilder.build(instance.spec, taskId, offer.hostname(), ports))) {
      instance.taskId = before;
      return false;
    }
    instance.waiting = false;
    instance.killing = false;
    instance.condition = Instance.Condition.PROVISIONED;
    instance.agentId = offer.agentId();
    instance.host = offer.hostname();
    instance.attributes = offer.attributes();
    instance.ports = ports;
    instance.addresses = List.of();
    instance.stagedAt = Optional.of(now);
    instance.startedAt = Optional.empty();
    instance.health = Optional.empty();
    events.changed(instance, Instance.Condition.PROVISIONED.inEvents());
    return true;
  }

  /** The answer of {@code /v2/queue}. */
  ObjectNode json(boolean withUnusedOffers) {
    ArrayNode queue = Json.list();
    for (AppSpec app : store.apps.values()) {
      List<Instance> waiting =
          store.instancesOf(app.id()).stream().filter(i -> i.waiting && !i.decommissioned).toList();
      if (!waiting.isEmpty()) {
        queue.add(entry(app, waiting, withUnusedOffers));
      }
    }
    return Json.of("queue", queue);
  }

  private ObjectNode entry(AppSpec app, List<Instance> waiting, boolean withUnusedOffers) {
    Delay delay = delays.get(app.id());
    double scaled =
        delay == null
            ? 0
            : Math.max(0, Duration.between(store.now(), delay.until()).toMillis() / MILLIS);
    long left = (long) Math.ceil(scaled / time.factor());
    ObjectNode waits = Json.of("timeLeftSeconds", left, "overdue", left == 0);
    if (legacy) {
      return Json.of("count", waiting.size(), "delay", waits, "app", json.app(app));
    }
    OfferStats seen = stats.getOrDefault(app.id(), new OfferStats());
    ObjectNode entry =
        Json.of(
            "count", waiting.size(),
            "role", "*",
            "delay", waits,
            "since", waiting.get(0).since.toString(),
            "processedOffersSummary", seen.summary());
    if (withUnusedOffers) {
      entry.set("lastUnusedOffers", seen.unusedOffers());
    }
    entry.set("app", json.app(app));
    return entry;
  }

  boolean isQueued(String appId) {
    return store.instancesOf(appId).stream().anyMatch(i -> i.waiting && !i.decommissioned);
  }
}
