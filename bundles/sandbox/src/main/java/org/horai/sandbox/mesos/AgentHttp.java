package org.horai.sandbox.mesos;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Predicate;
import org.horai.sandbox.net.Json;
import org.horai.sandbox.net.SimReply;
import org.horai.sandbox.net.SimRequest;

/** The HTTP interface of one agent; every path also under {@code /slave(1)}. */
final class AgentHttp {

  private static final Resources EXECUTOR = new Resources(0.1, 32, 0, PortRanges.none());
  private static final int EXECUTOR_PID = 10_412;
  private static final Set<String> CALLS =
      Set.of(
          "GET_AGENT",
          "GET_CONTAINERS",
          "GET_EXECUTORS",
          "GET_FLAGS",
          "GET_FRAMEWORKS",
          "GET_HEALTH",
          "GET_LOGGING_LEVEL",
          "GET_METRICS",
          "GET_STATE",
          "GET_TASKS",
          "GET_VERSION");

  private final SimMesos cluster;
  private final SimAgent agent;
  private final MesosJson json;

  AgentHttp(SimMesos cluster, SimAgent agent) {
    this.cluster = cluster;
    this.agent = agent;
    this.json = new MesosJson(cluster.generation());
  }

  SimReply handle(SimRequest request) {
    String path = request.path().replaceFirst("^/slave\\(1\\)", "");
    boolean old = cluster.generation() == MesosGeneration.V0_28;
    if (path.equals("/api/v1") && !old) {
      return request.method().equals("POST") ? call(request) : MasterHttp.onlyPost(request);
    }
    return switch (old ? path.replaceFirst("\\.json$", "") : path) {
      case "/health" -> SimReply.empty(200);
      case "/state" -> SimReply.json(200, state().toString());
      case "/flags" -> SimReply.json(200, Json.of("flags", MesosFlags.json(flags())).toString());
      case "/version" -> SimReply.json(200, json.version().toString());
      case "/metrics/snapshot" -> SimReply.json(200, metrics().toString());
      case "/containers" -> SimReply.json(200, usage(true).toString());
      case "/monitor/statistics" -> SimReply.json(200, usage(false).toString());
      default -> SimReply.text(404, "404 Not Found.");
    };
  }

  /** What each running executor uses; the newer of the two paths names its container too. */
  private ArrayNode usage(boolean containers) {
    return Json.array(
        agent.tasks().stream()
            .filter(t -> !t.state().isTerminal())
            .map(t -> containers ? container(t) : used(Json.of(), t))
            .toList());
  }

  private ObjectNode container(SimTask task) {
    ObjectNode out = used(Json.of("container_id", task.containerId()), task);
    out.set(
        "status",
        Json.of("container_id", ProtoJson.value(task.containerId()), "executor_pid", EXECUTOR_PID));
    return out;
  }

  private ObjectNode used(ObjectNode out, SimTask task) {
    Resources limits = task.info().resources().plus(EXECUTOR);
    long bytes = (long) limits.memMiB() << 20;
    out.put("executor_id", task.info().taskId())
        .put("executor_name", executorName(task.info()))
        .put("framework_id", task.frameworkId())
        .put("source", task.info().taskId());
    out.set(
        "statistics",
        Json.of(
            "cpus_soft_limit",
            limits.cpus(),
            "cpus_system_time_secs",
            0.1,
            "cpus_user_time_secs",
            0.1,
            "mem_limit_bytes",
            bytes,
            "mem_rss_bytes",
            bytes / 2,
            "mem_soft_limit_bytes",
            bytes,
            "timestamp",
            MesosJson.seconds(cluster.now())));
    return out;
  }

  private ArrayNode protoContainers() {
    return Json.array(
        agent.tasks().stream()
            .filter(t -> !t.state().isTerminal())
            .map(
                t ->
                    Json.of(
                        "framework_id", ProtoJson.value(t.frameworkId()),
                        "executor_id", ProtoJson.value(t.info().taskId()),
                        "executor_name", executorName(t.info()),
                        "container_id", ProtoJson.value(t.containerId())))
            .toList());
  }

