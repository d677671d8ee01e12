package org.horai.core.cluster.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.horai.api.cluster.ChronosSpec;

/** Reads the wanted Chronos. */
final class ChronosSection {
  private static final List<String> SECRET_FLAGS = List.of("http_credentials", "zk_auth");

  private final Section section;
  private final String mesosPath;

  /**
   * @param mesosPath ZooKeeper path of Mesos, which Chronos must stay away from
   */
  ChronosSection(Section section, String mesosPath) {
    this.section = section;
    this.mesosPath = mesosPath;
  }

  ChronosSpec read() {
    String version =
        section.matching("version", "\\d+\\.\\d+(\\.\\d+)?", "a version such as 3.0.2", "3.0.2");
    int http = section.integer("httpPort", 1, 65535, 8081);
    int libprocess = section.integer("libprocessPort", 1, 65535, 8082);
    if (http == libprocess) {
      section.wrong("libprocessPort", "must differ from httpPort");
    }
    return new ChronosSpec(
        version,
        section.matching(
            "appId",
            "(/[a-z0-9]([a-z0-9.-]*[a-z0-9])?)+",
            "a Marathon id such as /chronos",
            "/chronos"),
        section.integer("instances", 1, 1000, 3),
        section.number("cpus", 0.01, 1024, 0.5),
        section.integer("memMiB", 32, 1 << 20, 768),
        http,
        libprocess,
        image(version),
        section.text("frameworkName", "chronos"),
        zkPath(),
        section.duration("failoverTimeout", Duration.ofDays(7)),
        health(section.section("health")),
        flags(),
        section.map("environment"),
        section.secret("credentials"),
        section.flag("canary", true));
  }

  private String image(String version) {
    if (!section.has("image") && !version.startsWith("3.")) {
      section.say(
          "image",
          "is missing: no image of version " + version + " is known, name one with its tag");
    }
    return section.text("image", "mesosphere/chronos:v" + version);
  }

  private String zkPath() {
    String path =
        section.matching("zkPath", ClusterFile.ABSOLUTE, "a path such as /chronos", "/chronos");
    List<String> taken = List.of("/zookeeper", "/marathon", "/horai", mesosPath);
    if (path.equals("/") || taken.stream().anyMatch(other -> within(path, other))) {
      section.wrong("zkPath", "must be a path of its own, for Chronos deletes it when purged");
    }
    return path;
  }

  private static boolean within(String path, String other) {
    return (path + "/").startsWith(other + "/") || (other + "/").startsWith(path + "/");
  }

  private static ChronosSpec.Health health(Section health) {
    return new ChronosSpec.Health(
        health.matching("path", "/.*", "a path such as /ping", "/ping"),
        health.duration("grace", Duration.ofSeconds(120)),
        health.duration("interval", Duration.ofSeconds(20)),
        health.duration("timeout", Duration.ofSeconds(20)),
        health.integer("maxFailures", 1, 1000, 6));
  }

  private Map<String, String> flags() {
    Map<String, String> flags = section.map("flags");
    for (String flag : SECRET_FLAGS) {
      if (flags.containsKey(flag)) {
        section.say(
            "flags",
            "has "
                + flag
                + ", which would show a secret; use chronos.credentials or zookeeper.auth");
      }
    }
    return flags;
  }
}
