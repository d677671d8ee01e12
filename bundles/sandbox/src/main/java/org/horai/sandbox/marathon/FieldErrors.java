package org.horai.sandbox.marathon;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.horai.sandbox.net.Json;

/**
 * What is wrong with the JSON of an app, field by field: types, ranges, words. All of it is told at
 * once, by path.
 */
final class FieldErrors {
  private static final Pattern ID =
      Pattern.compile("^(/?((\\.\\.)|(\\.)|([a-z0-9]|[a-z0-9][a-z0-9\\-.]*[a-z0-9])))*/?$");
  private static final int HIGHEST_PORT = 65_535;
  private static final List<String> STRINGS = List.of("cmd", "user", "executor");
  private static final List<String> ARRAYS =
      List.of("args", "constraints", "healthChecks", "portDefinitions", "networks", "fetch");
  private static final List<String> OBJECTS =
      List.of("env", "labels", "container", "upgradeStrategy");
  private static final Map<String, Double> LOWEST_NUMBERS =
      Map.of("cpus", 0.0, "mem", 0.0, "disk", 0.0, "backoffFactor", 1.0);
  private static final List<String> COUNTS =
      List.of(
          "instances",
          "gpus",
          "backoffSeconds",
          "maxLaunchDelaySeconds",
          "taskKillGracePeriodSeconds");
  private static final List<String> CHECK_COUNTS =
      List.of("gracePeriodSeconds", "intervalSeconds", "maxConsecutiveFailures", "delaySeconds");
  private static final Set<String> PROTOCOLS =
      Set.of("http", "https", "tcp", "command", "mesos_tcp", "mesos_http", "mesos_https");
  private static final Set<String> MODES = Set.of("host", "container", "container/bridge");
  private static final Set<String> CONTAINERS = Set.of("mesos", "docker");
  private static final Set<String> SELECTIONS = Set.of("youngest_first", "oldest_first");
  private static final Set<String> TRANSPORTS = Set.of("tcp", "udp", "udp,tcp");

  private final Map<String, Set<String>> errors = new LinkedHashMap<>();

  private FieldErrors() {}

  /**
   * Checks a body.
   *
   * @param status 422 since 1.5, 400 before
   * @throws Refusal something is wrong
   */
  static void check(ObjectNode app, int status) throws Refusal {
    FieldErrors found = new FieldErrors();
    found.scalars(app);
    found.shapes(app);
    found.members(app);
    if (!found.errors.isEmpty()) {
      boolean idAlone = found.errors.keySet().equals(Set.of("/id"));
      throw Refusal.with(idAlone ? 422 : status, "Invalid JSON", "details", found.details());
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

  private void scalars(ObjectNode app) {
    LOWEST_NUMBERS.forEach((field, lowest) -> number(app, "", field, lowest, Double.MAX_VALUE));
    COUNTS.forEach(field -> count(app, "", field, Integer.MAX_VALUE));
    STRINGS.forEach(field -> string(app, "", field));
    if (app.path("cmd").isTextual() && app.get("cmd").asText().isEmpty()) {
      add("/cmd", "error.minLength");
    }
    if (app.hasNonNull("id")) {
      string(app, "", "id");
      if (app.get("id").isTextual() && !ID.matcher(app.get("id").asText()).matches()) {
        add("/id", "error.pattern");
      }
    }
    word(app, "", "killSelection", SELECTIONS);
  }

  private void shapes(ObjectNode app) {
    for (String field : ARRAYS) {
      if (app.hasNonNull(field) && !app.get(field).isArray()) {
        add("/" + field, "error.expected.jsarray");
      }
    }
    for (String field : OBJECTS) {
      if (app.hasNonNull(field) && !app.get(field).isObject()) {
        add("/" + field, "error.expected.jsobject");
      }
    }
    app.path("labels")
        .properties()
        .forEach(
            label -> {
              if (!label.getValue().isTextual()) {
                add("/labels/" + label.getKey(), "error.expected.jsstring");
              }
            });
  }

  private void members(ObjectNode app) {
    JsonNode strategy = app.path("upgradeStrategy");
    number(strategy, "/upgradeStrategy", "minimumHealthCapacity", 0, 1);
    number(strategy, "/upgradeStrategy", "maximumOverCapacity", 0, 1);
    each(app.path("constraints"), "/constraints", this::constraint);
    each(app.path("networks"), "/networks", (n, at) -> word(n, at, "mode", MODES));
    each(app.path("healthChecks"), "/healthChecks", this::healthCheck);
    each(
        app.path("portDefinitions"),
        "/portDefinitions",
        (port, at) -> {
          count(port, at, "port", HIGHEST_PORT);
          word(port, at, "protocol", TRANSPORTS);
        });
    JsonNode container = app.path("container");
    word(container, "/container", "type", CONTAINERS);
    if (container.path("docker").isObject() && !container.get("docker").hasNonNull("image")) {
      add("/container/docker/image", "error.path.missing");
    }
    each(
        container.path("portMappings"),
        "/container/portMappings",
        (mapping, at) -> {
          count(mapping, at, "containerPort", HIGHEST_PORT);
          count(mapping, at, "hostPort", HIGHEST_PORT);
          count(mapping, at, "servicePort", HIGHEST_PORT);
          word(mapping, at, "protocol", TRANSPORTS);
        });
  }

  private void constraint(JsonNode constraint, String at) {
    if (!constraint.isArray()) {
      add(at, "error.expected.jsarray");
    }
    each(
        constraint,
        at,
        (part, path) -> {
          if (!part.isTextual()) {
            add(path, "error.expected.jsstring");
          }
        });
  }

  private void healthCheck(JsonNode check, String at) {
    word(check, at, "protocol", PROTOCOLS);
    CHECK_COUNTS.forEach(field -> count(check, at, field, Integer.MAX_VALUE));
    count(check, at, "port", HIGHEST_PORT);
    count(check, at, "portIndex", HIGHEST_PORT);
  }

  /** Hears an item of a list and its path. */
  private interface Item {
    void at(JsonNode item, String path);
  }

  private static void each(JsonNode list, String path, Item item) {
    if (list.isArray()) {
      for (int i = 0; i < list.size(); i++) {
        item.at(list.get(i), path + "(" + i + ")");
      }
    }
  }

  private void string(JsonNode parent, String at, String field) {
    if (parent.hasNonNull(field) && !parent.get(field).isTextual()) {
      add(at + "/" + field, "error.expected.jsstring");
    }
  }

  private void number(JsonNode parent, String at, String field, double lowest, double highest) {
    if (!parent.hasNonNull(field)) {
      return;
    }
    JsonNode value = parent.get(field);
    if (!value.isNumber()) {
      add(at + "/" + field, "error.expected.jsnumber");
    } else if (value.asDouble() < lowest) {
      add(at + "/" + field, "error.min");
    } else if (value.asDouble() > highest) {
      add(at + "/" + field, "error.max");
    }
  }

  private void count(JsonNode parent, String at, String field, int highest) {
    if (parent.path(field).isNumber() && parent.get(field).asDouble() % 1 != 0) {
      add(at + "/" + field, "error.expected.int");
      return;
    }
    number(parent, at, field, 0, highest);
  }

  /** A word of an enumeration, in any case. */
  private void word(JsonNode parent, String at, String field, Set<String> words) {
    if (parent.hasNonNull(field)
        && !words.contains(parent.get(field).asText().toLowerCase(Locale.ROOT))) {
      add(at + "/" + field, "error.unknown.enum.literal");
    }
  }
}
