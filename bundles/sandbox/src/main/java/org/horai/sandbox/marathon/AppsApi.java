package org.horai.sandbox.marathon;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.horai.sandbox.net.Json;
import org.horai.sandbox.net.SimReply;
import org.horai.sandbox.net.SimRequest;

/** {@code /v2/apps} and everything below it. */
final class AppsApi {

  private final MarathonCore core;
  private final MarathonStore store;
  private final SimMarathon.Settings settings;
  private final Json parser;
  private final String authority;
  private final AppChanges changes;

  AppsApi(MarathonCore core, SimMarathon.Settings settings, Json parser, String authority) {
    this.core = core;
    this.store = core.store();
    this.settings = settings;
    this.parser = parser;
    this.authority = authority;
    this.changes = new AppChanges(core, AppFormat.of(settings.version(), parser));
  }

  /**
   * Answers.
   *
   * @param rest the path behind {@code /v2/apps}
   */
  SimReply answer(SimRequest request, String rest) throws Refusal {
    synchronized (store) {
      if (rest.isEmpty() || rest.equals("/")) {
        return switch (request.method()) {
          case "GET" -> new AppViews(core).list(request);
          case "POST" -> create(request);
          case "PUT", "PATCH" -> putAll(request);
          default -> throw Refusal.notAllowed();
        };
      }
      int tasks = rest.indexOf("/tasks");
      if (tasks > 0 && rest.matches(".+/tasks(/[^/]*)?")) {
        String taskId = rest.substring(tasks + "/tasks".length()).replaceFirst("^/", "");
        return new TasksApi(core, parser).ofApp(request, rest.substring(0, tasks), taskId);
      }
      if (rest.endsWith("/restart") && request.method().equals("POST")) {
        return restart(request, rest.substring(0, rest.length() - "/restart".length()));
      }
      int versions = rest.indexOf("/versions");
      if (versions > 0 && request.method().equals("GET")) {
        return new AppViews(core)
            .versions(rest.substring(0, versions), rest.substring(versions + "/versions".length()));
      }
      return one(request, rest.replaceFirst("/$", ""));
    }
  }

  private SimReply one(SimRequest request, String id) throws Refusal {
    return switch (request.method()) {
      case "GET" ->
          id.endsWith("/*")
              ? new AppViews(core).group(request, id.substring(0, id.length() - 2))
              : new AppViews(core).one(request, id);
      case "PUT", "PATCH" -> put(request, id);
      case "DELETE" -> delete(request, id);
      default -> throw Refusal.notAllowed();
    };
  }

  private JsonNode parsed(SimRequest request) throws Refusal {
    if (request.body().length == 0) {
      throw Refusal.with(
          400,
          "Please specify data in JSON format",
          "details",
          Json.node("No content to map due to end-of-input"));
    }
    try {
      return parser.parse(request.body());
    } catch (JsonProcessingException e) {
      throw Refusal.with(400, "Invalid JSON", "details", Json.node(e.getOriginalMessage()));
    }
  }

  private ObjectNode body(SimRequest request) throws Refusal {
    JsonNode body = parsed(request);
    if (!body.isObject()) {
      throw Refusal.details(422, "Invalid JSON", "", "error.expected.jsobject");
    }
    return (ObjectNode) body;
  }

  private SimReply create(SimRequest request) throws Refusal {
    ObjectNode body = body(request);
    if (!body.hasNonNull("id")) {
      throw Refusal.details(422, "Invalid JSON", "/id", "error.path.missing");
    }
    String id = absolute(body.get("id").asText());
    ObjectNode definition = changes.format().accept(id, body, Optional.empty());
    if (store.app(id).isPresent()) {
      throw Refusal.message(409, "An app with id [" + id + "] already exists.");
    }
    Instant version = store.nextVersion();
    AppSpec unassigned = new AppSpec(id, definition.deepCopy(), version, version, version);
    String deployment =
        changes.make(List.of(changes.creation(id, definition, version)), version, request);
    ObjectNode answer = core.json().created(unassigned);
    core.json().addCounts(answer, List.of());
    answer.set("deployments", Json.list(Json.of("id", deployment)));
    return SimReply.json(201, answer.toString())
        .withHeader("Marathon-Deployment-Id", deployment)
        .withHeader("Location", location(id));
  }

  private static String absolute(String id) {
    return id.startsWith("/") ? id : "/" + id;
  }

