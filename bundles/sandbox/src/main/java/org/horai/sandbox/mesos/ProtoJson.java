package org.horai.sandbox.mesos;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.horai.sandbox.net.Json;

/** The objects of the operator API: protobuf messages in JSON. */
final class ProtoJson {

  private static final long NANOS = 1_000_000_000L;

  private ProtoJson() {}

  static ObjectNode value(String value) {
    return Json.of("value", value);
  }

  static ObjectNode time(Instant time) {
    return Json.of("nanoseconds", time.getEpochSecond() * NANOS + time.getNano());
  }

  /**
   * Resources as a list of values; with a role when given, and without zeros when allocated.
   *
   * @param role empty leaves it out
   */
  static ArrayNode resources(Resources r, String role, boolean allocated) {
    List<ObjectNode> list = new ArrayList<>();
    scalar(list, "cpus", r.cpus(), allocated);
    scalar(list, "mem", r.memMiB(), allocated);
    scalar(list, "disk", r.diskMiB(), allocated);
    if (!r.ports().ports().isEmpty()) {
      list.add(Json.of("name", "ports", "type", "RANGES", "ranges", ranges(r.ports())));
    }
    for (ObjectNode resource : list) {
      if (!role.isEmpty()) {
        resource.put("role", role);
      }
      if (allocated) {
        resource.set("allocation_info", Json.of("role", "*"));
      }
    }
    return Json.array(list);
  }

  private static void scalar(List<ObjectNode> list, String name, double amount, boolean allocated) {
    if (amount > 0 || !allocated) {
      list.add(Json.of("name", name, "type", "SCALAR", "scalar", Json.of("value", amount)));
    }
  }

  private static ObjectNode ranges(PortRanges ports) {
    return Json.of(
        "range",
        Json.array(
            ports.ranges().stream()
                .map(r -> Json.of("begin", r.begin(), "end", r.end()))
                .toList()));
  }

  static ObjectNode agentInfo(AgentSpec spec, String id, int port) {
    List<ObjectNode> attributes =
        spec.attributes().entrySet().stream()
            .map(e -> Json.of("name", e.getKey(), "type", "TEXT", "text", value(e.getValue())))
            .toList();
    return Json.of(
        "hostname", spec.hostname(),
        "port", port,
        "resources", resources(spec.resources(), "", false),
        "attributes", Json.array(attributes),
        "id", value(id));
  }

  static ArrayNode capabilities(List<String> names) {
    return Json.array(names.stream().map(name -> Json.of("type", name)).toList());
  }

  static ObjectNode agent(MasterState.AgentEntry entry) {
    AgentSpec spec = entry.agent().spec();
    String authority = entry.agent().authority();
    ObjectNode info = agentInfo(spec, entry.id(), MesosJson.port(authority));
    info.put("checkpoint", true);
    ObjectNode json =
        Json.of(
            "agent_info", info,
            "active", entry.active(),
            "deactivated", false,
            "version", MesosGeneration.V1_11.version(),
            "pid", "slave(1)@" + authority,
            "registered_time", time(entry.registered()),
            "total_resources", resources(spec.resources(), "*", false),
            "allocated_resources", resources(entry.agent().used(), "*", true),
            "capabilities", capabilities(MesosJson.AGENT_CAPABILITIES));
    entry.reregistered().ifPresent(t -> json.set("reregistered_time", time(t)));
    return json;
  }

  static ObjectNode frameworkInfo(String id, FrameworkSpec spec) {
    ObjectNode info =
        Json.of(
            "user", spec.user(),
            "name", spec.name(),
            "id", value(id),
            "failover_timeout", (double) spec.failoverTimeout().toSeconds(),
            "checkpoint", spec.checkpoint());
    boolean multi = spec.capabilities().contains("MULTI_ROLE");
    if (multi) {
      info.set("roles", Json.list(spec.role()));
    } else {
      info.put("role", spec.role());
    }
    info.put("hostname", spec.hostname()).put("webui_url", spec.webuiUrl());
    if (!spec.capabilities().isEmpty()) {
      info.set("capabilities", capabilities(spec.capabilities()));
    }
    return info;
  }

  static ObjectNode framework(FrameworkEntry f, Resources used) {
    ObjectNode json =
        Json.of(
            "framework_info", frameworkInfo(f.id(), f.spec()),
            "active", f.active(),
            "connected", f.active(),
            "recovered", f.recovered(),
            "registered_time", time(f.registered()),
            "reregistered_time", time(f.reregistered()));
    f.unregistered().ifPresent(t -> json.set("unregistered_time", time(t)));
    ArrayNode allocated = resources(used, "*", true);
    if (!allocated.isEmpty()) {
      json.set("allocated_resources", allocated);
    }
    json.set("offer_constraints", Json.of());
    return json;
  }

  static ObjectNode task(SimTask task) {
    TaskInfo info = task.info();
    ObjectNode json =
        Json.of(
            "name", info.name(),
            "task_id", value(info.taskId()),
            "framework_id", value(task.frameworkId()),
            "agent_id", value(task.agentId()),
            "state", task.state(),
            "resources", resources(info.resources(), "", true),
            "statuses", Json.array(task.statuses().stream().map(s -> status(task, s)).toList()),
            "status_update_state", task.state(),
            "status_update_uuid",
                UUID.nameUUIDFromBytes(info.taskId().getBytes(StandardCharsets.UTF_8)).toString());
    if (!info.labels().isEmpty()) {
      json.set("labels", Json.of("labels", MesosJson.labels(info.labels())));
    }
    if (!info.discoveryPorts().isEmpty()) {
      json.set("discovery", MesosJson.discovery(info));
    }
    info.user().ifPresent(user -> json.put("user", user));
    return json;
  }

  private static ObjectNode status(SimTask task, TaskStatus status) {
    ObjectNode container = MesosJson.containerStatus(task, status);
    container.put("executor_pid", task.container().executorPid());
    ObjectNode json = Json.of("task_id", value(status.taskId()), "state", status.state());
    if (!status.message().isEmpty()) {
      json.put("message", status.message());
    }
    json.put("source", "SOURCE_EXECUTOR");
    json.set("agent_id", value(task.agentId()));
    json.set("executor_id", value(status.taskId()));
    json.put("timestamp", MesosJson.seconds(status.timestamp()));
    json.put(
        "uuid",
        UUID.nameUUIDFromBytes((status.taskId() + status.state()).getBytes(StandardCharsets.UTF_8))
            .toString());
    json.set("container_status", container);
    return json;
  }

  static ArrayNode flags(Map<String, String> flags) {
    return MesosFlags.pairs(flags);
  }
}
