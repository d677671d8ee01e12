package org.horai.sandbox.mesos;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.horai.sandbox.net.Json;

/** The flags that masters and agents report. */
final class MesosFlags {

  private MesosFlags() {}

  static SortedMap<String, String> ofMaster(SimMesos.Settings settings, MasterInfo master) {
    SortedMap<String, String> flags = defaults("master-flags.properties");
    flags.put("cluster", settings.clusterName());
    flags.put("hostname", master.host());
    flags.put("ip", master.host());
    flags.put("port", Integer.toString(master.port()));
    flags.put("quorum", Integer.toString(settings.masters().size() / 2 + 1));
    flags.put("work_dir", "/var/lib/mesos");
    flags.put("zk", zkUrl(settings));
    return inWordsOf(settings.generation(), flags);
  }

  static SortedMap<String, String> ofAgent(SimMesos.Settings settings, AgentSpec agent, int port) {
    SortedMap<String, String> flags = defaults("agent-flags.properties");
    flags.put(
        "attributes",
        agent.attributes().entrySet().stream()
            .map(e -> e.getKey() + ":" + e.getValue())
            .collect(Collectors.joining(";")));
    flags.put("containerizers", agent.containerizers());
    flags.put("docker_socket", agent.dockerSocket());
    flags.put("executor_registration_timeout", duration(agent.executorRegistrationTimeout()));
    flags.put("hostname", agent.hostname());
    flags.put("ip", agent.hostname());
    flags.put("master", zkUrl(settings));
    flags.put("port", Integer.toString(port));
    flags.put("resources", resources(agent.resources()));
    flags.put("runtime_dir", "/var/run/mesos");
    flags.put("work_dir", agent.workDir());
    return inWordsOf(settings.generation(), flags);
  }

  static ObjectNode json(Map<String, String> flags) {
    ObjectNode json = Json.of();
    flags.forEach(json::put);
    return json;
  }

  static ArrayNode pairs(Map<String, String> flags) {
    return Json.array(
        flags.entrySet().stream()
            .map(e -> Json.of("name", e.getKey(), "value", e.getValue()))
            .toList());
  }

  static String zkUrl(SimMesos.Settings settings) {
    return "zk://" + settings.zkConnect() + settings.zkPath();
  }

  private static String resources(Resources r) {
    return "cpus:%s;mem:%s;disk:%s;ports:%s"
        .formatted(plain(r.cpus()), plain(r.memMiB()), plain(r.diskMiB()), r.ports().text());
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }

  private static String duration(Duration duration) {
    return duration.toSecondsPart() == 0
        ? duration.toMinutes() + "mins"
        : duration.toSeconds() + "secs";
  }

  /** Mesos 0.28 says slave where 1.x says agent. */
  private static SortedMap<String, String> inWordsOf(
      MesosGeneration generation, SortedMap<String, String> flags) {
    if (generation != MesosGeneration.V0_28) {
      return flags;
    }
    SortedMap<String, String> old = new TreeMap<>();
    flags.forEach((name, value) -> old.put(name.replace("agent", "slave"), value));
    return old;
  }

  private static SortedMap<String, String> defaults(String resource) {
    Properties properties = new Properties();
    try (InputStream in = MesosFlags.class.getResourceAsStream(resource);
        Reader reader =
            new InputStreamReader(Objects.requireNonNull(in, resource), StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    SortedMap<String, String> flags = new TreeMap<>();
    properties.stringPropertyNames().forEach(n -> flags.put(n, properties.getProperty(n)));
    return flags;
  }
}
