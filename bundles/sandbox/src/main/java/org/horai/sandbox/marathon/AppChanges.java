package org.horai.sandbox.marathon;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.horai.sandbox.net.SimRequest;

/** New and changed apps, from a body to one deployment; the caller holds the store's monitor. */
final class AppChanges {

  /** An app as it shall be, and as it was. */
  record Change(AppSpec app, Optional<AppSpec> former) {

    boolean isNone() {
      return former.map(f -> f.json().equals(app.json())).orElse(false);
    }

    boolean isScaling() {
      return former.map(app::differsOnlyInScaleFrom).orElse(false);
    }
  }

  private final MarathonCore core;
  private final MarathonStore store;
  private final AppFormat format;

  AppChanges(MarathonCore core, AppFormat format) {
    this.core = core;
    this.store = core.store();
    this.format = format;
  }

  AppFormat format() {
    return format;
  }

  Change creation(String id, ObjectNode definition, Instant version) {
    ServicePorts.assign(definition, Optional.empty(), store);
    return new Change(new AppSpec(id, definition, version, version, version), Optional.empty());
  }

  /**
   * What a body makes of an app.
   *
   * @param partial whether fields that the body lacks keep their value
   * @param creates whether an app that is not there is made
   */
  Change update(String id, ObjectNode body, boolean partial, boolean creates, Instant version)
      throws Refusal {
    Optional<AppSpec> former = store.app(id);
    ObjectNode named = body.deepCopy().put("id", id);
    ObjectNode wanted = former.isPresent() ? withVersion(id, named) : named;
    Optional<ObjectNode> base = former.filter(f -> partial).map(AppSpec::json);
    ObjectNode definition = format.accept(id, wanted, base);
    if (former.isEmpty()) {
      if (!creates) {
        throw Refusal.noAppToChange(id);
      }
      return creation(id, definition, version);
    }
    ServicePorts.assign(definition, former, store);
    AppSpec draft = new AppSpec(id, definition, version, version, version);
    boolean scaling = draft.differsOnlyInScaleFrom(former.get());
    return new Change(
        new AppSpec(
            id,
            definition,
            version,
            scaling ? version : former.get().lastScaling(),
            scaling ? former.get().lastConfigChange() : version),
        former);
  }

  /**
   * The definition of a former version, when a body asks for one and, its id aside, for no more.
   */
  private ObjectNode withVersion(String id, ObjectNode body) throws Refusal {
    if (!body.hasNonNull("version")) {
      return body;
    }
    if (body.size() > 2) {
      throw Refusal.details(
          422,
          "Object is not valid",
          "/",
          "The 'version' field may only be combined with the 'id' field.");
    }
    String version = body.get("version").asText();
    return store.versions.getOrDefault(id, Map.of()).values().stream()
        .filter(v -> v.version().toString().equals(version))
        .findFirst()
        .map(v -> v.json().deepCopy())
        .orElseThrow(
            () -> Refusal.message(404, "App '" + id + "' does not exist in version " + version));
  }

  /** Whatever is locked, the versions of apps that are there already are kept. */
  private void makeWay(List<Change> changes, Instant version, SimRequest request) throws Refusal {
    Set<Deployment> locks = new LinkedHashSet<>();
    changes.forEach(c -> locks.addAll(store.locking(c.app().id())));
    try {
      AppsApi.makeWay(core, List.copyOf(locks), request.flag("force", false));
    } catch (Refusal locked) {
      List<Change> known = changes.stream().filter(c -> c.former().isPresent()).toList();
      store.refused(version, known.stream().map(Change::app).toList());
      throw locked;
    }
  }

  /**
   * Makes the changes in one deployment. When there is nothing to do, Marathon names a deployment
   * all the same, which nobody ever sees.
   *
   * @return the deployment's id
   * @throws Refusal apps are locked; what was changed is kept among their versions
   */
  String make(List<Change> all, Instant version, SimRequest request) throws Refusal {
    List<Change> changes = all.stream().filter(c -> !c.isNone()).toList();
    if (changes.isEmpty()) {
      store.changed(version);
      return UUID.randomUUID().toString();
    }
    makeWay(changes, version, request);
    Map<String, Optional<AppSpec>> before = new LinkedHashMap<>();
    List<Deployment.Action> steps = new ArrayList<>();
    for (Change change : changes) {
      AppSpec app = change.app();
      store.apps.put(app.id(), app);
      store.remember(app);
      before.put(app.id(), change.former());
      if (change.former().isEmpty()) {
        steps.add(new Deployment.Action(Deployment.Kind.START, app.id()));
      } else if (!change.isScaling()) {
        core.queue().resetDelay(app.id());
      }
    }
    for (Change change : changes) {
      boolean scale = change.former().isEmpty() || change.isScaling();
      steps.add(
          new Deployment.Action(
              scale ? Deployment.Kind.SCALE : Deployment.Kind.RESTART, change.app().id()));
    }
    Deployment deployment = core.engine().deploy(version, steps, before);
    String client = request.remote().getAddress().getHostAddress();
    changes.forEach(c -> core.events().posted(c.app(), client, request.path()));
    return deployment.id;
  }
}
