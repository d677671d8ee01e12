package org.horai.sandbox.marathon;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.horai.sandbox.mesos.TaskStatus;
import org.horai.sandbox.net.Json;

/** What Marathon tells about apps, instances and deployments, in the words of its version. */
final class MarathonEvents {

  private final EventStream stream;
  private final StateLedger ledger;
  private final MarathonJson json;
  private final boolean legacy;

  MarathonEvents(
      EventStream stream, StateLedger ledger, MarathonJson json, MarathonVersion version) {
    this.stream = stream;
    this.ledger = ledger;
    this.json = json;
    this.legacy = version.isLegacy();
  }

  void posted(AppSpec app, String clientIp, String uri) {
    stream.publish(
        "api_post_event",
        Json.of("clientIp", clientIp, "uri", uri, "appDefinition", json.app(app)));
  }

  void groupChanged(Instant version) {
    stream.publish("group_change_success", Json.of("groupId", "/", "version", version.toString()));
  }

  void groupChangeFailed(Instant version, String reason) {
    stream.publish(
        "group_change_failed",
        Json.of("groupId", "/", "version", version.toString(), "reason", reason));
  }

  void stepStarted(Deployment deployment) {
    stream.publish("deployment_info", step(deployment));
  }

  void stepDone(Deployment deployment) {
    stream.publish("deployment_step_success", step(deployment));
  }

  private ObjectNode step(Deployment deployment) {
    return Json.of(
        "plan", json.plan(deployment),
        "currentStep", Json.of("actions", Json.list(json.action(deployment.action()))));
  }

  void deployed(Deployment deployment) {
    stream.publish(
        "deployment_success", Json.of("id", deployment.id, "plan", json.plan(deployment)));
  }

  void deploymentFailed(Deployment deployment) {
    stream.publish(
        "deployment_failed",
        Json.of(
            "id",
            deployment.id,
            "plan",
            json.plan(deployment),
            "reason",
            "The upgrade has been cancelled"));
  }

  void appTerminated(String appId) {
    stream.publish("app_terminated_event", Json.of("appId", appId));
  }

  void checksAdded(AppSpec app) {
    for (AppSpec.Check check : app.checks()) {
      stream.publish(
          "add_health_check_event",
          Json.of(
              "appId", app.id(),
              "healthCheck", check.json(),
              "version", app.version().toString()));
    }
  }

  void checksRemoved(String appId) {
    stream.publish("remove_health_check_event", Json.of("appId", appId));
  }

  void updated(Instance instance, TaskStatus status) {
    stream.publish(
        "status_update_event",
        Json.of(
            "slaveId", status.agentId(),
            "taskId", status.taskId(),
            "taskStatus", status.state(),
            "message", status.message(),
            "appId", instance.appId,
            "host", instance.host,
            "ipAddresses", json.addresses(instance.addresses),
            "ports", Json.array(instance.ports),
            "version", instance.spec.version().toString()));
  }

  /** Tells how an instance stands now, and has it written down. */
  void changed(Instance instance, String condition) {
    if (legacy) {
      return;
    }
    ledger.instance(instance);
    stream.publish(
        "instance_changed_event",
        Json.of(
            "instanceId",
            instance.instanceId,
            "condition",
            condition,
            "runSpecId",
            instance.appId,
            "agentId",
            instance.agentId.isEmpty() ? null : instance.agentId,
            "host",
            instance.host.isEmpty() ? null : instance.host,
            "runSpecVersion",
            instance.spec.version().toString()));
  }

  void healthChanged(Instance instance, boolean alive, boolean firstSight) {
    String version = instance.spec.version().toString();
    if (!legacy) {
      stream.publish(
          "instance_health_changed_event",
          Json.of(
              "instanceId",
              instance.instanceId,
              "runSpecId",
              instance.appId,
              "healthy",
              alive,
              "runSpecVersion",
              version));
    }
    if (alive || !firstSight) {
      stream.publish(
          "health_status_changed_event",
          Json.of(
              "appId",
              instance.appId,
              legacy ? "taskId" : "instanceId",
              legacy ? instance.taskId : instance.instanceId,
              "version",
              version,
              "alive",
              alive));
    }
  }

  void checkFailed(Instance instance, AppSpec.Check check) {
    stream.publish(
        "failed_health_check_event",
        Json.of(
            "appId",
            instance.appId,
            "healthCheck",
            check.json(),
            "taskId",
            legacy ? instance.taskId : instance.instanceId));
  }

  void unhealthyKilled(Instance instance, String reason) {
    stream.publish(
        legacy ? "unhealthy_task_kill_event" : "unhealthy_instance_kill_event",
        Json.of(
            "appId",
            instance.appId,
            "taskId",
            instance.taskId,
            legacy ? "version" : "instanceId",
            legacy ? instance.spec.version().toString() : instance.instanceId,
            "reason",
            reason,
            "host",
            instance.host,
            "slaveId",
            instance.agentId));
  }
}
