package org.horai.sandbox.marathon;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
      boolean get = request.method().equals("GET");
      if (path.equals("/v2/tasks/delete") && request.method().equals("POST")) {
        return kill(() -> named(request), request);
      }
      if (path.equals("/v2/tasks") && get) {
        Set<Instance.Condition> wanted = conditions(request);
        List<Instance> shown =
            store.instances.stream()
                .filter(i -> wanted.isEmpty() || wanted.contains(i.condition))
                .toList();
        return SimReply.json(200, Json.of("tasks", core.json().tasks(shown, true)).toString());
      }
      throw path.matches("/v2/tasks(/delete)?") ? Refusal.notAllowed() : Refusal.unknown();
    }
  }

  /** Those that the query names; what it names otherwise does not count. */
  private static Set<Instance.Condition> conditions(SimRequest request) {
    Set<Instance.Condition> wanted = EnumSet.noneOf(Instance.Condition.class);
    for (String parameter : List.of("status", "status[]")) {
      for (String status : request.query().getOrDefault(parameter, List.of())) {
        switch (status.toLowerCase(Locale.ROOT)) {
          case "running" -> wanted.add(Instance.Condition.RUNNING);
          case "staging" -> wanted.add(Instance.Condition.PROVISIONED);
          default -> {
            // Marathon knows no other
          }
        }
      }
    }
    return wanted;
  }

  private List<Instance> named(SimRequest request) throws Refusal {
    JsonNode ids;
    try {
      ids = parser.parse(request.body()).path("ids");
    } catch (JsonProcessingException e) {
      throw Refusal.with(400, "Invalid JSON", "details", Json.node(e.getOriginalMessage()));
    }
    if (!ids.isArray()) {
      throw Refusal.details(
          422,
          "Invalid JSON",
          "",
          ids.isMissingNode()
              ? "'ids' is undefined on object: " + request.text()
              : "error.expected.jsarray");
    }
    List<Instance> named = new ArrayList<>();
    for (JsonNode id : ids) {
      checked(id.asText());
      store.byTask(id.asText()).ifPresent(named::add);
    }
    return named;
  }

  private static void checked(String taskId) throws Refusal {
    if (!TASK_ID.matcher(taskId).matches()) {
      throw Refusal.message(500, "unable to extract instanceId from taskId " + taskId);
    }
  }

  /**
   * The tasks of one app, or with a star at the end of all in a group.
   *
   * @param taskId empty for all of them
   */
  SimReply ofApp(SimRequest request, String appId, String taskId) throws Refusal {
    boolean get = request.method().equals("GET");
    if (get ? !taskId.isEmpty() : !request.method().equals("DELETE")) {
      throw Refusal.notAllowed();
    }
    if (get && appId.endsWith("/*")) {
      String group = appId.substring(0, appId.length() - 1);
      return listed(store.instances.stream().filter(i -> i.appId.startsWith(group)).toList());
    }
    if (get) {
      known(appId);
      return listed(store.instancesOf(appId));
    }
    if (!taskId.isEmpty()) {
      return killOne(request, appId, taskId);
    }
    Optional<String> host = request.query("host").filter(h -> !h.equals("*"));
    return kill(
        () -> {
          known(appId);
          return store.instancesOf(appId).stream()
              .filter(i -> !i.taskId.isEmpty())
              .filter(i -> host.isEmpty() || host.get().equals(i.host))
              .toList();
        },
        request);
  }

  private void known(String appId) throws Refusal {
    if (store.app(appId).isEmpty()) {
      throw Refusal.noApp(appId);
    }
  }

  private SimReply listed(List<Instance> instances) {
    return SimReply.json(200, Json.of("tasks", core.json().tasks(instances, false)).toString());
  }

  /** Finds what shall be killed. */
  private interface Choice {
    List<Instance> instances() throws Refusal;
  }

  private SimReply killOne(SimRequest request, String appId, String taskId) throws Refusal {
    SimReply reply =
        kill(
            () -> {
              known(appId);
              checked(taskId);
              return store.byTask(taskId).filter(i -> i.appId.equals(appId)).stream().toList();
            },
            request);
    if (request.flag("scale", false)) {
      return reply;
    }
    Instance task =
        store
            .byTask(taskId)
            .filter(i -> i.appId.equals(appId) && i.condition.isLive())
            .orElseThrow(
                () ->
                    Refusal.with(
                        404, "Task '" + taskId + "' does not exist", "details", Json.list()));
    return SimReply.json(200, Json.of("task", core.json().task(task, false)).toString());
  }

  private SimReply kill(Choice choice, SimRequest request) throws Refusal {
    boolean scale = request.flag("scale", false);
    if (scale && request.flag("wipe", false)) {
      throw Refusal.message(400, "You cannot use scale and wipe at the same time.");
    }
    List<Instance> live = choice.instances().stream().filter(i -> i.condition.isLive()).toList();
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
