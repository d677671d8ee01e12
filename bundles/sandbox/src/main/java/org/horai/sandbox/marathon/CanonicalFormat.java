package org.horai.sandbox.marathon;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.horai.sandbox.net.Json;

/**
 * Marathon 1.5 and later: takes the old network fields, keeps and answers only the canonical ones
 * ({@code networks}, {@code container.portMappings}, {@code portDefinitions}, {@code fetch}).
 */
final class CanonicalFormat implements AppFormat {

  private static final List<String> OPERATORS =
      List.of("UNIQUE", "CLUSTER", "GROUP_BY", "LIKE", "MAX_PER", "UNLIKE", "IS");
  private static final Set<String> RESERVED_NAMES = Set.of("restart", "tasks", "versions");
  private static final List<String> ORDER =
      List.of(
          "id",
          "acceptedResourceRoles",
          "args",
          "backoffFactor",
          "backoffSeconds",
          "cmd",
          "constraints",
          "container",
          "cpus",
          "dependencies",
          "disk",
          "env",
          "executor",
          "fetch",
          "healthChecks",
          "readinessChecks",
          "instances",
          "labels",
          "maxLaunchDelaySeconds",
          "mem",
          "gpus",
          "networks",
          "portDefinitions",
          "requirePorts",
          "secrets",
          "taskKillGracePeriodSeconds",
          "upgradeStrategy",
          "user",
          "killSelection",
          "unreachableStrategy",
          "tty",
          "role");
  private static final Set<String> OMITTED_WHEN_EMPTY =
      Set.of(
          "acceptedResourceRoles",
          "args",
          "constraints",
          "dependencies",
          "env",
          "fetch",
          "healthChecks",
          "readinessChecks",
          "secrets");
  private static final Set<String> DECIMAL = Set.of("cpus", "mem", "disk", "backoffFactor");

  private final Json json;

  CanonicalFormat(Json json) {
    this.json = json;
  }

  @Override
  public ObjectNode accept(String id, ObjectNode request, Optional<ObjectNode> base)
      throws Refusal {
    FieldErrors.check(request, 422);
    if (RESERVED_NAMES.contains(id.substring(id.lastIndexOf('/') + 1))) {
      throw Refusal.details(
          422,
          "Object is not valid",
          "/id",
          "must not end with any of the following reserved keywords: restart, tasks, versions");
    }
    ObjectNode merged =
        base.map(ObjectNode::deepCopy)
            .orElseGet(() -> json.resource(CanonicalFormat.class, "app-1.11.json"));
    ObjectNode sent = canonical(request);
    if (sent.hasNonNull("cmd")) {
      merged.remove("args");
    } else if (sent.hasNonNull("args")) {
      merged.remove("cmd");
    }
    ORDER.stream().filter(sent::has).forEach(field -> merged.set(field, sent.get(field)));
    merged.put("id", id);
    fill(merged);
    ObjectNode ordered = Json.of();
    for (String field : ORDER) {
      JsonNode value = merged.path(field);
      boolean empty = value.isContainerNode() && value.isEmpty();
      if (!value.isMissingNode()
          && !value.isNull()
          && !(empty && OMITTED_WHEN_EMPTY.contains(field))) {
        ordered.set(field, DECIMAL.contains(field) ? Json.node(value.asDouble()) : value);
      }
    }
    AppValidation.whole(withBoth(ordered, sent), sent, OPERATORS);
    return ordered;
  }

  /** Keeps a body's cmd and args together, so that sending both is noticed. */
  private static ObjectNode withBoth(ObjectNode app, ObjectNode sent) {
    if (sent.hasNonNull("cmd") && sent.hasNonNull("args")) {
      ObjectNode both = app.deepCopy();
      both.set("cmd", sent.get("cmd"));
      both.set("args", sent.get("args"));
      return both;
    }
    return app;
  }

  /** Replaces the old network, port and file fields of a body by the canonical ones. */
  private static ObjectNode canonical(ObjectNode request) {
    ObjectNode app = request.deepCopy();
    if (app.path("ports").isArray() && !app.has("portDefinitions")) {
      ArrayNode definitions = Json.list();
      app.get("ports").forEach(p -> definitions.add(Json.of("port", p.asInt())));
      app.set("portDefinitions", definitions);
    }
    if (app.path("uris").isArray() && !app.has("fetch")) {
      ArrayNode fetch = Json.list();
      app.get("uris").forEach(u -> fetch.add(Json.of("uri", u.asText())));
      app.set("fetch", fetch);
    }
    if (app.path("container").isObject()) {
      container(app, (ObjectNode) app.get("container"));
    }
    return app;
  }

  private static void container(ObjectNode app, ObjectNode container) {
    if (!container.path("docker").isObject()) {
      return;
    }
    ObjectNode docker = (ObjectNode) container.get("docker");
    JsonNode oldNetwork = docker.remove("network");
    JsonNode oldMappings = docker.remove("portMappings");
    if (oldMappings != null && oldMappings.isArray() && !container.has("portMappings")) {
      container.set("portMappings", oldMappings);
    }
    if (oldNetwork != null && oldNetwork.isTextual() && !app.has("networks")) {
      String name = app.path("ipAddress").path("networkName").asText("");
      ObjectNode network =
          switch (oldNetwork.asText()) {
            case "BRIDGE" -> Json.of("mode", "container/bridge");
            case "USER" -> Json.of("name", name, "mode", "container");
            default -> Json.of("mode", "host");
          };
      app.set("networks", Json.list(network));
    }
  }

