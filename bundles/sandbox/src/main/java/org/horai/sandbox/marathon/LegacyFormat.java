package org.horai.sandbox.marathon;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.horai.sandbox.net.Json;

/**
 * Marathon 1.1: keeps {@code container.docker.network} and {@code container.docker.portMappings} as
 * sent, answers every field, and silently drops what it does not know, {@code networks} among it.
 */
final class LegacyFormat implements AppFormat {

  private static final List<String> OPERATORS =
      List.of("UNIQUE", "CLUSTER", "GROUP_BY", "LIKE", "UNLIKE");
  private static final Set<String> NETWORKS = Set.of("BRIDGE", "HOST", "NONE");
  private static final Set<String> DECIMAL = Set.of("cpus", "mem", "disk", "backoffFactor");

  private final Json json;

  LegacyFormat(Json json) {
    this.json = json;
  }

  @Override
  public ObjectNode accept(String id, ObjectNode request, Optional<ObjectNode> base)
      throws Refusal {
    FieldErrors.check(request, 400);
    ObjectNode app =
        base.map(ObjectNode::deepCopy)
            .orElseGet(() -> json.resource(LegacyFormat.class, "app-1.1.1.json"));
    if (request.hasNonNull("cmd") && !request.hasNonNull("args")) {
      app.putNull("args");
    } else if (request.hasNonNull("args") && !request.hasNonNull("cmd")) {
      app.putNull("cmd");
    }
    for (String field : List.copyOf(fieldNames(app))) {
      if (request.has(field)) {
        JsonNode value = request.get(field);
        app.set(
            field,
            DECIMAL.contains(field) && value.isNumber() ? Json.node(value.asDouble()) : value);
      }
    }
    app.put("id", id);
    ports(app, request);
    if (app.path("container").isObject()) {
      container((ObjectNode) app.get("container"));
    }
    ArrayNode checks = Json.list();
    app.path("healthChecks").forEach(check -> checks.add(check(check)));
    app.set("healthChecks", checks);
    JsonNode strategy = app.path("upgradeStrategy");
    app.set(
        "upgradeStrategy",
        Json.of(
            "minimumHealthCapacity", strategy.path("minimumHealthCapacity").asDouble(1.0),
            "maximumOverCapacity", strategy.path("maximumOverCapacity").asDouble(1.0)));
    AppValidation.whole(app, Json.of(), OPERATORS);
    return app;
  }

  private static List<String> fieldNames(ObjectNode node) {
    return node.properties().stream().map(Map.Entry::getKey).toList();
  }

  /** Keeps {@code ports} and {@code portDefinitions} in step. */
  private static void ports(ObjectNode app, ObjectNode request) {
    boolean sentPorts = request.path("ports").isArray();
    boolean sentDefinitions = request.path("portDefinitions").isArray();
    if (sentPorts && !sentDefinitions) {
      ArrayNode definitions = Json.list();
      app.get("ports").forEach(p -> definitions.add(Json.of("port", p.asInt())));
      app.set("portDefinitions", definitions);
    } else if (!sentDefinitions
        && app.path("portDefinitions").isEmpty()
        && app.path("container").path("docker").path("portMappings").isEmpty()) {
      app.set("portDefinitions", Json.list(Json.of("port", 0)));
    }
    ArrayNode filled = Json.list();
    ArrayNode numbers = Json.list();
    for (JsonNode sent : app.path("portDefinitions")) {
      ObjectNode port =
          Json.of(
              "port", sent.path("port").asInt(0),
              "protocol", sent.path("protocol").asText("tcp"));
      if (sent.path("name").isTextual()) {
        port.set("name", sent.get("name"));
      }
      port.set("labels", sent.path("labels").isObject() ? sent.get("labels") : Json.of());
      filled.add(port);
      numbers.add(port.get("port"));
    }
    app.set("portDefinitions", filled);
    app.set("ports", numbers);
  }

  private static void container(ObjectNode container) throws Refusal {
    ObjectNode filled =
        Json.of(
            "type",
            container.path("type").asText("DOCKER"),
            "volumes",
            container.path("volumes").isArray() ? container.get("volumes") : Json.list());
    JsonNode docker = container.path("docker");
    if (docker.isObject()) {
      JsonNode network = docker.path("network");
      if (network.isTextual() && !NETWORKS.contains(network.asText())) {
        throw Refusal.details(
            400, "Invalid JSON", "/container/docker/network", "error.unknown.enum.literal");
      }
      ObjectNode kept = Json.of("image", docker.path("image").asText());
      kept.set("network", network.isTextual() ? network : Json.node(null));
      if (docker.path("portMappings").isArray()) {
        ArrayNode mappings = Json.list();
        docker.get("portMappings").forEach(m -> mappings.add(mapping(m)));
        kept.set("portMappings", mappings);
      } else {
        kept.putNull("portMappings");
      }
      kept.put("privileged", docker.path("privileged").asBoolean(false));
      kept.set(
          "parameters",
          docker.path("parameters").isArray() ? docker.get("parameters") : Json.list());
      kept.put("forcePullImage", docker.path("forcePullImage").asBoolean(false));
      filled.set("docker", kept);
    }
    container.removeAll();
    container.setAll(filled);
  }

  private static ObjectNode mapping(JsonNode sent) {
    ObjectNode mapping =
        Json.of(
            "containerPort", sent.path("containerPort").asInt(0),
            "hostPort", sent.path("hostPort").asInt(0),
            "servicePort", sent.path("servicePort").asInt(0),
            "protocol", sent.path("protocol").asText("tcp"));
    if (sent.path("name").isTextual()) {
      mapping.set("name", sent.get("name"));
    }
    mapping.set("labels", sent.path("labels").isObject() ? sent.get("labels") : Json.of());
    return mapping;
  }

  private static ObjectNode check(JsonNode sent) {
    ObjectNode check = Json.of();
    String protocol = sent.path("protocol").asText("HTTP");
    if (sent.path("command").isObject()) {
      check.set("command", sent.get("command"));
    } else if (!protocol.equals("TCP")) {
      check.put("path", sent.path("path").asText("/"));
    }
    check.put("protocol", protocol);
    if (sent.path("port").isNumber()) {
      check.put("port", sent.get("port").asInt());
    } else {
      check.put("portIndex", sent.path("portIndex").asInt(0));
    }
    return check
        .put("gracePeriodSeconds", sent.path("gracePeriodSeconds").asInt(300))
        .put("intervalSeconds", sent.path("intervalSeconds").asInt(60))
        .put("timeoutSeconds", sent.path("timeoutSeconds").asInt(20))
        .put("maxConsecutiveFailures", sent.path("maxConsecutiveFailures").asInt(3))
        .put("ignoreHttp1xx", sent.path("ignoreHttp1xx").asBoolean(false));
  }
}
