package org.horai.sandbox.marathon;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One version of an app.
 *
 * @param id absolute, e.g. {@code /chronos}
 * @param json the definition in the dialect's form, without version and versionInfo
 * @param version when it was made
 * @param lastScaling when the number of instances changed last
 * @param lastConfigChange when anything else changed last
 */
record AppSpec(
    String id, ObjectNode json, Instant version, Instant lastScaling, Instant lastConfigChange) {

  /** How a task meets the network. */
  enum Network {
    HOST,
    BRIDGE,
    CONTAINER
  }

  /** One port of a task; without a host port it is reachable on the container's address only. */
  record Port(int containerPort, boolean onHost, int fixedHostPort, String name, String protocol) {}

  /** One health check. */
  record Check(
      String protocol,
      String path,
      int portIndex,
      Optional<Integer> port,
      long graceSeconds,
      long intervalSeconds,
      long timeoutSeconds,
      int maxFailures,
      long delaySeconds,
      JsonNode json) {

    boolean isMesos() {
      return protocol.startsWith("MESOS_") || protocol.equals("COMMAND");
    }
  }

  int instances() {
    return json.path("instances").asInt(1);
  }

  double cpus() {
    return json.path("cpus").asDouble();
  }

  double mem() {
    return json.path("mem").asDouble();
  }

  double disk() {
    return json.path("disk").asDouble();
  }

  Optional<String> cmd() {
    return json.path("cmd").isTextual() ? Optional.of(json.get("cmd").asText()) : Optional.empty();
  }

  List<String> args() {
    List<String> args = new ArrayList<>();
    json.path("args").forEach(a -> args.add(a.asText()));
    return args;
  }

  double minimumHealth() {
    return json.path("upgradeStrategy").path("minimumHealthCapacity").asDouble(1.0);
  }

  double overCapacity() {
    return json.path("upgradeStrategy").path("maximumOverCapacity").asDouble(1.0);
  }

  long backoffSeconds() {
    return json.path("backoffSeconds").asLong(1);
  }

  double backoffFactor() {
    return json.path("backoffFactor").asDouble(1.15);
  }

  long maxLaunchDelaySeconds() {
    return json.path("maxLaunchDelaySeconds").asLong(300);
  }

  List<List<String>> constraints() {
    List<List<String>> all = new ArrayList<>();
    for (JsonNode constraint : json.path("constraints")) {
      List<String> parts = new ArrayList<>();
      constraint.forEach(part -> parts.add(part.asText()));
      all.add(parts);
    }
    return all;
  }

  Map<String, String> texts(String field) {
    Map<String, String> texts = new LinkedHashMap<>();
    json.path(field)
        .properties()
        .forEach(
            e -> {
              if (e.getValue().isValueNode()) {
                texts.put(e.getKey(), e.getValue().asText());
              }
            });
    return texts;
  }

  JsonNode docker() {
    return json.path("container").path("docker");
  }

  Network network() {
    String mode =
        json.has("networks")
            ? json.path("networks").path(0).path("mode").asText("host")
            : docker().path("network").asText("HOST");
    return switch (mode) {
      case "container/bridge", "BRIDGE" -> Network.BRIDGE;
      case "container", "USER" -> Network.CONTAINER;
      default -> Network.HOST;
    };
  }

  Optional<String> networkName() {
    String name = json.path("networks").path(0).path("name").asText("");
    return name.isEmpty() ? Optional.empty() : Optional.of(name);
  }

  JsonNode portMappings() {
    JsonNode canonical = json.path("container").path("portMappings");
    return canonical.isArray() ? canonical : docker().path("portMappings");
  }

  List<Port> ports() {
    List<Port> ports = new ArrayList<>();
    if (network() == Network.HOST) {
      boolean required = json.path("requirePorts").asBoolean();
      for (JsonNode p : json.path("portDefinitions")) {
        int port = p.path("port").asInt();
        ports.add(new Port(port, true, required ? port : 0, name(p), protocol(p)));
      }
      return ports;
    }
    for (JsonNode p : portMappings()) {
      boolean onHost = p.path("hostPort").isNumber() || network() == Network.BRIDGE;
      ports.add(
          new Port(
              p.path("containerPort").asInt(),
              onHost,
              p.path("hostPort").asInt(0),
              name(p),
              protocol(p)));
    }
    return ports;
  }

  private static String name(JsonNode port) {
    return port.path("name").asText("");
  }

  private static String protocol(JsonNode port) {
    return port.path("protocol").asText("tcp");
  }

  List<Integer> servicePorts() {
    List<Integer> ports = new ArrayList<>();
    if (network() == Network.HOST) {
      json.path("portDefinitions").forEach(p -> ports.add(p.path("port").asInt()));
    } else {
      portMappings().forEach(p -> ports.add(p.path("servicePort").asInt()));
    }
    return ports;
  }

  List<Check> checks() {
    List<Check> checks = new ArrayList<>();
    for (JsonNode c : json.path("healthChecks")) {
      checks.add(
          new Check(
              c.path("protocol").asText("HTTP"),
              c.path("path").asText("/"),
              c.path("portIndex").asInt(0),
              c.path("port").isNumber() ? Optional.of(c.get("port").asInt()) : Optional.empty(),
              c.path("gracePeriodSeconds").asLong(300),
              c.path("intervalSeconds").asLong(60),
              c.path("timeoutSeconds").asLong(20),
              c.path("maxConsecutiveFailures").asInt(3),
              c.path("delaySeconds").asLong(15),
              c));
    }
    return checks;
  }

  /** Whether Marathon itself checks it over the network. */
  boolean isCheckedByMarathon() {
    return checks().stream().anyMatch(c -> !c.isMesos());
  }

  /** The same definition but for the number of instances. */
  boolean differsOnlyInScaleFrom(AppSpec other) {
    ObjectNode mine = json.deepCopy();
    ObjectNode theirs = other.json.deepCopy();
    mine.remove("instances");
    theirs.remove("instances");
    return mine.equals(theirs);
  }
}
