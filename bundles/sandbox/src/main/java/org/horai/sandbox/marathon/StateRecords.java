package org.horai.sandbox.marathon;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.horai.sandbox.mesos.TaskContainer;
import org.horai.sandbox.net.Json;
import org.horai.sandbox.net.ProtoMessage;

/**
 * The records of Marathon 1.11 as they lie in ZooKeeper: protobuf messages, and JSON for an
 * instance. They hold the fields that were seen in records of a real one and no others: of an app
 * neither its environment nor its container, of a group no groups below it.
 */
final class StateRecords {

  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);
  private static final double MILLIS_PER_SECOND = 1000.0;
  private static final String EVERY_ROLE = "*";
  private static final List<String> OPERATORS =
      List.of("UNIQUE", "LIKE", "CLUSTER", "GROUP_BY", "UNLIKE", "MAX_PER", "IS");
  private static final List<String> CHECKS =
      List.of("HTTP", "TCP", "COMMAND", "HTTPS", "MESOS_TCP", "MESOS_HTTP", "MESOS_HTTPS");

  private StateRecords() {}

  /** A point in time with as many digits as it needs. */
  static String exact(Instant time) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
        OffsetDateTime.ofInstant(time, ZoneOffset.UTC));
  }

  static byte[] storageVersion(String uuid) {
    ProtoMessage version =
        new ProtoMessage().number(1, 110).number(2, 100).number(3, 0).number(4, 1);
    return new ProtoMessage()
        .text(1, "internal:storage:version")
        .text(2, uuid)
        .message(3, version)
        .number(4, 0)
        .toBytes();
  }

  static byte[] frameworkId(String id) {
    return new ProtoMessage().text(1, id).toBytes();
  }

  /**
   * The root group.
   *
   * @param apps their names and versions
   */
  static byte[] group(Instant version, Map<String, Instant> apps) {
    ProtoMessage group = new ProtoMessage().text(1, "").text(2, exact(version));
    apps.forEach(
        (name, appVersion) ->
            group.message(6, new ProtoMessage().text(1, name).text(2, exact(appVersion))));
    return group.toBytes();
  }

  static byte[] app(AppSpec app) {
    ProtoMessage message =
        new ProtoMessage()
            .text(1, app.id())
            .message(2, command(app))
            .number(3, app.instances())
            .message(4, scalar("cpus", app.cpus()))
            .message(4, scalar("mem", app.mem()))
            .message(4, scalar("disk", app.disk()))
            .message(4, scalar("gpus", app.json().path("gpus").asDouble()));
    app.constraints().forEach(c -> message.message(7, constraint(c)));
    message.text(8, app.json().path("executor").asText()).text(11, MILLIS.format(app.version()));
    app.checks().forEach(check -> message.message(12, check(check)));
    message
        .number(13, Math.round(app.json().path("backoffSeconds").asDouble() * MILLIS_PER_SECOND))
        .real(14, app.backoffFactor())
        .message(15, new ProtoMessage().real(1, app.minimumHealth()).real(2, app.overCapacity()))
        .number(18, app.json().path("requirePorts").asBoolean() ? 1 : 0);
    app.texts("labels")
        .forEach(
            (key, value) -> message.message(20, new ProtoMessage().text(1, key).text(2, value)));
    message
        .number(21, Math.round(app.maxLaunchDelaySeconds() * MILLIS_PER_SECOND))
        .number(23, app.lastScaling().toEpochMilli())
        .number(24, app.lastConfigChange().toEpochMilli());
    app.json().path("portDefinitions").forEach(port -> message.message(27, port(port)));
    JsonNode unreachable = app.json().path("unreachableStrategy");
    return message
        .message(
            32,
            new ProtoMessage()
                .number(1, unreachable.path("inactiveAfterSeconds").asLong())
                .number(2, unreachable.path("expungeAfterSeconds").asLong()))
        .number(33, app.json().path("killSelection").asText().equals("OLDEST_FIRST") ? 2 : 1)
        .message(34, new ProtoMessage().number(1, 1))
        .text(38, app.json().path("role").asText(EVERY_ROLE))
        .toBytes();
  }

  private static ProtoMessage command(AppSpec app) {
    ProtoMessage command = new ProtoMessage().message(2, new ProtoMessage());
    app.cmd().ifPresent(text -> command.text(3, text));
    return command;
  }

  private static ProtoMessage scalar(String name, double value) {
    return new ProtoMessage()
        .text(1, name)
        .number(2, 0)
        .message(3, new ProtoMessage().real(1, value))
        .text(6, EVERY_ROLE);
  }

  private static ProtoMessage constraint(List<String> parts) {
    ProtoMessage constraint =
        new ProtoMessage().text(1, parts.get(0)).number(2, OPERATORS.indexOf(parts.get(1)));
    parts.stream().skip(2).findFirst().ifPresent(value -> constraint.text(3, value));
    return constraint;
  }

  private static ProtoMessage check(AppSpec.Check check) {
    return new ProtoMessage()
        .number(1, CHECKS.indexOf(check.protocol()))
        .number(2, check.portIndex())
        .number(3, check.graceSeconds())
        .number(4, check.intervalSeconds())
        .number(5, check.timeoutSeconds())
        .text(6, check.path())
        .number(7, check.maxFailures())
        .number(9, check.json().path("ignoreHttp1xx").asBoolean() ? 1 : 0);
  }

  private static ProtoMessage port(JsonNode port) {
    ProtoMessage message = new ProtoMessage().number(1, port.path("port").asInt());
    if (port.hasNonNull("name")) {
      message.text(2, port.get("name").asText());
    }
    return message.text(3, port.path("protocol").asText());
  }

  /** The last failure of an app's task, from what {@code lastTaskFailure} says. */
  static byte[] failure(JsonNode failure) {
    int state = failure.path("state").asText().equals("TASK_LOST") ? 5 : 3;
    return new ProtoMessage()
        .text(1, failure.path("appId").asText())
        .message(2, new ProtoMessage().text(1, failure.path("taskId").asText()))
        .number(3, state)
        .text(4, failure.path("message").asText())
        .text(5, failure.path("host").asText())
        .text(6, MILLIS.format(Instant.parse(failure.path("version").asText())))
        .text(7, MILLIS.format(Instant.parse(failure.path("timestamp").asText())))
        .message(8, new ProtoMessage().text(1, failure.path("slaveId").asText()))
        .toBytes();
  }

  static byte[] instance(Instance i) {
    ObjectNode record = Json.of("instanceId", Json.of("idString", i.instanceId));
    if (!i.agentId.isEmpty()) {
      record.set(
          "agentInfo",
          Json.of(
              "host", i.host,
              "agentId", i.agentId,
              "attributes",
                  Json.array(
                      i.attributes.entrySet().stream()
                          .map(a -> attribute(a.getKey(), a.getValue()))
                          .toList())));
    }
    ObjectNode tasks = Json.of();
    if (!i.taskId.isEmpty()) {
      tasks.set(i.taskId, task(i));
    }
    record.set("tasksMap", tasks);
    record.put("runSpecVersion", i.spec.version().toString());
    ObjectNode state = Json.of("condition", i.condition.inEvents());
    state.put("since", i.startedAt.or(() -> i.stagedAt).orElse(i.since).toString());
    i.startedAt.ifPresent(start -> state.put("activeSince", start.toString()));
    record.set("state", state.put("goal", i.decommissioned ? "Decommissioned" : "Running"));
    return record.put("role", EVERY_ROLE).toString().getBytes(StandardCharsets.UTF_8);
  }

  private static ObjectNode task(Instance i) {
    ObjectNode status = Json.of();
    i.stagedAt.ifPresent(time -> status.put("stagedAt", time.toString()));
    i.startedAt.ifPresent(
        time ->
            status
                .put("startedAt", time.toString())
                .put("mesosStatus", base64(runningStatus(i, time))));
    status.put("condition", i.condition.inEvents());
    status.set(
        "networkInfo",
        Json.of(
            "hostName", i.host,
            "hostPorts", Json.array(i.ports),
            "ipAddresses",
                Json.array(
                    i.addresses.stream()
                        .map(ip -> Json.of("ipAddress", ip, "protocol", "IPv4"))
                        .toList())));
    return Json.of(
        "taskId", i.taskId, "runSpecVersion", i.spec.version().toString(), "status", status);
  }

  /** A text attribute of an agent. */
  private static String attribute(String name, String value) {
    return base64(
        new ProtoMessage()
            .text(1, name)
            .number(2, 3)
            .message(5, new ProtoMessage().text(1, value)));
  }

  /** The update of Mesos by which a task was known to run. */
  private static ProtoMessage runningStatus(Instance i, Instant time) {
    TaskContainer container = TaskContainer.of(i.taskId);
    ProtoMessage network = new ProtoMessage();
    i.addresses.forEach(ip -> network.message(5, new ProtoMessage().text(2, ip)));
    UUID id = UUID.fromString(container.id());
    ByteBuffer update = ByteBuffer.allocate(2 * Long.BYTES);
    update.putLong(id.getLeastSignificantBits()).putLong(id.getMostSignificantBits());
    return new ProtoMessage()
        .message(1, new ProtoMessage().text(1, i.taskId))
        .number(2, 1)
        .message(5, new ProtoMessage().text(1, i.agentId))
        .real(6, time.toEpochMilli() / MILLIS_PER_SECOND)
        .message(7, new ProtoMessage().text(1, i.taskId))
        .number(9, 2)
        .bytes(11, update.array())
        .message(
            13,
            new ProtoMessage()
                .message(1, network)
                .number(3, container.executorPid())
                .message(4, new ProtoMessage().text(1, container.id())));
  }

  private static String base64(ProtoMessage message) {
    return Base64.getEncoder().encodeToString(message.toBytes());
  }
}
