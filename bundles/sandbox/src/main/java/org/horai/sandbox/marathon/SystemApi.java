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

  SimReply answer(SimRequest request, String path) {
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
      case "/v2/groups" -> groups();
      case "/metrics" -> SimReply.json(200, metrics().toString());
      default -> unknown();
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
        : MarathonHttp.message(500, "HTTP 404 Not Found");
  }

  private SimReply groups() {
    synchronized (store) {
      return SimReply.json(200, group("/").toString());
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
