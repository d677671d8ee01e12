package org.horai.sandbox.marathon;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.horai.sandbox.net.Json;
import org.horai.sandbox.net.SimReply;
import org.horai.sandbox.net.SimRequest;

/** {@code /v2/deployments} and {@code /v2/queue}. */
final class DeploymentsApi {

  private final MarathonCore core;
  private final MarathonStore store;

  DeploymentsApi(MarathonCore core) {
    this.core = core;
    this.store = core.store();
  }

  SimReply answer(SimRequest request, String path) throws Refusal {
    synchronized (store) {
      boolean delete = request.method().equals("DELETE");
      if (path.equals("/v2/deployments") && !delete) {
        return SimReply.json(
            200,
            Json.array(store.deployments.stream().map(core.json()::deployment).toList())
                .toString());
      }
      if (path.startsWith("/v2/deployments/") && delete) {
        return cancel(path.substring("/v2/deployments/".length()), request.flag("force", false));
      }
      if (path.equals("/v2/queue") && !delete) {
        boolean unused =
            request.query().getOrDefault("embed", List.of()).contains("lastUnusedOffers");
        return SimReply.json(200, core.queue().json(unused).toString());
      }
      if (path.matches("/v2/queue/.+/delay") && delete) {
        return resetDelay(path.substring("/v2/queue".length(), path.length() - "/delay".length()));
      }
      throw path.matches("/v2/deployments(/[^/]+)?|/v2/queue|/v2/queue/.+/delay")
          ? Refusal.notAllowed()
          : Refusal.unknown();
    }
  }

  private SimReply resetDelay(String appId) throws Refusal {
    if (!core.queue().isQueued(appId)) {
      throw Refusal.with(
          404, "Application " + appId + " not found in tasks queue.", "details", Json.list());
    }
    core.queue().resetDelay(appId);
    return SimReply.empty(204);
  }

  /** With force it just ends; without, a new deployment takes the apps back to what they were. */
  private SimReply cancel(String id, boolean force) throws Refusal {
    Optional<Deployment> found =
        store.deployments.stream().filter(d -> d.id.equals(id)).findFirst();
    if (found.isEmpty()) {
      throw Refusal.message(404, "DeploymentPlan " + id + " does not exist");
    }
    core.engine().cancel(found.get());
    if (force) {
      return SimReply.empty(202);
    }
    Instant version = store.nextVersion();
    List<Deployment.Action> steps = new ArrayList<>();
    Map<String, Optional<AppSpec>> before = new HashMap<>();
    found
        .get()
        .before
        .forEach(
            (appId, former) -> {
              before.put(appId, store.app(appId));
              if (former.isPresent()) {
                boolean gone = store.app(appId).isEmpty();
                AppSpec old = former.get();
                store.apps.put(appId, new AppSpec(appId, old.json(), version, version, version));
                steps.add(
                    new Deployment.Action(
                        gone ? Deployment.Kind.SCALE : Deployment.Kind.RESTART, appId));
              } else {
                store.apps.remove(appId);
                steps.add(new Deployment.Action(Deployment.Kind.STOP, appId));
              }
            });
    Deployment rollback = core.engine().deploy(version, steps, before);
    return AppsApi.started(200, rollback);
  }
}
