package org.horai.sandbox.marathon;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.horai.sandbox.net.Json;

/** {@code /v2/info}: what every installation says, and what this one adds. */
final class MarathonInfo {

  private static final int HTTPS_PORT = 8443;

  private final SimMarathon.Settings settings;
  private final SimMarathon.Surroundings around;

  MarathonInfo(SimMarathon.Settings settings, SimMarathon.Surroundings around) {
    this.settings = settings;
    this.around = around;
  }

  ObjectNode json(SimMarathon process) {
    boolean legacy = settings.version().isLegacy();
    ObjectNode usual =
        around
            .context()
            .json()
            .resource(MarathonInfo.class, legacy ? "info-1.1.1.json" : "info-1.11.json");
    ObjectNode info =
        Json.of("name", legacy ? "marathon" : "unknown", "version", settings.version().text());
    if (!legacy) {
      info.put("buildref", "unknown");
    }
    info.put("elected", true).put("leader", process.authority());
    around.store().frameworkId().ifPresent(id -> info.put("frameworkId", id));
    String ui = around.mesos().leader().map(l -> "http://" + l.authority() + "/").orElse("");
    ObjectNode config = (ObjectNode) usual.get("marathon_config");
    config.put("hostname", process.host());
    config.put("master", settings.mesosZk());
    config.put("mesos_leader_ui_url", ui);
    info.set("marathon_config", config);
    ObjectNode zooKeeper = (ObjectNode) usual.get("zookeeper_config");
    zooKeeper.put("zk", "zk://" + settings.zkConnect() + settings.zkPath());
    info.set("zookeeper_config", zooKeeper);
    if (legacy) {
      info.putNull("event_subscriber");
    }
    info.set(
        "http_config", Json.of("http_port", port(process.authority()), "https_port", HTTPS_PORT));
    return info;
  }

  private static int port(String authority) {
    return Integer.parseInt(authority.substring(authority.lastIndexOf(':') + 1));
  }
}
