package org.horai.marathon.model;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.horai.api.deployer.MarathonDialect;
import org.horai.api.deployer.WorkloadSpec;
import org.horai.api.network.WorkloadAttachment;
import org.horai.api.network.WorkloadAttachment.Mode;

/**
 * Writes a workload in the words of one era. Before 1.5 the network stands inside {@code
 * container.docker}; from 1.5 on it is {@code networks} and {@code container.portMappings}, and a
 * server answers in that form whatever it was sent (mesosphere/marathon {@code
 * docs/docs/upgrade/network-api-migration.md}).
 */
public final class AppJson {
  /** Chronos needs a second to end; the default of 3 s is short on a busy host. */
  private static final int KILL_GRACE_SECONDS = 10;

  private AppJson() {}

  public static Map<String, Object> render(WorkloadSpec wanted, MarathonDialect era) {
    Map<String, Object> app = new LinkedHashMap<>();
    app.put("id", wanted.id());
    app.put("cmd", wanted.command());
    app.put("instances", wanted.instances());
    app.put("cpus", wanted.cpus());
    app.put("mem", wanted.memMiB());
    app.put("disk", 0);
    app.put("container", container(wanted, era));
    putNetwork(app, wanted, era);
    Map<String, Object> environment = new TreeMap<>(wanted.environment());
    environment.putAll(wanted.network().environment());
    app.put("env", environment);
    app.put("labels", new TreeMap<>(wanted.labels()));
    app.put("constraints", wanted.constraints());
    app.put("healthChecks", List.of(health(wanted, era)));
    app.put(
        "upgradeStrategy",
        Map.of(
            "minimumHealthCapacity",
            wanted.minimumHealthCapacity(),
            "maximumOverCapacity",
            wanted.maximumOverCapacity()));
    if (era.atLeast(1, 3)) {
      app.put("taskKillGracePeriodSeconds", KILL_GRACE_SECONDS);
    }
    return app;
  }

  private static Map<String, Object> container(WorkloadSpec wanted, MarathonDialect era) {
    Map<String, Object> docker = new LinkedHashMap<>();
    docker.put("image", wanted.image());
    Map<String, String> parameters = new TreeMap<>(wanted.network().dockerParameters());
    Mode mode = wanted.network().mode();
    boolean ports = mode != Mode.HOST;
    if (!era.canonicalNetworks()) {
      docker.put("network", legacyNetwork(mode, era));
      if (ports) {
        docker.put("portMappings", mappings(wanted.containerPorts()));
      }
      if (mode == Mode.NAMED && !era.userNetworks()) {
        // Marathon 1.1 refuses USER networks; docker itself is told the name instead.
        wanted.network().networkName().ifPresent(name -> parameters.putIfAbsent("net", name));
      }
    }
    docker.put("parameters", parameters(parameters));
    Map<String, Object> container = new LinkedHashMap<>();
    container.put("type", "DOCKER");
    container.put("docker", docker);
    if (era.canonicalNetworks() && ports) {
      container.put("portMappings", mappings(wanted.containerPorts()));
    }
    return container;
  }

  private static String legacyNetwork(Mode mode, MarathonDialect era) {
    return switch (mode) {
      case HOST -> "HOST";
      case BRIDGE -> "BRIDGE";
      case NAMED -> era.userNetworks() ? "USER" : "BRIDGE";
    };
  }

  private static void putNetwork(
      Map<String, Object> app, WorkloadSpec wanted, MarathonDialect era) {
    WorkloadAttachment network = wanted.network();
    String name = network.networkName().orElse("");
    if (network.mode() == Mode.HOST) {
      app.put("portDefinitions", wanted.containerPorts().stream().map(AppJson::hostPort).toList());
      app.put("requirePorts", true);
    }
    if (era.canonicalNetworks()) {
      app.put(
          "networks",
          List.of(
              switch (network.mode()) {
                case HOST -> Map.of("mode", "host");
                case BRIDGE -> Map.of("mode", "container/bridge");
                case NAMED -> Map.of("mode", "container", "name", name);
              }));
    } else if (network.mode() == Mode.NAMED && era.userNetworks()) {
      app.put("ipAddress", Map.of("networkName", name));
    }
  }

  private static List<Map<String, Object>> mappings(List<Integer> ports) {
    return ports.stream().map(AppJson::mapping).toList();
  }

  private static Map<String, Object> mapping(int port) {
    Map<String, Object> mapping = new LinkedHashMap<>();
    mapping.put("containerPort", port);
    mapping.put("hostPort", 0);
    mapping.put("servicePort", 0);
    mapping.put("protocol", "tcp");
    return mapping;
  }

  private static Map<String, Object> hostPort(int port) {
    return Map.of("port", port, "protocol", "tcp");
  }

  private static List<Map<String, Object>> parameters(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(
            entry -> {
              Map<String, Object> parameter = new LinkedHashMap<>();
              parameter.put("key", entry.getKey());
              parameter.put("value", entry.getValue());
              return parameter;
            })
        .toList();
  }

  /**
   * Where Marathon's host has no way to a container's own address, the agent checks inside of it.
   */
  private static Map<String, Object> health(WorkloadSpec wanted, MarathonDialect era) {
    WorkloadSpec.HealthCheck check = wanted.health();
    WorkloadAttachment network = wanted.network();
    boolean inside =
        network.mode() == Mode.NAMED && !network.marathonReachesContainers() && era.atLeast(1, 4);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("protocol", inside ? "MESOS_HTTP" : "HTTP");
    json.put("path", check.path());
    json.put("portIndex", 0);
    json.put("gracePeriodSeconds", seconds(check.grace()));
    json.put("intervalSeconds", seconds(check.interval()));
    json.put("timeoutSeconds", seconds(check.timeout()));
    json.put("maxConsecutiveFailures", check.maxFailures());
    return json;
  }

  private static long seconds(Duration duration) {
    return Math.max(1, duration.toSeconds());
  }
}