  private ObjectNode metrics() {
    Resources total = agent.spec().resources();
    Resources used = agent.used();
    long running = agent.tasks().stream().filter(t -> !t.state().isTerminal()).count();
    return Json.of(
        "slave/registered", agent.id().isPresent() ? 1.0 : 0.0,
        "slave/uptime_secs",
            (cluster.now().toEpochMilli() - agent.started().toEpochMilli()) / 1000.0,
        "slave/cpus_total", total.cpus(),
        "slave/cpus_used", used.cpus(),
        "slave/mem_total", total.memMiB(),
        "slave/mem_used", used.memMiB(),
        "slave/disk_total", total.diskMiB(),
        "slave/disk_used", used.diskMiB(),
        "slave/tasks_running", (double) running);
  }

  private SortedMap<String, String> flags() {
    return MesosFlags.ofAgent(cluster.settings(), agent.spec(), MesosJson.port(agent.authority()));
  }

  private SimReply call(SimRequest request) {
    Json parser = cluster.context().json();
    Optional<SimReply> refused = OperatorApi.refuse(request, parser, "agent", CALLS);
    if (refused.isPresent()) {
      return refused.get();
    }
    String type;
    try {
      type = parser.parse(request.body()).get("type").asText();
    } catch (JsonProcessingException checkedBefore) {
      return SimReply.empty(400);
    }
    int port = MesosJson.port(agent.authority());
    ObjectNode body =
        switch (type) {
          case "GET_AGENT" ->
              Json.of("agent_info", ProtoJson.agentInfo(agent.spec(), agent.id().orElse(""), port));
          case "GET_FLAGS" -> Json.of("flags", MesosFlags.pairs(flags()));
          case "GET_HEALTH" -> Json.of("healthy", true);
          case "GET_VERSION" -> Json.of("version_info", OperatorApi.version(json.version()));
          case "GET_LOGGING_LEVEL" -> Json.of("level", 0);
          case "GET_METRICS" -> Json.of("metrics", OperatorApi.pairs(metrics()));
          case "GET_CONTAINERS" -> Json.of("containers", protoContainers());
          case "GET_TASKS", "GET_EXECUTORS", "GET_FRAMEWORKS" ->
              (ObjectNode) protoState().get(type.toLowerCase(Locale.ROOT));
          default -> protoState();
        };
    return OperatorApi.reply(type, body);
  }

  private ObjectNode protoState() {
    List<SimTask> tasks = agent.tasks();
    List<ObjectNode> frameworks =
        agent.frameworks().entrySet().stream()
            .map(f -> Json.of("framework_info", ProtoJson.frameworkInfo(f.getKey(), f.getValue())))
            .toList();
    return Json.of(
        "get_tasks",
        Json.of(
            "pending_tasks", Json.list(),
            "queued_tasks", Json.list(),
            "launched_tasks", OperatorApi.tasks(tasks, t -> !t.state().isTerminal()),
            "terminated_tasks",
                OperatorApi.tasks(tasks, t -> t.state().isTerminal() && !t.isCompleted()),
            "completed_tasks", OperatorApi.tasks(tasks, SimTask::isCompleted)),
        "get_executors",
        Json.of(
            "executors", protoExecutors(tasks, t -> !t.state().isTerminal()),
            "completed_executors", protoExecutors(tasks, t -> t.state().isTerminal())),
        "get_frameworks",
        Json.of("frameworks", Json.array(frameworks), "completed_frameworks", Json.list()));
  }

  private static ArrayNode protoExecutors(List<SimTask> tasks, Predicate<SimTask> which) {
    return Json.array(
        tasks.stream().filter(which).map(t -> Json.of("executor_info", executorInfo(t))).toList());
  }

  private static ObjectNode executorInfo(SimTask task) {
    TaskInfo info = task.info();
    List<ObjectNode> variables =
        info.env().entrySet().stream()
            .map(e -> Json.of("name", e.getKey(), "type", "VALUE", "value", e.getValue()))
            .toList();
    ObjectNode json =
        Json.of(
            "executor_id", ProtoJson.value(info.taskId()),
            "framework_id", ProtoJson.value(task.frameworkId()),
            "command",
                Json.of(
                    "environment",
                    Json.of("variables", Json.array(variables)),
                    "shell",
                    false,
                    "value",
                    "/usr/libexec/mesos/mesos-executor",
                    "arguments",
                    Json.list("mesos-executor", "--launcher_dir=/usr/libexec/mesos")),
            "resources", ProtoJson.resources(EXECUTOR, "", true),
            "name", executorName(info),
            "source", info.taskId());
    if (!info.discoveryPorts().isEmpty()) {
      json.set("discovery", MesosJson.discovery(info));
    }
    if (!info.labels().isEmpty()) {
      json.set("labels", Json.of("labels", MesosJson.labels(info.labels())));
    }
    return json;
  }