  private String location(String id) {
    return "http://" + authority + id;
  }

  private SimReply put(SimRequest request, String id) throws Refusal {
    ObjectNode body = body(request);
    Instant version = store.nextVersion();
    AppChanges.Change change =
        changes.update(id, body, isPartial(request), request.method().equals("PUT"), version);
    SimReply reply =
        started(
            change.former().isPresent() ? 200 : 201,
            changes.make(List.of(change), version, request),
            version);
    return change.former().isPresent() ? reply : reply.withHeader("Location", location(id));
  }

  private boolean isPartial(SimRequest request) {
    return settings.version().isLegacy()
        || request.method().equals("PATCH")
        || request.flag("partialUpdate", true);
  }

  /** Many apps in one deployment. */
  private SimReply putAll(SimRequest request) throws Refusal {
    JsonNode bodies = parsed(request);
    if (!bodies.isArray()) {
      throw Refusal.details(422, "Invalid JSON", "", "error.expected.jsarray");
    }
    Instant version = store.nextVersion();
    List<AppChanges.Change> all = new ArrayList<>();
    for (int i = 0; i < bodies.size(); i++) {
      if (!bodies.get(i).isObject()) {
        throw Refusal.details(422, "Invalid JSON", "(" + i + ")", "error.expected.jsobject");
      }
      ObjectNode body = (ObjectNode) bodies.get(i);
      if (!body.hasNonNull("id")) {
        throw Refusal.message(422, "requirement failed: App Update must have app id set");
      }
      all.add(
          changes.update(
              absolute(body.get("id").asText()),
              body,
              isPartial(request),
              request.method().equals("PUT"),
              version));
    }
    return started(200, changes.make(all, version, request), version);
  }

  private SimReply restart(SimRequest request, String id) throws Refusal {
    AppSpec former = store.app(id).orElseThrow(() -> Refusal.noAppToChange(id));
    Instant version = store.nextVersion();
    Instant configuration = settings.version().isLegacy() ? former.lastConfigChange() : version;
    AppSpec app = new AppSpec(id, former.json(), version, former.lastScaling(), configuration);
    try {
      makeWay(core, id, request.flag("force", false));
    } catch (Refusal locked) {
      store.refused(version, List.of(app));
      throw locked;
    }
    store.apps.put(id, app);
    store.remember(app);
    Deployment deployment =
        core.engine()
            .deploy(
                version,
                List.of(new Deployment.Action(Deployment.Kind.RESTART, id)),
                Map.of(id, Optional.of(former)));
    return started(200, deployment);
  }

  /** DELETE forces unless it is told not to. */
  private SimReply delete(SimRequest request, String id) throws Refusal {
    Optional<AppSpec> former = store.app(id);
    if (former.isEmpty()) {
      core.events().groupChangeFailed(store.now(), "App '" + id + "' does not exist");
      throw Refusal.noAppToChange(id);
    }
    makeWay(core, id, request.flag("force", true));
    Instant version = store.nextVersion();
    store.apps.remove(id);
    if (settings.version().isLegacy()) {
      store.versions.remove(id);
    }
    Deployment deployment =
        core.engine()
            .deploy(
                version,
                List.of(new Deployment.Action(Deployment.Kind.STOP, id)),
                Map.of(id, former));
    return started(200, deployment);
  }

  /** Cancels the deployments that lock an app, or refuses to. */
  static void makeWay(MarathonCore core, String appId, boolean force) throws Refusal {
    makeWay(core, core.store().locking(appId), force);
  }

  static void makeWay(MarathonCore core, List<Deployment> locks, boolean force) throws Refusal {
    if (locks.isEmpty()) {
      return;
    }
    if (!force) {
      throw Refusal.with(
          409,
          "App is locked by one or more deployments. Override with the option '?force=true'."
              + " View details at '/v2/deployments/<DEPLOYMENT_ID>'.",
          "deployments",
          MarathonJson.ids(locks));
    }
    locks.forEach(core.engine()::cancel);
  }

  static SimReply started(int status, Deployment deployment) {
    return started(status, deployment.id, deployment.version);
  }

  static SimReply started(int status, String id, Instant version) {
    return SimReply.json(
            status, Json.of("deploymentId", id, "version", version.toString()).toString())
        .withHeader("Marathon-Deployment-Id", id);
  }
}
