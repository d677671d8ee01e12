package org.horai.sandbox.mesos;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.horai.sandbox.net.Json;

/**
 * The objects that {@code /state} and its relatives are made of, in the words of one generation.
 */
final class MesosJson {

  static final List<String> AGENT_CAPABILITIES =
      List.of(
          "MULTI_ROLE",
          "HIERARCHICAL_ROLE",
          "RESERVATION_REFINEMENT",
          "RESOURCE_PROVIDER",
          "RESIZE_VOLUME",
          "AGENT_OPERATION_FEEDBACK",
          "AGENT_DRAINING",
          "TASK_RESOURCE_LIMITS");

  private static final double NANOS = 1e9;

  private final boolean old;
  private final String version;

  MesosJson(MesosGeneration generation) {
    this.old = generation == MesosGeneration.V0_28;
    this.version = generation.version();
  }

  /** Seconds with fractions since 1970, as Mesos prints times. */
  static double seconds(Instant time) {
    return time.getEpochSecond() + time.getNano() / NANOS;
  }

  ObjectNode version() {
    return Json.of(
        "build_date",
        "2026-01-01 00:00:00",
        "build_time",
        1767225600.0,
        "build_user",
        "sandbox",
        "version",
        version);
  }

  ObjectNode resources(Resources r) {
    ObjectNode json = Json.of("disk", r.diskMiB(), "mem", r.memMiB());
    if (!old) {
      json.put("gpus", 0.0);
    }
    json.put("cpus", r.cpus());
    if (!r.ports().ports().isEmpty()) {
      json.put("ports", r.ports().text());
    }
    return json;
  }

  /** One agent as in {@code slaves} of {@code /state}. */
  ObjectNode slave(MasterState.AgentEntry entry) {
    AgentSpec spec = entry.agent().spec();
    ObjectNode json = Json.of("id", entry.id(), "hostname", spec.hostname());
    int port = port(entry.agent().authority());
    if (!old) {
      json.put("port", port);
    }
    json.set("attributes", attributes(spec));
    json.put("pid", "slave(1)@" + entry.agent().authority())
        .put("registered_time", seconds(entry.registered()));
    entry.reregistered().ifPresent(time -> json.put("reregistered_time", seconds(time)));
    json.set("resources", resources(spec.resources()));
    json.set("used_resources", resources(entry.agent().used()));
    json.set("offered_resources", resources(Resources.none()));
    json.set("reserved_resources", Json.of());
    json.set("unreserved_resources", resources(spec.resources()));
    json.put("active", entry.active());
    if (!old) {
      json.put("deactivated", false);
    }
    json.put("version", version);
    if (!old) {
      json.set("capabilities", Json.array(AGENT_CAPABILITIES));
    }
    return json;
  }

  /** One agent as in {@code /slaves}. */
  ObjectNode slaveInFull(MasterState.AgentEntry entry) {
    ObjectNode json = slave(entry);
    if (!old) {
      json.set("reserved_resources_full", Json.of());
      json.set(
          "unreserved_resources_full",
          ProtoJson.resources(entry.agent().spec().resources(), "*", false));
      json.set("used_resources_full", ProtoJson.resources(entry.agent().used(), "*", true));
      json.set("offered_resources_full", Json.list());
    }
    return json;
  }

  static int port(String authority) {
    return Integer.parseInt(authority.substring(authority.lastIndexOf(':') + 1));
  }

  static ObjectNode attributes(AgentSpec spec) {
    ObjectNode json = Json.of();
    spec.attributes().forEach(json::put);
    return json;
  }

  /** One framework without its tasks, as it begins everywhere. */
  ObjectNode frameworkHead(FrameworkEntry f, Resources used) {
    ObjectNode json =
        Json.of(
            "id", f.id(),
            "name", f.spec().name(),
            "pid", f.spec().pid(),
            "used_resources", resources(used),
            "offered_resources", resources(Resources.none()),
            "capabilities", Json.array(f.spec().capabilities()),
            "hostname", f.spec().hostname(),
            "webui_url", f.spec().webuiUrl(),
            "active", f.active());
    if (!old) {
      json.put("connected", f.active()).put("recovered", f.recovered());
    }
    return json;
  }

