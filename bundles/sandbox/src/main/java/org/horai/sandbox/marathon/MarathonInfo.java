package org.horai.sandbox.marathon;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.horai.sandbox.mesos.SimMesos;
import org.horai.sandbox.net.Json;

/** {@code /v2/info}. */
final class MarathonInfo {

  private final SimMarathon.Settings settings;
  private final SimMesos mesos;
  private final MarathonStore store;

  MarathonInfo(SimMarathon.Settings settings, SimMesos mesos, MarathonStore store) {
    this.settings = settings;
    this.mesos = mesos;
    this.store = store;
  }

  ObjectNode json(SimMarathon process) {
    boolean legacy = settings.version().isLegacy();
    ObjectNode info =
        Json.of("name", legacy ? "marathon" : "unknown", "version", settings.version().text());
    if (!legacy) {
      info.put("buildref", "unknown");
    }
    info.put("elected", true).put("leader", process.authority());
    store.frameworkId().ifPresent(id -> info.put("frameworkId", id));
    ObjectNode config = legacy ? oldConfig(process) : config(process);
    String ui = mesos.leader().map(l -> "http://" + l.authority() + "/").orElse("");
    config.put("mesos_leader_ui_url", ui);
    info.set("marathon_config", config);
    info.set("zookeeper_config", zookeeper(legacy));
    if (legacy) {
      info.putNull("event_subscriber");
    }
    int port = settings.address().getPort();
    info.set(
        "http_config", Json.of("http_port", port == 0 ? port(process) : port, "https_port", 8443));
    return info;
  }

  private static int port(SimMarathon process) {
    String authority = process.authority();
    return Integer.parseInt(authority.substring(authority.lastIndexOf(':') + 1));
  }

  private ObjectNode zookeeper(boolean legacy) {
    String url = "zk://" + settings.zkConnect() + settings.zkPath();
    ObjectNode zookeeper = Json.of("zk", url, "zk_max_versions", legacy ? 25 : 50);
    if (!legacy) {
      zookeeper
          .put("zk_compression", true)
          .put("zk_compression_threshold", 65_536)
          .put("zk_connection_timeout", 10_000)
          .put("zk_max_node_size", 1_024_000);
    }
    return zookeeper.put("zk_session_timeout", 10_000).put("zk_timeout", 10_000);
  }

  private ObjectNode oldConfig(SimMarathon process) {
    return Json.of(
        "master",
        settings.mesosZk(),
        "failover_timeout",
        604_800,
        "framework_name",
        "marathon",
        "ha",
        true,
        "checkpoint",
        true,
        "local_port_min",
        10_000,
        "local_port_max",
        20_000,
        "executor",
        "//cmd",
        "hostname",
        process.host(),
        "webui_url",
        null,
        "mesos_role",
        null,
        "task_launch_timeout",
        300_000,
        "reconciliation_initial_delay",
        15_000,
        "reconciliation_interval",
        300_000,
        "mesos_user",
        "root",
        "leader_proxy_connection_timeout_ms",
        5_000,
        "leader_proxy_read_timeout_ms",
        10_000,
        "features",
        Json.list());
  }

  private ObjectNode config(SimMarathon process) {
    ObjectNode config =
        Json.of(
            "access_control_allow_origin",
            null,
            "checkpoint",
            true,
            "decline_offer_duration",
            120_000,
            "default_network_name",
            null,
            "env_vars_prefix",
            null,
            "executor",
            "//cmd",
            "failover_timeout",
            604_800,
            "features",
            Json.list(),
            "framework_name",
            "marathon",
            "ha",
            true,
            "hostname",
            process.host(),
            "launch_token",
            100,
            "launch_token_refresh_interval",
            30_000,
            "leader_proxy_connection_timeout_ms",
            5_000,
            "leader_proxy_read_timeout_ms",
            10_000,
            "local_port_max",
            20_000,
            "local_port_min",
            10_000,
            "master",
            settings.mesosZk(),
            "max_instances_per_offer",
            5);
    config.setAll(
        Json.of(
            "mesos_bridge_name", "mesos-bridge",
            "mesos_heartbeat_failure_threshold", 5,
            "mesos_heartbeat_interval", 15_000,
            "mesos_role", "*",
            "mesos_user", "root",
            "new_group_enforce_role", "Off",
            "min_revive_offers_interval", 5_000,
            "offer_matching_timeout", 3_000,
            "on_elected_prepare_timeout", 180_000,
            "reconciliation_initial_delay", 15_000,
            "reconciliation_interval", 600_000,
            "scale_apps_initial_delay", 15_000,
            "scale_apps_interval", 300_000,
            "store_cache", true));
    config.setAll(
        Json.of(
            "task_launch_confirm_timeout", 300_000,
            "task_launch_timeout", 300_000,
            "task_lost_expunge_initial_delay", 300_000,
            "task_lost_expunge_interval", 30_000,
            "task_reservation_timeout", 20_000,
            "webui_url", null,
            "maintenance_mode", true));
    return config;
  }
}
