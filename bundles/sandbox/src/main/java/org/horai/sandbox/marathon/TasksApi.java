package org.horai.sandbox.marathon;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.horai.sandbox.net.Json;
import org.horai.sandbox.net.SimReply;
import org.horai.sandbox.net.SimRequest;

/** {@code /v2/tasks} and {@code /v2/apps/{id}/tasks}. */
final class TasksApi {

  private static final Pattern TASK_ID =
      Pattern.compile(".+[.-][0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}.*");

  private final MarathonCore core;
  private final MarathonStore store;
  private final Json parser;

  TasksApi(MarathonCore core, Json parser) {
    this.core = core;
    this.store = core.store();
    this.parser = parser;
  }

  /** {@code /v2/tasks} and {@code /v2/tasks/delete}. */
  SimReply all(SimRequest request, String path) throws Refusal {
    synchronized (store) {
      if (path.equals("/v2/tasks/delete") && request.method().equals("POST")) {
        return kill(named(request), request);
      }
      Optional<String> status = request.query("status");
      List<Instance> wanted =
          store.instances.stream()
              .filter(
                  i ->
                      status.isEmpty()
                          || (i.condition == Instance.Condition.RUNNING)
                              == status.get().equals("running"))
              .toList();
      return SimReply.json(200, Json.of("tasks", core.json().tasks(wanted, true)).toString());
    }
  }

  private List<Instance> named(SimRequest request) throws Refusal {
    JsonNode ids;
    try {
      ids = parser.parse(request.body()).path("ids");
    } catch (JsonProcessingException e) {
      throw Refusal.with(400, "Invalid JSON", "details", Json.node(e.getOriginalMessage()));
    }
    List<Instance> named = new ArrayList<>();
    ids.forEach(id -> store.byTask(id.asText()).ifPresent(named::add));
    return named;
  }

  /**
   * The tasks of one app.
   *
   * @param taskId empty for all of them
   */
  SimReply ofApp(SimRequest request, String appId, String taskId) throws Refusal {
    if (store.app(appId).isEmpty()) {
      throw Refusal.noApp(appId);
    }
    List<Instance> tasks =
        store.instancesOf(appId).stream().filter(i -> !i.taskId.isEmpty()).toList();
    if (request.method().equals("GET")) {
      return SimReply.json(200, Json.of("tasks", core.json().tasks(tasks, false)).toString());
    }
    if (!request.method().equals("DELETE")) {
      throw Refusal.message(405, "HTTP 405 Method Not Allowed");
    }
    if (taskId.isEmpty()) {
      Optional<String> host = request.query("host");
      return kill(
          tasks.stream().filter(i -> host.isEmpty() || host.get().equals(i.host)).toList(),
          request);
    }
    return killOne(request, tasks, taskId);
  }

  private SimReply killOne(SimRequest request, List<Instance> tasks, String taskId) throws Refusal {
    if (!TASK_ID.matcher(taskId).matches()) {
      throw Refusal.message(500, "unable to extract instanceId from taskId " + taskId);
    }
    Optional<Instance> task =
        tasks.stream().filter(i -> i.taskId.equals(taskId) && i.condition.isLive()).findFirst();
    if (task.isEmpty()) {
      throw Refusal.message(404, "Task '" + taskId + "' does not exist");
    }
    ObjectNode before = core.json().task(task.get(), false);
    SimReply reply = kill(List.of(task.get()), request);
    return request.flag("scale", false)
        ? reply
        : SimReply.json(200, Json.of("task", before).toString());
  }

  private SimReply kill(List<Instance> instances, SimRequest request) throws Refusal {
    boolean scale = request.flag("scale", false);
    if (scale && request.flag("wipe", false)) {
      throw Refusal.message(400, "You cannot use scale and wipe at the same time.");
    }
    List<Instance> live = instances.stream().filter(i -> i.condition.isLive()).toList();
    ObjectNode killed = Json.of("tasks", core.json().tasks(live, false));
    if (scale && !live.isEmpty()) {
      return scaleDown(live, request.flag("force", false));
    }
    live.forEach(core::kill);
    return SimReply.json(200, killed.toString());
  }

  private SimReply scaleDown(List<Instance> live, boolean force) throws Refusal {
    String appId = live.get(0).appId;
    AppSpec app = store.app(appId).orElseThrow(() -> Refusal.noApp(appId));
    AppsApi.makeWay(core, appId, force);
    Instant version = store.nextVersion();
    ObjectNode json = app.json().deepCopy();
    json.put("instances", Math.max(0, app.instances() - live.size()));
    AppSpec smaller = new AppSpec(appId, json, version, version, app.lastConfigChange());
    store.apps.put(appId, smaller);
    store.remember(smaller);
    live.forEach(core.engine()::decommission);
    Deployment deployment =
        core.engine()
            .deploy(
                version,
                List.of(new Deployment.Action(Deployment.Kind.SCALE, appId)),
                Map.of(appId, Optional.of(app)));
    return AppsApi.started(200, deployment);
  }
}