  /** One framework with its tasks. */
  ObjectNode framework(FrameworkEntry f, List<SimTask> tasks) {
    Resources used =
        Resources.sum(
            tasks.stream()
                .filter(t -> !t.state().isTerminal())
                .map(t -> t.info().resources())
                .toList());
    ObjectNode json = frameworkHead(f, used);
    json.put("user", f.spec().user())
        .put("failover_timeout", (double) f.spec().failoverTimeout().toSeconds())
        .put("checkpoint", f.spec().checkpoint())
        .put("registered_time", seconds(f.registered()))
        .put("unregistered_time", f.unregistered().map(MesosJson::seconds).orElse(0.0));
    json.set("resources", resources(used));
    if (!f.reregistered().equals(f.registered())) {
      json.put("reregistered_time", seconds(f.reregistered()));
    }
    if (!old && f.spec().capabilities().contains("MULTI_ROLE")) {
      json.set("roles", Json.list(f.spec().role()));
    } else {
      json.put("role", f.spec().role());
    }
    json.set("tasks", tasks(tasks, t -> !t.isCompleted()));
    if (!old) {
      json.set("unreachable_tasks", Json.list());
    }
    json.set("completed_tasks", tasks(tasks, SimTask::isCompleted));
    json.set("offers", Json.list());
    json.set("executors", Json.list());
    if (!old) {
      json.set("offer_constraints", Json.of());
    }
    return json;
  }

  ArrayNode tasks(Collection<SimTask> tasks, Predicate<SimTask> which) {
    return Json.array(tasks.stream().filter(which).map(this::task).toList());
  }

  ObjectNode task(SimTask task) {
    TaskInfo info = task.info();
    ObjectNode json =
        Json.of(
            "id", info.taskId(),
            "name", info.name(),
            "framework_id", task.frameworkId(),
            "executor_id", "",
            "slave_id", task.agentId(),
            "state", task.state(),
            "resources", resources(info.resources()));
    if (!old) {
      json.put("role", "*");
    }
    json.set("statuses", Json.array(task.statuses().stream().map(s -> status(task, s)).toList()));
    if (!info.labels().isEmpty()) {
      json.set("labels", labels(info.labels()));
    }
    if (!info.discoveryPorts().isEmpty()) {
      json.set("discovery", discovery(info));
    }
    info.user().ifPresent(user -> json.put("user", user));
    return json;
  }

  private ObjectNode status(SimTask task, TaskStatus status) {
    return Json.of(
        "state", status.state(),
        "timestamp", seconds(status.timestamp()),
        "container_status", containerStatus(task, status));
  }

  static ObjectNode containerStatus(SimTask task, TaskStatus status) {
    List<ObjectNode> addresses =
        status.addresses().stream()
            .map(ip -> Json.of("protocol", "IPv4", "ip_address", ip))
            .toList();
    return Json.of(
        "container_id",
        Json.of("value", task.containerId()),
        "network_infos",
        Json.list(Json.of("ip_addresses", Json.array(addresses))));
  }

  static ArrayNode labels(Map<String, String> labels) {
    return Json.array(
        new TreeMap<>(labels)
            .entrySet().stream()
                .map(e -> Json.of("key", e.getKey(), "value", e.getValue()))
                .toList());
  }

  static ObjectNode discovery(TaskInfo info) {
    List<ObjectNode> ports =
        info.discoveryPorts().stream()
            .map(p -> Json.of("number", p.number(), "name", p.name(), "protocol", p.protocol()))
            .toList();
    return Json.of(
        "visibility", "FRAMEWORK",
        "name", info.name(),
        "ports", Json.of("ports", Json.array(ports)));
  }

  /** Adds how many tasks are in each state, as {@code /state-summary} does. */
  void countStates(ObjectNode json, List<SimTask> tasks) {
    List<TaskState> states =
        old
            ? Arrays.stream(TaskState.values())
                .filter(s -> s != TaskState.TASK_KILLING && s != TaskState.TASK_UNREACHABLE)
                .toList()
            : List.of(TaskState.values());
    states.forEach(s -> json.put(s.name(), tasks.stream().filter(t -> t.state() == s).count()));
  }
}
