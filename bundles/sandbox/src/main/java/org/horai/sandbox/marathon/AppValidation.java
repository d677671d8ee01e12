package org.horai.sandbox.marathon;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The checks that both versions make; the versions differ in status and words. */
final class AppValidation {

  private static final String INVALID_JSON = "Invalid JSON";
  private static final String INVALID_OBJECT = "Object is not valid";
  private static final Pattern ID =
      Pattern.compile("^(/?((\\.\\.)|(\\.)|([a-z0-9]|[a-z0-9][a-z0-9\\-.]*[a-z0-9])))*/?$");
  private static final Map<String, List<String>> TYPES =
      Map.of(
          "error.expected.jsnumber", List.of("instances", "cpus", "mem", "disk", "backoffSeconds"),
          "error.expected.jsstring", List.of("id", "cmd", "user", "executor"),
          "error.expected.jsarray",
              List.of(
                  "args", "constraints", "healthChecks", "portDefinitions", "networks", "fetch"),
          "error.expected.jsobject", List.of("env", "labels", "container", "upgradeStrategy"));
  private static final Set<String> WITH_VALUE = Set.of("LIKE", "UNLIKE", "MAX_PER", "IS");

  private AppValidation() {}

  /**
   * Checks types and ranges of what was sent.
   *
   * @param status 422 since 1.5, 400 before
   */
  static void types(ObjectNode request, int status) throws Refusal {
    for (Map.Entry<String, List<String>> type : TYPES.entrySet()) {
      for (String field : type.getValue()) {
        if (request.hasNonNull(field) && !fits(request.get(field), type.getKey())) {
          throw Refusal.details(status, INVALID_JSON, "/" + field, type.getKey());
        }
      }
    }
    if (request.path("instances").asInt() < 0) {
      throw Refusal.details(status, INVALID_JSON, "/instances", "error.min");
    }
    if (!ID.matcher(request.path("id").asText("")).matches()) {
      throw Refusal.details(422, INVALID_JSON, "/id", "error.pattern");
    }
  }

  private static boolean fits(JsonNode value, String error) {
    return switch (error) {
      case "error.expected.jsnumber" -> value.isNumber();
      case "error.expected.jsstring" -> value.isTextual();
      case "error.expected.jsarray" -> value.isArray();
      default -> value.isObject();
    };
  }

  /** Checks the whole definition. */
  static void whole(ObjectNode app, List<String> operators) throws Refusal {
    boolean cmd = app.path("cmd").isTextual() && !app.path("cmd").asText().isEmpty();
    boolean args = app.path("args").isArray() && !app.path("args").isEmpty();
    boolean container = app.path("container").isObject();
    if ((cmd && args) || (!cmd && !args && !container)) {
      throw Refusal.details(
          422,
          INVALID_OBJECT,
          "/",
          "AppDefinition must either contain one of 'cmd' or 'args', and/or a 'container'.");
    }
    for (JsonNode constraint : app.path("constraints")) {
      constraint(constraint, operators);
    }
    int ports = Math.max(app.path("portDefinitions").size(), mappings(app).size());
    for (JsonNode check : app.path("healthChecks")) {
      boolean byIndex = check.path("portIndex").isNumber() && !check.path("port").isNumber();
      if (byIndex && check.get("portIndex").asInt() >= Math.max(1, ports)) {
        throw Refusal.details(
            422,
            INVALID_OBJECT,
            "/healthChecks(0)",
            "Health check port indices must address an element of the ports array or container"
                + " port mappings.");
      }
    }
  }

  private static JsonNode mappings(ObjectNode app) {
    JsonNode canonical = app.path("container").path("portMappings");
    return canonical.isArray()
        ? canonical
        : app.path("container").path("docker").path("portMappings");
  }

  private static void constraint(JsonNode constraint, List<String> operators) throws Refusal {
    String operator = constraint.path(1).asText("");
    if (!operators.contains(operator)) {
      String last = operators.get(operators.size() - 1);
      String others = String.join(", ", operators.subList(0, operators.size() - 1));
      throw Refusal.details(
          422,
          INVALID_OBJECT,
          "/constraints",
          "operator must be one of the following " + others + " or " + last);
    }
    if (WITH_VALUE.contains(operator) && constraint.size() < 3) {
      throw Refusal.details(422, INVALID_OBJECT, "/constraints", operator + " requires a value");
    }
  }
}
