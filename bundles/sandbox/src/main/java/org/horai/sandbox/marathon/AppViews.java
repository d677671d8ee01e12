package org.horai.sandbox.marathon;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.horai.sandbox.net.Json;
import org.horai.sandbox.net.SimReply;
import org.horai.sandbox.net.SimRequest;

/** What GET says of apps; the caller holds the store's monitor. */
final class AppViews {

  private final MarathonCore core;
  private final MarathonStore store;
  private final MarathonJson json;

  AppViews(MarathonCore core) {
    this.core = core;
    this.store = core.store();
    this.json = core.json();
  }

  /** The list; counts and deployments unless {@code embed} says otherwise. */
  SimReply list(SimRequest request) {
    List<String> embed = embed(request, "apps.");
    Optional<String> part = request.query("id");
    Optional<String> command = request.query("cmd");
    Optional<String> label = request.query("label");
    List<ObjectNode> apps =
        store.apps.values().stream()
            .filter(a -> part.map(a.id()::contains).orElse(true))
            .filter(a -> command.map(c -> a.cmd().orElse("").contains(c)).orElse(true))
            .filter(a -> label.map(l -> hasLabel(a, l)).orElse(true))
            .map(
                a ->
                    embed.isEmpty()
                        ? extended(a, List.of("counts", "deployments"))
                        : extended(a, embed))
            .toList();
    return SimReply.json(200, Json.of("apps", Json.array(apps)).toString());
  }

  /** A selector of the forms {@code name} and {@code name==value}. */
  private static boolean hasLabel(AppSpec app, String selector) {
    String[] parts = selector.split("==", 2);
    Map<String, String> labels = app.texts("labels");
    return parts.length == 1 ? labels.containsKey(parts[0]) : parts[1].equals(labels.get(parts[0]));
  }

  private static List<String> embed(SimRequest request, String prefix) {
    return request.query().getOrDefault("embed", List.of()).stream()
        .filter(e -> e.startsWith(prefix))
        .map(e -> e.substring(prefix.length()))
        .toList();
  }

  /** One app: counts, deployments, tasks and the last failure are always there. */
  SimReply one(SimRequest request, String id) throws Refusal {
    AppSpec app = store.app(id).orElseThrow(() -> Refusal.noApp(id));
    List<String> embed = new ArrayList<>(embed(request, "app."));
    embed.addAll(List.of("counts", "deployments", "tasks", "lastTaskFailure"));
    return SimReply.json(200, Json.of("app", extended(app, embed)).toString());
  }

  private ObjectNode extended(AppSpec app, List<String> embed) {
    List<Instance> instances = store.instancesOf(app.id());
    ObjectNode out = json.app(app);
    if (embed.contains("counts")) {
      json.addCounts(out, instances);
    }
    if (embed.contains("deployments")) {
      out.set("deployments", MarathonJson.ids(store.locking(app.id())));
    }
    if (embed.contains("readiness")) {
      out.set("readinessCheckResults", Json.list());
    }
    if (embed.contains("tasks")) {
      out.set("tasks", json.tasks(instances, false));
    }
    if (embed.contains("lastTaskFailure") && store.lastFailures.containsKey(app.id())) {
      out.set("lastTaskFailure", store.lastFailures.get(app.id()));
    }
    if (embed.contains("taskStats")) {
      out.set("tasksStats", json.taskStats(app, instances, store.now()));
    }
    return out;
  }

  /** All versions, newest first, or one of them. */
  SimReply versions(String id, String rest) throws Refusal {
    if (store.app(id).isEmpty()) {
      throw Refusal.noApp(id);
    }
    Map<Instant, AppSpec> known = store.versions.getOrDefault(id, Map.of());
    if (rest.isEmpty() || rest.equals("/")) {
      List<String> times = new ArrayList<>(known.keySet().stream().map(Instant::toString).toList());
      Collections.reverse(times);
      return SimReply.json(200, Json.of("versions", Json.array(times)).toString());
    }
    String wanted = rest.substring(1);
    return known.values().stream()
        .filter(v -> v.version().toString().equals(wanted))
        .findFirst()
        .map(v -> SimReply.json(200, json.app(v).toString()))
        .orElseThrow(
            () ->
                Refusal.message(
                    404, "App '" + id + "' does not exist in version '" + wanted + "'"));
  }
}
