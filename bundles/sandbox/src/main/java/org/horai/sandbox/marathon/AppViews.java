package org.horai.sandbox.marathon;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
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

  /** The list; counts and deployments are always there. */
  SimReply list(SimRequest request) throws Refusal {
    List<String> embed = new ArrayList<>(embed(request, "apps."));
    embed.addAll(List.of("counts", "deployments"));
    Optional<LabelSelector> labels = LabelSelector.of(request.query("label"));
    List<ObjectNode> apps =
        store.apps.values().stream()
            .filter(a -> contains(a.id(), request.query("id")))
            .filter(a -> contains(a.cmd().orElse(""), request.query("cmd")))
            .filter(a -> labels.map(l -> l.matches(a.texts("labels"))).orElse(true))
            .map(a -> extended(a, embed))
            .toList();
    return SimReply.json(200, Json.of("apps", Json.array(apps)).toString());
  }

  private static boolean contains(String text, Optional<String> part) {
    return part.map(p -> text.toLowerCase(Locale.ROOT).contains(p.toLowerCase(Locale.ROOT)))
        .orElse(true);
  }

  /** All apps of a group and of those below it. */
  SimReply group(SimRequest request, String id) throws Refusal {
    List<AppSpec> apps =
        store.apps.values().stream().filter(a -> a.id().startsWith(id + "/")).toList();
    if (apps.isEmpty() && !id.isEmpty()) {
      throw Refusal.noGroup(id);
    }
    List<String> embed = embedOne(request);
    List<ObjectNode> all = apps.stream().map(a -> extended(a, embed)).toList();
    return SimReply.json(200, Json.of("*", Json.array(all)).toString());
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
    return SimReply.json(200, Json.of("app", extended(app, embedOne(request))).toString());
  }

  private static List<String> embedOne(SimRequest request) {
    List<String> embed = new ArrayList<>(embed(request, "app."));
    embed.addAll(List.of("counts", "deployments", "tasks", "lastTaskFailure"));
    return embed;
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
    Instant version = version(wanted);
    return known.values().stream()
        .filter(v -> v.version().equals(version))
        .findFirst()
        .map(v -> SimReply.json(200, json.app(v).toString()))
        .orElseThrow(() -> Refusal.noApp(id, " in version " + wanted));
  }

  private static Instant version(String text) throws Refusal {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw Refusal.message(500, e.getMessage());
    }
  }
}
