package org.horai.sandbox.mesos;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.horai.sandbox.net.Json;
import org.horai.sandbox.net.SimReply;
import org.horai.sandbox.net.SimRequest;

/** The calls of {@code POST /api/v1} on a leading master. */
final class OperatorApi {

  private static final Set<String> CALLS =
      Set.of(
          "GET_HEALTH",
          "GET_FLAGS",
          "GET_VERSION",
          "GET_MASTER",
          "GET_STATE",
          "GET_AGENTS",
          "GET_FRAMEWORKS",
          "GET_TASKS",
          "GET_ROLES",
          "GET_EXECUTORS",
          "GET_OPERATIONS",
          "GET_WEIGHTS",
          "GET_QUOTA",
          "GET_MAINTENANCE_SCHEDULE",
          "GET_MAINTENANCE_STATUS",
          "GET_METRICS",
          "GET_LOGGING_LEVEL",
          "TEARDOWN");

  private final SimMesos cluster;
  private final MasterViews views;

  OperatorApi(SimMesos cluster, MasterViews views) {
    this.cluster = cluster;
    this.views = views;
  }

  /** What is wrong with the request, before it matters who leads. */
  Optional<SimReply> refuse(SimRequest request) {
    return refuse(request, cluster.context().json(), "master", CALLS);
  }

  static Optional<SimReply> refuse(SimRequest request, Json json, String who, Set<String> calls) {
    if (!request.header("content-type").orElse("").startsWith("application/json")) {
      return Optional.of(
          SimReply.text(
              415, "Expecting 'Content-Type' of application/json or application/x-protobuf"));
    }
    String accept = request.header("accept").orElse("*/*");
    if (!accept.contains("application/json") && !accept.contains("*/*")) {
      return Optional.of(
          SimReply.text(
              406, "Expecting 'Accept' to allow 'application/x-protobuf' or 'application/json'"));
    }
    JsonNode call;
    try {
      call = json.parse(request.body());
    } catch (JsonProcessingException e) {
      String near = request.text().replaceFirst("^\\s*\\{?", "");
      return Optional.of(
          SimReply.text(
              400, "Failed to parse body into JSON: syntax error at line 1 near: " + near));
    }
    String type = call.path("type").asText("");
    if (!calls.contains(type)) {
      return Optional.of(invalid(who, "type"));
    }
    if (type.equals("TEARDOWN") && !call.has("teardown")) {
      return Optional.of(invalid(who, "teardown"));
    }
    return Optional.empty();
  }

  private static SimReply invalid(String who, String field) {
    return SimReply.text(
        400, "Failed to validate " + who + "::Call: Expecting '" + field + "' to be present");
  }

  SimReply answer(SimRequest request, MasterState memory) {
    JsonNode call;
    try {
      call = cluster.context().json().parse(request.body());
    } catch (JsonProcessingException checkedBefore) {
      return SimReply.empty(400);
    }
    String type = call.get("type").asText();
    if (type.equals("TEARDOWN")) {
      String id = call.get("teardown").path("framework_id").path("value").asText();
      return cluster.teardown(memory, id)
          ? SimReply.empty(200)
          : SimReply.text(400, "No framework found with specified ID");
    }
    ObjectNode body =
        switch (type) {
          case "GET_HEALTH" -> Json.of("healthy", true);
          case "GET_FLAGS" -> Json.of("flags", MesosFlags.pairs(views.flagValues()));
          case "GET_VERSION" -> Json.of("version_info", version(views.version()));
          case "GET_MASTER" -> master(memory);
          case "GET_AGENTS" -> agents(memory);
          case "GET_FRAMEWORKS" -> frameworks(memory);
          case "GET_TASKS" -> tasks(memory);
          case "GET_ROLES" -> roles(memory);
          case "GET_EXECUTORS" -> Json.of("executors", Json.list());
          case "GET_OPERATIONS" -> Json.of("operations", Json.list());
          case "GET_WEIGHTS" -> Json.of("weight_infos", Json.list());
          case "GET_QUOTA" -> Json.of("status", Json.of());
          case "GET_MAINTENANCE_SCHEDULE" -> Json.of("schedule", Json.of());
          case "GET_MAINTENANCE_STATUS" -> Json.of("status", Json.of());
          case "GET_METRICS" -> Json.of("metrics", pairs(views.metrics()));
          case "GET_LOGGING_LEVEL" -> Json.of("level", 0);
          default ->
              Json.of(
                  "get_tasks", tasks(memory),
                  "get_executors", Json.of("executors", Json.list()),
                  "get_frameworks", frameworks(memory),
                  "get_agents", agents(memory));
        };
    return reply(type, body);
  }