  private static void fill(ObjectNode app) {
    if (app.path("networks").isEmpty()) {
      app.set("networks", Json.list(Json.of("mode", "host")));
    }
    boolean host = app.path("networks").path(0).path("mode").asText().equals("host");
    if (!host) {
      app.remove("portDefinitions");
    } else if (!app.path("portDefinitions").isArray()) {
      app.set("portDefinitions", Json.list(Json.of("port", 0, "name", "default")));
    }
    app.path("portDefinitions").forEach(p -> portDefinition((ObjectNode) p));
    if (app.path("container").isObject()) {
      fillContainer((ObjectNode) app.get("container"), host, app);
    }
    ArrayNode checks = Json.list();
    app.path("healthChecks").forEach(check -> checks.add(check(check)));
    app.set("healthChecks", checks);
    JsonNode strategy = app.path("upgradeStrategy");
    app.set(
        "upgradeStrategy",
        Json.of(
            "maximumOverCapacity", strategy.path("maximumOverCapacity").asDouble(1.0),
            "minimumHealthCapacity", strategy.path("minimumHealthCapacity").asDouble(1.0)));
  }

  private static void portDefinition(ObjectNode port) {
    int number = port.path("port").asInt(0);
    JsonNode name = port.path("name");
    JsonNode labels = port.path("labels");
    String protocol = port.path("protocol").asText("tcp");
    port.removeAll();
    port.put("port", number);
    if (!labels.isEmpty()) {
      port.set("labels", labels);
    }
    if (name.isTextual()) {
      port.set("name", name);
    }
    port.put("protocol", protocol);
  }

  private static void fillContainer(ObjectNode container, boolean host, ObjectNode app) {
    ObjectNode filled = Json.of("type", container.path("type").asText("MESOS"));
    if (container.path("docker").isObject()) {
      JsonNode docker = container.get("docker");
      filled.set(
          "docker",
          Json.of(
              "forcePullImage", docker.path("forcePullImage").asBoolean(false),
              "image", docker.path("image").asText(),
              "parameters", array(docker, "parameters"),
              "privileged", docker.path("privileged").asBoolean(false)));
    }
    filled.set("volumes", array(container, "volumes"));
    if (!host) {
      boolean bridge =
          app.path("networks").path(0).path("mode").asText().equals("container/bridge");
      ArrayNode sent =
          container.path("portMappings").isArray()
              ? (ArrayNode) container.get("portMappings")
              : Json.list(Json.of("containerPort", 0, "name", "default"));
      ArrayNode mappings = Json.list();
      sent.forEach(m -> mappings.add(mapping(m, bridge)));
      filled.set("portMappings", mappings);
    }
    container.removeAll();
    container.setAll(filled);
  }

  private static JsonNode array(JsonNode parent, String field) {
    return parent.path(field).isArray() ? parent.get(field) : Json.list();
  }

  private static ObjectNode mapping(JsonNode sent, boolean bridge) {
    ObjectNode mapping = Json.of("containerPort", sent.path("containerPort").asInt(0));
    if (sent.path("hostPort").isNumber() || bridge) {
      mapping.put("hostPort", sent.path("hostPort").asInt(0));
    }
    mapping.set("labels", sent.path("labels").isObject() ? sent.get("labels") : Json.of());
    if (sent.path("name").isTextual()) {
      mapping.set("name", sent.get("name"));
    }
    return mapping
        .put("protocol", sent.path("protocol").asText("tcp"))
        .put("servicePort", sent.path("servicePort").asInt(0));
  }

  private static ObjectNode check(JsonNode sent) {
    String protocol = sent.path("protocol").asText("HTTP");
    ObjectNode check =
        Json.of(
            "gracePeriodSeconds", sent.path("gracePeriodSeconds").asInt(300),
            "ignoreHttp1xx", sent.path("ignoreHttp1xx").asBoolean(false),
            "intervalSeconds", sent.path("intervalSeconds").asInt(60),
            "maxConsecutiveFailures", sent.path("maxConsecutiveFailures").asInt(3));
    if (sent.path("command").isObject()) {
      check.set("command", sent.get("command"));
    } else {
      if (!protocol.endsWith("TCP")) {
        check.put("path", sent.path("path").asText("/"));
      }
      if (sent.path("port").isNumber()) {
        check.put("port", sent.get("port").asInt());
      } else {
        check.put("portIndex", sent.path("portIndex").asInt(0));
      }
    }
    return check
        .put("protocol", protocol)
        .put("ipProtocol", sent.path("ipProtocol").asText("IPv4"))
        .put("timeoutSeconds", sent.path("timeoutSeconds").asInt(20))
        .put("delaySeconds", sent.path("delaySeconds").asInt(15));
  }
}
