package org.horai.sandbox.marathon;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
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

  AppsApi(MarathonCore core, SimMarathon.Settings settings, Json parser, String authority) {
    this.core = core;
    this.store = core.store();
    this.settings = settings;
    this.parser = parser;
    this.authority = authority;
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
          default -> throw notAllowed();
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
      if (versions > 0) {
        return new AppViews(core)
            .versions(rest.substring(0, versions), rest.substring(versions + "/versions".length()));
      }
      return one(request, rest.replaceFirst("/$", ""));
    }
  }

  private SimReply one(SimRequest request, String id) throws Refusal {
    return switch (request.method()) {
      case "GET" -> new AppViews(core).one(request, id);
      case "PUT", "PATCH" -> put(request, id);
      case "DELETE" -> delete(request, id);
      default -> throw notAllowed();
    };
  }

  private static Refusal notAllowed() {
    return Refusal.message(405, "HTTP 405 Method Not Allowed");
  }

  private ObjectNode body(SimRequest request) throws Refusal {
    JsonNode body;
    try {
      body = parser.parse(request.body());
    } catch (JsonProcessingException e) {
      throw Refusal.with(400, "Invalid JSON", "details", Json.node(e.getOriginalMessage()));
    }
    if (!body.isObject()) {
      throw Refusal.details(422, "Invalid JSON", "/", "error.expected.jsobject");
    }
    return (ObjectNode) body;
  }

  /** A body without a type is refused with a bare 400. */
  private static boolean lacksType(SimRequest request) {
    return request.header("content-type").filter(t -> !t.isBlank()).isEmpty();
  }

  private SimReply create(SimRequest request) throws Refusal {
    if (lacksType(request)) {
      return SimReply.empty(400);
    }
    ObjectNode body = body(request);
    String id = absolute(body.path("id").asText(""));
    ObjectNode definition = format().accept(id, body, Optional.empty());
    if (store.app(id).isPresent()) {
      throw Refusal.message(409, "An app with id [" + id + "] already exists.");
    }
    Instant version = store.nextVersion();
    AppSpec unassigned = new AppSpec(id, definition.deepCopy(), version, version, version);
    Deployment deployment = start(id, definition, version, request);
    ObjectNode answer = core.json().created(unassigned);
    core.json().addCounts(answer, List.of());
    answer.set("deployments", Json.list(Json.of("id", deployment.id)));
    return located(SimReply.json(201, answer.toString()), id, deployment.id);
  }

  private static String absolute(String id) {
    return id.startsWith("/") ? id : "/" + id;
  }

  private AppFormat format() {
    return AppFormat.of(settings.version(), parser);
  }

  private SimReply put(SimRequest request, String id) throws Refusal {
    if (lacksType(request)) {
      return SimReply.empty(400);
    }
    ObjectNode body = body(request);
    Optional<AppSpec> former = store.app(id);
    if (former.isPresent() && body.size() == 1 && body.has("version")) {
      body = formerVersion(id, body.get("version").asText());
    }
    boolean partial = settings.version().isLegacy() || request.flag("partialUpdate", true);
    Optional<ObjectNode> base = former.filter(f -> partial).map(AppSpec::json);
    ObjectNode definition = format().accept(id, body, base);
    Instant version = store.nextVersion();
    if (former.isEmpty()) {
      Deployment deployment = start(id, definition, version, request);
      return located(started(201, deployment), id, deployment.id);
    }
    ServicePorts.assign(definition, former, store);
    if (definition.equals(former.get().json())) {
      // nothing to do: Marathon names a deployment all the same, which nobody ever sees
      store.groupVersion(version);
      return started(200, UUID.randomUUID().toString(), version);
    }
    return change(former.get(), definition, version, request);
  }

  private ObjectNode formerVersion(String id, String version) throws Refusal {
    return store.versions.getOrDefault(id, Map.of()).values().stream()
        .filter(v -> v.version().toString().equals(version))
        .findFirst()
        .map(v -> v.json().deepCopy())
        .orElseThrow(
            () ->
                Refusal.message(
                    404, "App '" + id + "' does not exist in version '" + version + "'"));
  }

  private Deployment start(String id, ObjectNode definition, Instant version, SimRequest request)
      throws Refusal {
    makeWay(core, id, request.flag("force", false));
    ServicePorts.assign(definition, Optional.empty(), store);
    AppSpec app = new AppSpec(id, definition, version, version, version);
    store.apps.put(id, app);
    store.remember(app);
    Deployment deployment =
        core.engine()
            .deploy(
                version,
                List.of(
                    new Deployment.Action(Deployment.Kind.START, id),
                    new Deployment.Action(Deployment.Kind.SCALE, id)),
                Map.of(id, Optional.empty()));
    posted(app, request);
    return deployment;
  }

  private void posted(AppSpec app, SimRequest request) {
    core.events().posted(app, request.remote().getAddress().getHostAddress(), request.path());
  }

  private SimReply change(
      AppSpec former, ObjectNode definition, Instant version, SimRequest request) throws Refusal {
    AppSpec draft = new AppSpec(former.id(), definition, version, version, version);
    boolean scaling = draft.differsOnlyInScaleFrom(former);
    AppSpec app =
        new AppSpec(
            former.id(),
            definition,
            version,
            scaling ? version : former.lastScaling(),
            scaling ? former.lastConfigChange() : version);
    store.remember(app);
    makeWay(core, app.id(), request.flag("force", false));
    store.apps.put(app.id(), app);
    if (!scaling) {
      core.queue().resetDelay(app.id());
    }
    Deployment deployment =
        core.engine()
            .deploy(
                version,
                List.of(
                    new Deployment.Action(
                        scaling ? Deployment.Kind.SCALE : Deployment.Kind.RESTART, app.id())),
                Map.of(app.id(), Optional.of(former)));
    posted(app, request);
    return started(200, deployment);
  }

  private SimReply restart(SimRequest request, String id) throws Refusal {
    AppSpec former = store.app(id).orElseThrow(() -> Refusal.noAppToChange(id));
    makeWay(core, id, request.flag("force", false));
    Instant version = store.nextVersion();
    Instant configuration = settings.version().isLegacy() ? former.lastConfigChange() : version;
    AppSpec app = new AppSpec(id, former.json(), version, former.lastScaling(), configuration);
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
    List<Deployment> locks = core.store().locking(appId);
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

  private static SimReply started(int status, String id, Instant version) {
    return SimReply.json(
            status, Json.of("deploymentId", id, "version", version.toString()).toString())
        .withHeader("Marathon-Deployment-Id", id);
  }

  private SimReply located(SimReply reply, String id, String deploymentId) {
    boolean named =
        reply.headers().stream().anyMatch(h -> h.getKey().equals("Marathon-Deployment-Id"));
    SimReply with = named ? reply : reply.withHeader("Marathon-Deployment-Id", deploymentId);
    return with.withHeader("Location", "http://" + authority + id);
  }
}
