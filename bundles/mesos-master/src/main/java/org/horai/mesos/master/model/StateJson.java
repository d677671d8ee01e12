package org.horai.mesos.master.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.horai.api.cluster.AgentInfo;
import org.horai.api.cluster.ClusterSnapshot;
import org.horai.api.cluster.FrameworkInfo;
import org.horai.api.cluster.HostPort;
import org.horai.api.cluster.MasterAddress;
import org.horai.api.cluster.TaskInfo;

/**
 * Reads {@code /master/state} of Mesos 0.28 to 1.11. Absent fields mean "not said": what is listed
 * as registered counts as active unless the contrary is said.
 */
public final class StateJson {
  private static final int MASTER_PORT = 5050;
  private static final int AGENT_PORT = 5051;

  private StateJson() {}

  /** The state, or empty when the document is no master's. */
  public static Optional<MasterState> read(JsonNode json) {
    String pid = json.path("pid").asText();
    if (!pid.startsWith("master@")) {
      return Optional.empty();
    }
    HostPort self = address(pid, MASTER_PORT);
    MasterAddress master =
        new MasterAddress(
            json.path("id").asText(),
            json.path("hostname").asText(self.host()),
            self,
            json.path("version").asText());
    ClusterSnapshot snapshot =
        new ClusterSnapshot(
            master.version(),
            master,
            each(json.path("slaves")).stream().map(StateJson::agent).toList(),
            frameworks(json.path("frameworks"), false),
            frameworks(json.path("completed_frameworks"), true));
    Optional<HostPort> leader = text(json, "leader").map(text -> address(text, MASTER_PORT));
    return Optional.of(new MasterState(self, leader, snapshot, awaited(json)));
  }

  /** The flags of a master or agent, from {@code /flags} or {@code /state}. */
  public static Map<String, String> flags(JsonNode json) {
    Map<String, String> flags = new LinkedHashMap<>();
    json.path("flags")
        .properties()
        .forEach(flag -> flags.put(flag.getKey(), flag.getValue().asText()));
    return flags;
  }

  private static Set<String> awaited(JsonNode json) {
    Set<String> ids = new LinkedHashSet<>();
    each(json.path("unregistered_frameworks"))
        .forEach(entry -> ids.add(entry.isTextual() ? entry.asText() : entry.path("id").asText()));
    each(json.path("orphan_tasks")).forEach(task -> ids.add(task.path("framework_id").asText()));
    return ids;
  }

  private static List<FrameworkInfo> frameworks(JsonNode list, boolean completed) {
    return each(list).stream().map(node -> framework(node, completed)).toList();
  }

  private static FrameworkInfo framework(JsonNode json, boolean completed) {
    JsonNode used =
        json.has("used_resources") ? json.path("used_resources") : json.path("resources");
    return new FrameworkInfo(
        json.path("id").asText(),
        json.path("name").asText(),
        json.path("active").asBoolean(!completed),
        json.has("connected") ? Optional.of(json.path("connected").asBoolean()) : Optional.empty(),
        text(json, "pid"),
        json.path("hostname").asText(),
        json.path("webui_url").asText(),
        text(json, "role").orElseGet(() -> String.join(",", texts(json.path("roles")))),
        text(json, "principal"),
        Duration.ofMillis((long) (json.path("failover_timeout").asDouble() * 1000)),
        time(json, "registered_time"),
        used.path("cpus").asDouble(),
        used.path("mem").asDouble(),
        each(json.path("tasks")).stream().map(StateJson::task).toList(),
        completed);
  }

  private static TaskInfo task(JsonNode json) {
    return new TaskInfo(
        json.path("id").asText(),
        json.path("name").asText(),
        json.path("framework_id").asText(),
        json.path("slave_id").asText(),
        json.path("state").asText());
  }

  private static AgentInfo agent(JsonNode json) {
    return new AgentInfo(
        json.path("id").asText(),
        json.path("hostname").asText(),
        text(json, "pid")
            .map(pid -> address(pid, AGENT_PORT))
            .orElseGet(() -> new HostPort(json.path("hostname").asText("unknown"), AGENT_PORT)),
        json.path("active").asBoolean(true),
        json.path("version").asText(),
        values(json.path("resources")),
        values(json.path("used_resources")),
        values(json.path("attributes")),
        time(json, "reregistered_time").or(() -> time(json, "registered_time")));
  }

  /** Resources or attributes as text; whole numbers without a fraction. */
  private static Map<String, String> values(JsonNode json) {
    Map<String, String> values = new LinkedHashMap<>();
    json.properties()
        .forEach(
            entry -> {
              JsonNode value = entry.getValue();
              boolean whole = value.isNumber() && value.asDouble() == Math.rint(value.asDouble());
              values.put(
                  entry.getKey(), whole ? Long.toString((long) value.asDouble()) : value.asText());
            });
    return values;
  }

  private static Optional<Instant> time(JsonNode json, String field) {
    double seconds = json.path(field).asDouble();
    return seconds > 0
        ? Optional.of(Instant.ofEpochMilli((long) (seconds * 1000)))
        : Optional.empty();
  }

  private static Optional<String> text(JsonNode json, String field) {
    return Optional.ofNullable(json.get(field))
        .filter(JsonNode::isTextual)
        .map(JsonNode::asText)
        .filter(text -> !text.isEmpty());
  }

  private static List<String> texts(JsonNode list) {
    return each(list).stream().map(JsonNode::asText).toList();
  }

  private static List<JsonNode> each(JsonNode list) {
    List<JsonNode> all = new ArrayList<>();
    list.forEach(all::add);
    return all;
  }

  /** The {@code host:port} of {@code name@host:port}. */
  static HostPort address(String pid, int port) {
    return HostPort.parse(pid.substring(pid.indexOf('@') + 1), port);
  }
}
