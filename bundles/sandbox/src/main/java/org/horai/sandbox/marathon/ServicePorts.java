package org.horai.sandbox.marathon;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.horai.sandbox.net.Json;

/** Gives a number to every service port 0: the app's former one, or the next free. */
final class ServicePorts {

  private ServicePorts() {}

  static void assign(ObjectNode app, Optional<AppSpec> former, MarathonStore store) {
    List<Integer> old = former.map(AppSpec::servicePorts).orElse(List.of());
    List<Integer> given = new ArrayList<>();
    assign(app.path("portDefinitions"), "port", old, given, store);
    assign(app.path("container").path("portMappings"), "servicePort", old, given, store);
    JsonNode legacy = app.path("container").path("docker").path("portMappings");
    assign(legacy, "servicePort", old, given, store);
    if (app.has("ports")) {
      ArrayNode ports = Json.list();
      app.path("portDefinitions").forEach(p -> ports.add(p.get("port")));
      legacy.forEach(p -> ports.add(p.get("servicePort")));
      app.set("ports", ports);
    }
  }

  private static void assign(
      JsonNode ports, String field, List<Integer> old, List<Integer> given, MarathonStore store) {
    int index = 0;
    for (JsonNode port : ports) {
      if (port.path(field).asInt() == 0) {
        boolean reuse = index < old.size() && old.get(index) != 0;
        int number = reuse ? old.get(index) : store.freeServicePort(given);
        given.add(number);
        ((ObjectNode) port).put(field, number);
      }
      index++;
    }
  }
}
