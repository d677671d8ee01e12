package org.horai.sandbox.marathon;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.horai.sandbox.net.Json;
import org.horai.sandbox.net.SimReply;
import org.horai.sandbox.net.SimRequest;

/** Leader, info, groups, events, ping, metrics, and what nobody knows. */
final class SystemApi {

  private static final Set<String> RESOURCES =
      Set.of("/ping", "/metrics", "/v2/leader", "/v2/info", "/v2/events", "/v2/groups");
  private static final Set<String> NEWER = Set.of("/v2/plugins", "/v2/pods", "/v2/pods/::status");

  private final SimMarathon process;
  private final SimMarathon.Settings settings;
  private final SimMarathon.Surroundings around;
  private final MarathonCore core;
  private final MarathonStore store;

  SystemApi(
      SimMarathon process,
      SimMarathon.Settings settings,
      SimMarathon.Surroundings around,
      MarathonCore core) {
    this.process = process;
    this.settings = settings;
    this.around = around;
    this.core = core;
    this.store = core.store();
  }

  SimReply answer(SimRequest request, String path) throws Refusal {
    boolean get = request.method().equals("GET") || request.method().equals("HEAD");
    boolean known =
        RESOURCES.contains(path)
            || path.startsWith("/v2/groups/")
            || (!settings.version().isLegacy() && NEWER.contains(path));
    if (!known) {
      return unknown();
    }
    boolean abdication = path.equals("/v2/leader") && request.method().equals("DELETE");
    if (!get && !abdication && path.startsWith("/v2/")) {
      throw Refusal.notAllowed();
    }
    return switch (path) {
      case "/ping" -> SimReply.of(200, "text/plain", "pong").withHeader("Vary", "Accept");
      case "/v2/leader" -> leader(request);
      case "/v2/info" ->
          SimReply.json(200, new MarathonInfo(settings, around).json(process).toString());
      case "/v2/events" ->
          core.stream()
              .open(
                  Set.copyOf(request.query().getOrDefault("event_type", List.of())),
                  request.remote().getAddress().getHostAddress());
      case "/metrics" -> SimReply.json(200, metrics().toString());
      case "/v2/plugins" -> SimReply.json(200, Json.of("plugins", Json.list()).toString());
      case "/v2/pods", "/v2/pods/::status" -> SimReply.json(200, "[]");
      default -> groups(path.substring("/v2/groups".length()));
    };
  }

  private SimReply leader(SimRequest request) {
    if (request.method().equals("DELETE")) {
      process.abdicate();
      return MarathonHttp.message(200, "Leadership abdicated");
    }
    return SimReply.json(200, Json.of("leader", process.authority()).toString());
  }

  /** Version 1.11 answers 500 for a path it does not know. */
  private SimReply unknown() {
    return settings.version().isLegacy()
        ? SimReply.of(404, "text/html", "<html><body><h1>404 Not Found</h1></body></html>")
        : Refusal.unknown().reply();
  }

  private SimReply groups(String rest) throws Refusal {
    String id = rest.replaceFirst("/$", "");
    synchronized (store) {
      if (!id.isEmpty() && store.apps.keySet().stream().noneMatch(a -> a.startsWith(id + "/"))) {
        throw Refusal.noGroup(id);
      }
      return SimReply.json(200, group(id.isEmpty() ? "/" : id).toString());
    }
  }

  private ObjectNode group(String id) {
    String prefix = id.equals("/") ? "/" : id + "/";
    ArrayNode apps = Json.list();
    Set<String> below = new TreeSet<>();
    for (AppSpec app : store.apps.values()) {
      if (app.id().startsWith(prefix)) {
        String rest = app.id().substring(prefix.length());
        int slash = rest.indexOf('/');
        if (slash < 0) {
          apps.add(core.json().app(app));
        } else {
          below.add(prefix + rest.substring(0, slash));
        }
      }
    }
    ObjectNode group = Json.of("id", id, "apps", apps);
    if (!settings.version().isLegacy()) {
      group.set("pods", Json.list());
    }
    group.set("groups", Json.array(below.stream().map(this::group).toList()));
    group.set("dependencies", Json.list());
    return group.put("version", store.groupVersion().toString());
  }

  private ObjectNode metrics() {
    synchronized (store) {
      return Json.of(
          "version", "4.0.0",
          "gauges",
              Json.of(
                  "marathon.apps.active.gauge", Json.of("value", store.apps.size()),
                  "marathon.deployments.active.gauge", Json.of("value", store.deployments.size()),
                  "marathon.instances.running.gauge",
                      Json.of(
                          "value", store.instances.stream().filter(Instance::isRunning).count())),
          "counters", Json.of(),
          "histograms", Json.of(),
          "meters", Json.of(),
          "timers", Json.of());
    }
  }
}
