package org.horai.sandbox.marathon;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What Marathon persists: it outlives the processes that share it. Whoever uses more than one
 * method holds the store's monitor.
 */
public final class MarathonStore {

  private static final int FIRST_SERVICE_PORT = 10_000;

  final Map<String, AppSpec> apps = new TreeMap<>();
  final Map<String, Map<Instant, AppSpec>> versions = new TreeMap<>();
  final List<Instance> instances = new ArrayList<>();
  final List<Deployment> deployments = new ArrayList<>();
  final Map<String, ObjectNode> lastFailures = new LinkedHashMap<>();
  private final Clock clock;
  private final StateLedger ledger;
  private final Map<Instant, Instant> exact = new HashMap<>();
  private Map<String, AppSpec> accepted = Map.of();
  private Optional<String> frameworkId = Optional.empty();
  private Instant groupVersion = Instant.EPOCH;
  private Instant last = Instant.EPOCH;

  /** An empty store. */
  public MarathonStore(Clock clock, MarathonVersion version) {
    this.clock = Objects.requireNonNull(clock, "clock");
    this.ledger = new StateLedger(version);
  }

  /** What has to be written to ZooKeeper. */
  StateLedger ledger() {
    return ledger;
  }

  /** The id of Marathon as a framework. */
  public synchronized Optional<String> frameworkId() {
    return frameworkId;
  }

  synchronized void frameworkId(String id) {
    frameworkId = Optional.of(id);
    ledger.frameworkId(id);
  }

  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** A time stamp later than all before: versions are unique. */
  synchronized Instant nextVersion() {
    Instant time = clock.instant();
    Instant now = time.truncatedTo(ChronoUnit.MILLIS);
    if (now.isAfter(last)) {
      last = now;
      exact.put(now, time);
    } else {
      last = last.plusMillis(1);
    }
    return last;
  }

  synchronized Instant groupVersion() {
    return groupVersion;
  }

  /** The apps have become what a change made of them. */
  synchronized void changed(Instant version) {
    groupVersion = version;
    List<AppSpec> changed =
        apps.values().stream().filter(app -> !app.equals(accepted.get(app.id()))).toList();
    List<String> removed = accepted.keySet().stream().filter(id -> !apps.containsKey(id)).toList();
    Instant time = exact.getOrDefault(version, version);
    ledger.proposed(time, changed, references(apps));
    ledger.accepted(time, changed, removed, references(apps));
    accepted = Map.copyOf(apps);
  }

  /** A change was refused; what it would have made of apps is remembered all the same. */
  synchronized void refused(Instant version, List<AppSpec> changed) {
    Map<String, AppSpec> all = new TreeMap<>(apps);
    for (AppSpec app : changed) {
      remember(app);
      all.put(app.id(), app);
    }
    ledger.proposed(exact.getOrDefault(version, version), changed, references(all));
  }

  private Map<String, Instant> references(Map<String, AppSpec> all) {
    Map<String, Instant> references = new TreeMap<>();
    all.forEach(
        (id, app) ->
            references.put(StateLedger.name(id), exact.getOrDefault(app.version(), app.version())));
    return references;
  }

  synchronized void add(Deployment deployment) {
    deployments.add(deployment);
    ledger.deployment(deployment);
  }

  synchronized boolean remove(Deployment deployment) {
    ledger.deploymentOver(deployment);
    return deployments.remove(deployment);
  }

  synchronized void remove(Instance instance) {
    instances.remove(instance);
    ledger.instanceGone(instance);
  }

  synchronized void failed(String appId, ObjectNode failure) {
    lastFailures.put(appId, failure);
    ledger.failure(appId, failure);
  }

  synchronized void forgetFailure(String appId) {
    lastFailures.remove(appId);
    ledger.noFailure(appId);
  }

  synchronized Optional<AppSpec> app(String id) {
    return Optional.ofNullable(apps.get(id));
  }

  synchronized void remember(AppSpec spec) {
    versions.computeIfAbsent(spec.id(), i -> new LinkedHashMap<>()).put(spec.version(), spec);
  }

  synchronized List<Instance> instancesOf(String appId) {
    return instances.stream().filter(i -> i.appId.equals(appId)).toList();
  }

  synchronized Optional<Instance> byTask(String taskId) {
    return instances.stream().filter(i -> i.taskId.equals(taskId)).findFirst();
  }

  synchronized List<Deployment> locking(String appId) {
    return deployments.stream().filter(d -> d.affects(appId)).toList();
  }

  /** The lowest service port that no app has. */
  synchronized int freeServicePort(List<Integer> alsoTaken) {
    int port = FIRST_SERVICE_PORT;
    while (isTaken(port) || alsoTaken.contains(port)) {
      port++;
    }
    return port;
  }

  private boolean isTaken(int port) {
    return apps.values().stream().anyMatch(a -> a.servicePorts().contains(port));
  }
}