  /** Metrics as a list of names and values. */
  static ArrayNode pairs(ObjectNode metrics) {
    return Json.array(
        metrics.properties().stream()
            .map(m -> Json.of("name", m.getKey(), "value", m.getValue()))
            .toList());
  }

  static SimReply reply(String type, ObjectNode body) {
    return SimReply.json(
        200, Json.of("type", type, type.toLowerCase(Locale.ROOT), body).toString());
  }

  static ObjectNode version(ObjectNode plain) {
    return Json.of(
        "version", plain.get("version"),
        "build_date", plain.get("build_date"),
        "build_time", plain.get("build_time"),
        "build_user", plain.get("build_user"));
  }

  private ObjectNode master(MasterState memory) {
    ObjectNode plain = views.master().info().json();
    ObjectNode info = Json.of();
    for (String name :
        List.of("id", "ip", "port", "pid", "hostname", "version", "address", "capabilities")) {
      info.set(name, plain.get(name));
    }
    return Json.of(
        "master_info", info,
        "start_time", MesosJson.seconds(views.master().started()),
        "elected_time", MesosJson.seconds(memory.elected()));
  }

  private static ObjectNode agents(MasterState memory) {
    return Json.of(
        "agents",
        Json.array(memory.agents().stream().map(ProtoJson::agent).toList()),
        "recovered_agents",
        Json.list());
  }

  private static ObjectNode frameworks(MasterState memory) {
    return Json.of(
        "frameworks", frameworks(memory, memory.frameworks()),
        "completed_frameworks", frameworks(memory, memory.completed()));
  }

  private static ArrayNode frameworks(MasterState memory, List<FrameworkEntry> entries) {
    return Json.array(
        entries.stream()
            .map(f -> ProtoJson.framework(f, MasterViews.used(MasterViews.tasksOf(memory, f.id()))))
            .toList());
  }

  private static ObjectNode tasks(MasterState memory) {
    List<SimTask> all = MasterViews.allTasks(memory);
    return Json.of(
        "tasks", tasks(all, t -> !t.isCompleted()),
        "unreachable_tasks", Json.list(),
        "completed_tasks", tasks(all, SimTask::isCompleted));
  }

  static ArrayNode tasks(List<SimTask> tasks, Predicate<SimTask> which) {
    return Json.array(tasks.stream().filter(which).map(ProtoJson::task).toList());
  }

  private static ObjectNode roles(MasterState memory) {
    Resources used = MasterViews.used(MasterViews.allTasks(memory));
    ArrayNode scalars = Json.list();
    ProtoJson.resources(
            new Resources(used.cpus(), used.memMiB(), used.diskMiB(), PortRanges.none()), "", true)
        .forEach(
            r -> {
              ((ObjectNode) r).remove("allocation_info");
              scalars.add(r);
            });
    return Json.of(
        "roles",
        Json.list(
            Json.of(
                "name",
                "*",
                "weight",
                1.0,
                "frameworks",
                Json.array(memory.frameworks().stream().map(f -> ProtoJson.value(f.id())).toList()),
                "resources",
                scalars)));
  }
}
