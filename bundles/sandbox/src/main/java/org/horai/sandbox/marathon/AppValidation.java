package org.horai.sandbox.marathon;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.horai.sandbox.net.Json;

/** The rules for a whole definition; what breaks them is told at once, by path. */
final class AppValidation {

  private final Map<String, Set<String>> errors = new LinkedHashMap<>();

  private AppValidation() {}

  /**
   * Checks the whole definition.
   *
   * @param sent the body, of which some rules speak
   * @param operators of constraints that the version knows
   * @throws Refusal a rule is broken
   */
  static void whole(ObjectNode app, ObjectNode sent, List<String> operators) throws Refusal {
    AppValidation found = new AppValidation();
    found.network(app, sent);
    found.container(app);
    found.command(app);
    found.checks(app);
    for (JsonNode constraint : app.path("constraints")) {
      found.constraint(constraint, operators);
    }
    if (!found.errors.isEmpty()) {
      throw Refusal.with(422, "Object is not valid", "details", found.details());
    }
  }

  private ArrayNode details() {
    ArrayNode details = Json.list();
    errors.forEach((path, all) -> details.add(Json.of("path", path, "errors", Json.array(all))));
    return details;
  }

  private void add(String path, String error) {
    errors.computeIfAbsent(path, p -> new LinkedHashSet<>()).add(error);
  }

  private void network(ObjectNode app, ObjectNode sent) {
    for (JsonNode network : app.path("networks")) {
      boolean named = !network.path("name").asText("").isEmpty();
      if (network.path("mode").asText().equals("container") && !named) {
        add("/networks", "Network name must be specified when container network is selected.");
      }
    }
    String mode = sent.path("networks").path(0).path("mode").asText("");
    if (mode.equals("host") && !sent.path("container").path("portMappings").isEmpty()) {
      add("/", "portMappings are not allowed with host-networking");
    }
    if (mode.startsWith("container") && !sent.path("portDefinitions").isEmpty()) {
      add("/", "portDefinitions are only allowed with host-networking");
    }
  }

  private void container(ObjectNode app) {
    JsonNode container = app.path("container");
    if (container.path("type").asText().equals("DOCKER") && !container.path("docker").isObject()) {
      add("/container/docker", "not defined");
    }
  }

  private void command(ObjectNode app) {
    boolean cmd = app.path("cmd").isTextual() && !app.path("cmd").asText().isEmpty();
    boolean args = app.path("args").isArray() && !app.path("args").isEmpty();
    boolean image = app.path("container").path("docker").isObject();
    if ((cmd && args) || (!cmd && !args && !image)) {
      add("/", "AppDefinition must either contain one of 'cmd' or 'args', and/or a 'container'.");
    }
  }

  private void checks(ObjectNode app) {
    int ports = Math.max(app.path("portDefinitions").size(), mappings(app).size());
    int index = 0;
    for (JsonNode check : app.path("healthChecks")) {
      boolean byIndex = check.path("portIndex").isNumber() && !check.path("port").isNumber();
      if (byIndex && check.get("portIndex").asInt() >= Math.max(1, ports)) {
        add(
            "/healthChecks(" + index + ")",
            "Health check port indices must address an element of the ports array or container"
                + " port mappings.");
      }
      index++;
    }
  }

  private static JsonNode mappings(ObjectNode app) {
    JsonNode canonical = app.path("container").path("portMappings");
    return canonical.isArray()
        ? canonical
        : app.path("container").path("docker").path("portMappings");
  }

  private void constraint(JsonNode constraint, List<String> operators) {
    String operator = constraint.path(1).asText("");
    boolean valued = constraint.size() == 3;
    String value = constraint.path(2).asText("");
    if (constraint.size() < 2 || constraint.size() > 3) {
      add("/constraints", "Each constraint must have either 2 or 3 fields");
    } else if (!operators.contains(operator)) {
      String last = operators.get(operators.size() - 1);
      String others = String.join(", ", operators.subList(0, operators.size() - 1));
      add("/constraints", "operator must be one of the following " + others + " or " + last);
    } else {
      value(operator, valued, value);
    }
  }

  private void value(String operator, boolean valued, String value) {
    switch (operator) {
      case "UNIQUE" -> unless(!valued, "UNIQUE does not accept a value");
      case "GROUP_BY" ->
          unless(
              !valued || isWhole(value),
              "GROUP BY must define an integer value or else no value at all");
      case "MAX_PER" -> unless(valued && isWhole(value), "MAX_PER requires an integer value");
      case "LIKE", "UNLIKE" -> {
        unless(valued, "LIKE and UNLIKE require a non-empty, regular expression value");
        unless(!valued || isPattern(value), "is not a valid regular expression");
      }
      case "IS" ->
          unless(
              value.matches("[a-zA-Z0-9_/.-]*"),
              "IS only supports Mesos text and float values (see"
                  + " http://mesos.apache.org/documentation/latest/attributes-resources/)");
      default -> {
        // CLUSTER takes any value or none
      }
    }
  }

  private void unless(boolean holds, String error) {
    if (!holds) {
      add("/constraints", error);
    }
  }

  private static boolean isWhole(String value) {
    return value.matches("-?\\d{1,9}");
  }

  private static boolean isPattern(String value) {
    try {
      Pattern.compile(value);
      return true;
    } catch (PatternSyntaxException e) {
      return false;
    }
  }
}
