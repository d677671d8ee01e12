package org.horai.sandbox.marathon;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.horai.sandbox.mesos.TaskInfo;

/** Makes the Mesos task of an instance: its environment, container and ports. */
final class TaskBuilder {

  private TaskBuilder() {}

  static TaskInfo build(AppSpec app, String taskId, String host, List<Integer> hostPorts) {
    List<Integer> numbers = new ArrayList<>();
    List<TaskInfo.PortMapping> mappings = new ArrayList<>();
    List<TaskInfo.DiscoveryPort> discovery = new ArrayList<>();
    int next = 0;
    for (AppSpec.Port port : app.ports()) {
      int hostPort = port.onHost() ? hostPorts.get(next++) : 0;
      int number = hostPort > 0 ? hostPort : port.containerPort();
      int inside = port.containerPort() == 0 ? number : port.containerPort();
      numbers.add(number);
      mappings.add(new TaskInfo.PortMapping(inside, hostPort, port.protocol()));
      discovery.add(
          new TaskInfo.DiscoveryPort(
              number, port.name().isEmpty() ? "default" : port.name(), port.protocol()));
    }
    boolean onHost = app.network() == AppSpec.Network.HOST;
    return new TaskInfo(
        taskId,
        Instance.safeId(app.id()),
        app.cpus(),
        app.mem(),
        app.disk(),
        hostPorts,
        app.cmd(),
        app.args(),
        environment(app, taskId, host, numbers),
        Optional.empty(),
        docker(app, onHost ? List.of() : mappings),
        app.texts("labels"),
        discovery);
  }

  private static Optional<TaskInfo.DockerContainer> docker(
      AppSpec app, List<TaskInfo.PortMapping> mappings) {
    JsonNode docker = app.docker();
    if (!docker.isObject()) {
      return Optional.empty();
    }
    List<Map.Entry<String, String>> parameters = new ArrayList<>();
    docker
        .path("parameters")
        .forEach(p -> parameters.add(Map.entry(p.path("key").asText(), p.path("value").asText())));
    String network =
        switch (app.network()) {
          case HOST -> "HOST";
          case BRIDGE -> "BRIDGE";
          case CONTAINER -> "USER";
        };
    return Optional.of(
        new TaskInfo.DockerContainer(
            docker.path("image").asText(),
            network,
            app.networkName(),
            mappings,
            parameters,
            docker.path("privileged").asBoolean(),
            docker.path("forcePullImage").asBoolean()));
  }

  private static Map<String, String> environment(
      AppSpec app, String taskId, String host, List<Integer> numbers) {
    Map<String, String> env = new LinkedHashMap<>();
    env.put("MARATHON_APP_ID", app.id());
    env.put("MARATHON_APP_VERSION", app.version().toString());
    env.put("MARATHON_APP_RESOURCE_CPUS", Double.toString(app.cpus()));
    env.put("MARATHON_APP_RESOURCE_MEM", Double.toString(app.mem()));
    env.put("MARATHON_APP_RESOURCE_DISK", Double.toString(app.disk()));
    env.put("MARATHON_APP_RESOURCE_GPUS", "0");
    if (app.docker().isObject()) {
      env.put("MARATHON_APP_DOCKER_IMAGE", app.docker().path("image").asText());
    }
    Map<String, String> labels = app.texts("labels");
    env.put(
        "MARATHON_APP_LABELS",
        String.join(" ", labels.keySet().stream().map(TaskBuilder::variable).toList()));
    labels.forEach((k, v) -> env.put("MARATHON_APP_LABEL_" + variable(k), v));
    env.put("MESOS_TASK_ID", taskId);
    env.put("HOST", host);
    List<AppSpec.Port> ports = app.ports();
    for (int i = 0; i < numbers.size(); i++) {
      String number = Integer.toString(numbers.get(i));
      env.put("PORT" + i, number);
      int named = ports.get(i).containerPort();
      env.put("PORT_" + (named == 0 ? numbers.get(i) : named), number);
      if (!ports.get(i).name().isEmpty()) {
        env.put("PORT_" + variable(ports.get(i).name()), number);
      }
    }
    if (!numbers.isEmpty()) {
      env.put("PORT", Integer.toString(numbers.get(0)));
      env.put("PORTS", String.join(",", numbers.stream().map(n -> Integer.toString(n)).toList()));
    }
    env.putAll(app.texts("env"));
    return env;
  }

  private static String variable(String text) {
    return text.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9_]", "_");
  }
}
