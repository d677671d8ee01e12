package org.horai.sandbox.marathon;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** One instance of an app and its present task; guarded by the {@link MarathonStore}. */
final class Instance {

  /** Where its task stands. */
  enum Condition {
    SCHEDULED("Scheduled", ""),
    PROVISIONED("Provisioned", "TASK_STAGING"),
    STARTING("Starting", "TASK_STARTING"),
    RUNNING("Running", "TASK_RUNNING"),
    KILLED("Killed", "TASK_KILLED"),
    FAILED("Failed", "TASK_FAILED"),
    FINISHED("Finished", "TASK_FINISHED"),
    LOST("Unreachable", "TASK_LOST");

    private final String event;
    private final String task;

    Condition(String event, String task) {
      this.event = event;
      this.task = task;
    }

    String inEvents() {
      return event;
    }

    String inTasks() {
      return task;
    }

    boolean isLive() {
      return this == PROVISIONED || this == STARTING || this == RUNNING;
    }
  }

  /** What its health check knows. */
  static final class Health {
    boolean alive;
    int consecutiveFailures;
    Optional<Instant> firstSuccess = Optional.empty();
    Optional<Instant> lastSuccess = Optional.empty();
    Optional<Instant> lastFailure = Optional.empty();
    String lastFailureCause = "";
  }

  final String appId;
  final String instanceId;
  private final boolean legacy;
  AppSpec spec;
  int incarnation;
  boolean waiting = true;
  boolean decommissioned;
  boolean killing;
  Condition condition = Condition.SCHEDULED;
  String taskId = "";
  String agentId = "";
  String host = "";
  Map<String, String> attributes = Map.of();
  List<Integer> ports = List.of();
  List<String> addresses = List.of();
  Optional<Instant> stagedAt = Optional.empty();
  Optional<Instant> startedAt = Optional.empty();
  Optional<Health> health = Optional.empty();
  final Instant since;

  Instance(AppSpec spec, boolean legacy, Instant now) {
    this.appId = spec.id();
    this.spec = spec;
    this.legacy = legacy;
    this.since = now;
    String safe = safeId(spec.id());
    this.instanceId = safe + (legacy ? "." : ".instance-") + UUID.randomUUID();
  }

  /** {@code /group/app} as it begins task ids. */
  static String safeId(String appId) {
    return appId.substring(1).replace('/', '_');
  }

  /** Takes the next task id; only 1.11 counts, so that an instance keeps its name. */
  String nextTaskId() {
    incarnation++;
    return legacy ? safeId(appId) + "." + UUID.randomUUID() : instanceId + "._app." + incarnation;
  }

  boolean isRunning() {
    return condition == Condition.RUNNING && !killing;
  }

  /** Running, and healthy where somebody checks. */
  boolean isReady() {
    return isRunning() && (spec.checks().isEmpty() || health.map(h -> h.alive).orElse(false));
  }
}
