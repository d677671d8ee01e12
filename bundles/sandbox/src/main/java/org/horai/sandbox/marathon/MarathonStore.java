package org.horai.sandbox.marathon;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
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
  private Optional<String> frameworkId = Optional.empty();
  private Instant groupVersion = Instant.EPOCH;
  private Instant last = Instant.EPOCH;

  /** An empty store. */
  public MarathonStore(Clock clock) {
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  /** The id of Marathon as a framework. */
  public synchronized Optional<String> frameworkId() {
    return frameworkId;
  }

  synchronized void frameworkId(String id) {
    frameworkId = Optional.of(id);
  }

  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** A time stamp later than all before: versions are unique. */
  synchronized Instant nextVersion() {
    Instant now = now();
    last = now.isAfter(last) ? now : last.plusMillis(1);
    return last;
  }

  synchronized Instant groupVersion() {
    return groupVersion;
  }

  synchronized void groupVersion(Instant version) {
    groupVersion = version;
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