  private static String executorName(TaskInfo info) {
    String command = "sh -c '" + info.command().orElse("") + "'";
    String shown = command.length() > 23 ? command.substring(0, 20) + "...')" : command + ")";
    return "Command Executor (Task: " + info.taskId() + ") (Command: " + shown;
  }

  private ObjectNode state() {
    AgentSpec spec = agent.spec();
    ObjectNode v = json.version();
    ObjectNode out = Json.of("version", v.get("version"));
    out.set("build_date", v.get("build_date"));
    out.set("build_time", v.get("build_time"));
    out.set("build_user", v.get("build_user"));
    out.put("start_time", MesosJson.seconds(agent.started()))
        .put("id", agent.id().orElse(""))
        .put("pid", "slave(1)@" + agent.authority())
        .put("hostname", spec.hostname());
    boolean old = cluster.generation() == MesosGeneration.V0_28;
    if (!old) {
      out.set("capabilities", Json.array(MesosJson.AGENT_CAPABILITIES));
    }
    out.set("resources", json.resources(spec.resources()));
    if (!old) {
      addReservations(out, spec);
    }
    out.set("attributes", MesosJson.attributes(spec));
    cluster.leader().ifPresent(leader -> out.put("master_hostname", leader.host()));
    out.set("flags", MesosFlags.json(flags()));
    out.set(
        "frameworks",
        Json.array(
            agent.frameworks().entrySet().stream()
                .map(f -> framework(f.getKey(), f.getValue()))
                .toList()));
    out.set("completed_frameworks", Json.list());
    return out;
  }

  private void addReservations(ObjectNode out, AgentSpec spec) {
    out.set("reserved_resources", Json.of());
    out.set("unreserved_resources", json.resources(spec.resources()));
    out.set("reserved_resources_full", Json.of());
    out.set("unreserved_resources_full", ProtoJson.resources(spec.resources(), "*", false));
    out.set("reserved_resources_allocated", Json.of());
    out.set("unreserved_resources_allocated", json.resources(agent.used()));
    out.set("resource_providers", Json.list());
  }

  private ObjectNode framework(String id, FrameworkSpec spec) {
    List<SimTask> tasks = agent.tasks().stream().filter(t -> t.frameworkId().equals(id)).toList();
    ObjectNode out =
        Json.of(
            "id", id,
            "name", spec.name(),
            "user", spec.user(),
            "failover_timeout", (double) spec.failoverTimeout().toSeconds(),
            "checkpoint", spec.checkpoint(),
            "hostname", spec.hostname());
    if (spec.capabilities().contains("MULTI_ROLE")) {
      out.set("roles", Json.list(spec.role()));
    } else {
      out.put("role", spec.role());
    }
    out.set(
        "executors",
        Json.array(tasks.stream().filter(t -> !t.isCompleted()).map(this::executor).toList()));
    out.set(
        "completed_executors",
        Json.array(tasks.stream().filter(SimTask::isCompleted).map(this::executor).toList()));
    return out;
  }

  private ObjectNode executor(SimTask task) {
    TaskInfo info = task.info();
    Resources resources = task.state().isTerminal() ? EXECUTOR : info.resources().plus(EXECUTOR);
    ObjectNode out =
        Json.of(
            "id", info.taskId(),
            "name", executorName(info),
            "source", info.taskId(),
            "container", task.containerId(),
            "directory", directory(task),
            "resources", json.resources(resources),
            "role", "*");
    if (!info.labels().isEmpty()) {
      out.set("labels", MesosJson.labels(info.labels()));
    }
    List<SimTask> self = List.of(task);
    out.set("tasks", json.tasks(self, t -> !t.isCompleted()));
    out.set("queued_tasks", Json.list());
    out.set("completed_tasks", json.tasks(self, SimTask::isCompleted));
    return out;
  }

  private String directory(SimTask task) {
    return "%s/slaves/%s/frameworks/%s/executors/%s/runs/%s"
        .formatted(
            agent.spec().workDir(),
            task.agentId(),
            task.frameworkId(),
            task.info().taskId(),
            task.containerId());
  }
}
