package org.horai.sandbox.marathon;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.horai.sandbox.mesos.TaskState;
import org.horai.sandbox.mesos.TaskStatus;
import org.horai.sandbox.net.Json;

/** The JSON of one version's answers. */
final class MarathonJson {

  private static final double MILLIS = 1000.0;

  private final boolean legacy;

  MarathonJson(MarathonVersion version) {
    this.legacy = version.isLegacy();
  }

  /** The definition with version and versionInfo where they belong. */
  ObjectNode app(AppSpec spec) {
    ObjectNode app = created(spec);
    ObjectNode info =
        Json.of(
            "lastScalingAt", spec.lastScaling().toString(),
            "lastConfigChangeAt", spec.lastConfigChange().toString());
    ObjectNode ordered = Json.of();
    for (Map.Entry<String, JsonNode> field : app.properties()) {
      ordered.set(field.getKey(), field.getValue());
      if (field.getKey().equals("version")) {
        ordered.set("versionInfo", info);
      }
    }
    return ordered;
  }

  /** The definition with its version alone, as a POST is answered. */
  ObjectNode created(AppSpec spec) {
    String before = legacy ? "ipAddress" : "upgradeStrategy";
    ObjectNode app = Json.of();
    for (Map.Entry<String, JsonNode> field : spec.json().properties()) {
      app.set(field.getKey(), field.getValue());
      if (field.getKey().equals(before)) {
        app.put("version", spec.version().toString());
      }
    }
    return app;
  }

  void addCounts(ObjectNode app, List<Instance> instances) {
    counts(instances).properties().forEach(e -> app.set(name(e.getKey()), e.getValue()));
  }

  private static String name(String count) {
    return "tasks" + Character.toUpperCase(count.charAt(0)) + count.substring(1);
  }

  private static ObjectNode counts(List<Instance> instances) {
    Predicate<Instance> running = i -> i.condition == Instance.Condition.RUNNING;
    return Json.of(
        "staged",
            count(
                instances,
                i ->
                    i.condition == Instance.Condition.PROVISIONED
                        || i.condition == Instance.Condition.STARTING),
        "running", count(instances, running),
        "healthy", count(instances, running.and(i -> i.health.map(h -> h.alive).orElse(false))),
        "unhealthy", count(instances, running.and(i -> i.health.map(h -> !h.alive).orElse(false))));
  }

  private static int count(List<Instance> instances, Predicate<Instance> which) {
    return (int) instances.stream().filter(which).count();
  }

  static ArrayNode ids(List<Deployment> deployments) {
    return Json.array(deployments.stream().map(d -> Json.of("id", d.id)).toList());
  }

  /** The tasks of the given instances; an instance that never had a task has none. */
  ArrayNode tasks(List<Instance> instances, boolean withServicePorts) {
    return Json.array(
        instances.stream()
            .filter(i -> !i.taskId.isEmpty())
            .map(i -> task(i, withServicePorts))
            .toList());
  }

  ObjectNode task(Instance i, boolean withServicePorts) {
    List<Integer> servicePorts =
        withServicePorts && i.condition.isLive() ? i.spec.servicePorts() : List.of();
    ObjectNode task =
        Json.of(
            "appId", i.appId,
            "healthCheckResults", Json.array(i.health.stream().map(h -> health(i, h)).toList()),
            "host", i.host,
            "id", i.taskId,
            "ipAddresses", addresses(i.addresses),
            "ports", Json.array(i.ports),
            "servicePorts", Json.array(servicePorts),
            "slaveId", i.agentId,
            "state", i.condition.inTasks(),
            "stagedAt", i.stagedAt.map(Instant::toString),
            "startedAt", i.startedAt.map(Instant::toString),
            "version", i.spec.version().toString());
    if (!legacy) {
      task.set("localVolumes", Json.list());
      task.put("role", "*");
    }
    return task;
  }

  ArrayNode addresses(List<String> addresses) {
    return Json.array(
        addresses.stream().map(ip -> Json.of("ipAddress", ip, "protocol", "IPv4")).toList());
  }

  private ObjectNode health(Instance i, Instance.Health h) {
    ObjectNode json =
        Json.of(
            "alive", h.alive,
            "consecutiveFailures", h.consecutiveFailures,
            "firstSuccess", h.firstSuccess.map(Instant::toString));
    if (legacy) {
      json.put("taskId", i.taskId);
    } else {
      json.put("instanceId", "instance [" + i.instanceId + "]");
    }
    h.lastSuccess.ifPresent(t -> json.put("lastSuccess", t.toString()));
    h.lastFailure.ifPresent(
        t -> json.put("lastFailure", t.toString()).put("lastFailureCause", h.lastFailureCause));
    return json;
  }

  /** The failure that an app remembers. */
  ObjectNode failure(Instance instance, TaskStatus status) {
    TaskState state =
        status.state() == TaskState.TASK_UNREACHABLE ? TaskState.TASK_LOST : status.state();
    return Json.of(
        "appId",
        instance.appId,
        "host",
        instance.host,
        "message",
        status.message(),
        "state",
        state,
        "taskId",
        status.taskId(),
        "timestamp",
        status.timestamp().toString(),
        "version",
        instance.spec.version().toString(),
        "slaveId",
        instance.agentId);
  }

  ObjectNode taskStats(AppSpec app, List<Instance> instances, Instant now) {
    List<Instance> sinceScaling =
        instances.stream().filter(i -> !i.since.isBefore(app.lastScaling())).toList();
    List<Instance> latest =
        instances.stream().filter(i -> !i.spec.version().isBefore(app.lastConfigChange())).toList();
    return Json.of(
        "startedAfterLastScaling", stats(sinceScaling, now),
        "withLatestConfig", stats(latest, now),
        "totalSummary", stats(instances, now));
  }

  private static ObjectNode stats(List<Instance> instances, Instant now) {
    List<Double> seconds =
        instances.stream()
            .flatMap(i -> i.startedAt.stream())
            .map(t -> Duration.between(t, now).toMillis() / MILLIS)
            .sorted()
            .toList();
    ObjectNode stats = Json.of("counts", counts(instances));
    if (!seconds.isEmpty()) {
      double sum = seconds.stream().mapToDouble(Double::doubleValue).sum();
      stats.set(
          "lifeTime",
          Json.of(
              "averageSeconds",
              sum / seconds.size(),
              "medianSeconds",
              seconds.get(seconds.size() / 2)));
    }
    return Json.of("stats", stats);
  }

  /** An action of a step: 1.1 says type where later versions say action. */
  ObjectNode action(Deployment.Action action) {
    return Json.of(legacy ? "type" : "action", action.kind().text(), "app", action.appId());
  }

  private ArrayNode steps(Deployment deployment) {
    return Json.array(
        deployment.steps.stream().map(a -> Json.of("actions", Json.list(action(a)))).toList());
  }

  ObjectNode plan(Deployment deployment) {
    return Json.of(
        "id", deployment.id,
        "steps", steps(deployment),
        "version", deployment.version.toString());
  }

  ObjectNode deployment(Deployment d) {
    ObjectNode json = plan(d);
    json.set("affectedApps", Json.array(d.affectedApps()));
    if (!legacy) {
      json.set("affectedPods", Json.list());
    }
    json.set(
        "currentActions",
        Json.list(
            Json.of(
                "action", d.action().kind().text(),
                "app", d.action().appId(),
                "readinessCheckResults", Json.list())));
    return json.put("currentStep", d.current + 1).put("totalSteps", d.steps.size());
  }
}
