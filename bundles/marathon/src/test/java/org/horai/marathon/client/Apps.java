package org.horai.marathon.client;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.horai.api.deployer.MarathonDialect;
import org.horai.marathon.client.MarathonServer.Reply;
import org.horai.marathon.model.AppJson;
import org.horai.marathon.model.Specs;

/** The Chronos app as a server would answer it. */
final class Apps {
  static final String V1 = "2026-11-22T22:00:00.000Z";
  static final String V2 = "2026-11-22T22:10:00.000Z";
  static final String V3 = "2026-11-22T22:20:00.000Z";

  private final Map<String, Object> app;
  private final List<Object> tasks = new ArrayList<>();

  private Apps(String version, MarathonDialect era) {
    app = new LinkedHashMap<>(AppJson.render(Specs.chronos(), era));
    app.put("version", version);
    app.put("versionInfo", Map.of("lastConfigChangeAt", version));
    app.put("deployments", List.of());
    app.put("tasks", tasks);
  }

  static Apps chronos(String version) {
    return new Apps(version, new MarathonDialect(1, 11));
  }

  Apps with(String field, Object value) {
    app.put(field, value);
    return this;
  }

  Apps lockedBy(String deployment) {
    return with("deployments", List.of(Map.of("id", deployment)));
  }

  /** Adds tasks that run this version; healthy, failing, or not checked yet when null. */
  Apps running(String version, Boolean... alive) {
    for (Boolean well : alive) {
      int number = tasks.size() + 1;
      Map<String, Object> task = new LinkedHashMap<>();
      task.put("id", "chronos.task-" + number);
      task.put("appId", "/chronos");
      task.put("host", "node" + number);
      task.put("state", "TASK_RUNNING");
      task.put("version", version);
      if (well != null) {
        task.put(
            "healthCheckResults",
            List.of(
                Map.of(
                    "alive",
                    well,
                    "consecutiveFailures",
                    well ? 0 : 2,
                    "lastFailureCause",
                    well ? "" : "ConnectionAttemptFailedException")));
      }
      tasks.add(task);
    }
    return this;
  }

  Apps failed(String version, String when) {
    return with(
        "lastTaskFailure",
        Map.of(
            "message",
            "Command exited with status 1",
            "state",
            "TASK_FAILED",
            "host",
            "node1",
            "timestamp",
            when,
            "version",
            version));
  }

  Reply reply() {
    return Reply.json(Map.of("app", app));
  }

  Reply tasksReply() {
    return Reply.json(Map.of("tasks", tasks));
  }

  static Reply info(String version) {
    return Reply.json(Map.of("version", version, "leader", "", "frameworkId", "f-1"));
  }

  static Reply accepted(String deployment, String version) {
    return Reply.json(Map.of("deploymentId", deployment, "version", version));
  }

  static Reply missing() {
    return new Reply(404, "{\"message\":\"App '/chronos' does not exist\"}", Map.of());
  }

  static Reply locked(String deployment) {
    return new Reply(
        409,
        "{\"message\":\"App is locked\",\"deployments\":[{\"id\":\"" + deployment + "\"}]}",
        Map.of());
  }

  static Reply deployments(String... ids) {
    return Reply.json(
        java.util.Arrays.stream(ids)
            .map(
                id ->
                    Map.of(
                        "id",
                        id,
                        "version",
                        V1,
                        "affectedApps",
                        List.of("/chronos"),
                        "currentActions",
                        List.of(Map.of("action", "RestartApplication", "app", "/chronos")),
                        "currentStep",
                        1,
                        "totalSteps",
                        2))
            .toList());
  }
}
