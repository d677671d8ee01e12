package org.horai.marathon.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.horai.api.deployer.Difference;

/**
 * Compares definitions after bringing both into one form: either era's network words, numbers with
 * and without fraction, absent fields and their defaults, ports asked for as 0 and ports assigned.
 */
public final class AppDiff {
  private AppDiff() {}

  /** What of {@code actual} is not as {@code wanted}. Fields we never set do not count. */
  public static List<Difference> between(Map<String, Object> wanted, Map<String, Object> actual) {
    Map<String, String> want = normal(new Tree(wanted));
    Map<String, String> have = normal(new Tree(actual));
    List<Difference> differences = new ArrayList<>();
    TreeSet<String> fields = new TreeSet<>(want.keySet());
    have.keySet().stream().filter(AppDiff::ours).forEach(fields::add);
    for (String field : fields) {
      String wantedValue = want.getOrDefault(field, "");
      String actualValue = have.getOrDefault(field, "");
      if (!wantedValue.equals(actualValue)) {
        differences.add(new Difference(field, actualValue, wantedValue));
      }
    }
    return List.copyOf(differences);
  }

  /** Maps we own as a whole: an entry that we do not want must go. */
  private static boolean ours(String field) {
    return field.startsWith("env.") || field.startsWith("labels.");
  }

  static Map<String, String> normal(Tree app) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("id", app.at("id").text(""));
    fields.put("cmd", app.at("cmd").text(""));
    fields.put("instances", app.at("instances").plain("1"));
    fields.put("cpus", app.at("cpus").plain("1"));
    fields.put("mem", app.at("mem").plain("128"));
    Tree docker = app.at("container").at("docker");
    fields.put("image", docker.at("image").text(""));
    fields.put("dockerParameters", parameters(docker));
    fields.put("network", network(app, docker));
    fields.put("ports", ports(app, docker));
    fields.put("constraints", constraints(app));
    fields.put("healthChecks", health(app));
    Tree upgrade = app.at("upgradeStrategy");
    fields.put("minimumHealthCapacity", upgrade.at("minimumHealthCapacity").plain("1"));
    fields.put("maximumOverCapacity", upgrade.at("maximumOverCapacity").plain("1"));
    app.at("taskKillGracePeriodSeconds")
        .text()
        .ifPresent(grace -> fields.put("taskKillGracePeriodSeconds", grace));
    app.at("env").fields().forEach((key, item) -> fields.put("env." + key, plain(item)));
    app.at("labels").fields().forEach((key, item) -> fields.put("labels." + key, plain(item)));
    return fields;
  }

  private static String plain(Tree item) {
    return item.text().orElse(String.valueOf(item.value()));
  }

  private static String parameters(Tree docker) {
    return docker.at("parameters").items().stream()
        .map(item -> item.at("key").text("") + "=" + item.at("value").text(""))
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static String network(Tree app, Tree docker) {
    Optional<Tree> canonical = app.at("networks").items().stream().findFirst();
    if (canonical.isPresent()) {
      return switch (canonical.get().at("mode").text("container")) {
        case "host" -> "host";
        case "container/bridge" -> "bridge";
        default -> "network " + canonical.get().at("name").text("(default)");
      };
    }
    return switch (docker.at("network").text("HOST")) {
      case "BRIDGE" -> "bridge";
      case "USER" -> "network " + app.at("ipAddress").at("networkName").text("(default)");
      default -> "host";
    };
  }

  private static String ports(Tree app, Tree docker) {
    if (network(app, docker).equals("host")) {
      boolean fixed = app.at("requirePorts").yes();
      return app.at("portDefinitions").items().stream()
          .map(port -> (fixed ? port.at("port").plain("0") : "any") + protocol(port))
          .collect(Collectors.joining(", "));
    }
    Tree mappings = app.at("container").at("portMappings");
    return (mappings.present() ? mappings : docker.at("portMappings"))
        .items().stream()
            .map(port -> port.at("containerPort").plain("0") + protocol(port))
            .collect(Collectors.joining(", "));
  }

  private static String protocol(Tree port) {
    return "/" + port.at("protocol").text("tcp");
  }

  private static String constraints(Tree app) {
    return app.at("constraints").items().stream()
        .map(c -> c.items().stream().map(AppDiff::plain).collect(Collectors.joining(" ")))
        .collect(Collectors.joining(", "));
  }

  private static String health(Tree app) {
    return app.at("healthChecks").items().stream()
        .map(
            check ->
                check.at("protocol").text("HTTP")
                    + " "
                    + check.at("path").text("/")
                    + (check.at("port").present()
                        ? " port " + check.at("port").plain("")
                        : " port index " + check.at("portIndex").plain("0"))
                    + ", grace "
                    + check.at("gracePeriodSeconds").plain("300")
                    + " s, every "
                    + check.at("intervalSeconds").plain("60")
                    + " s, timeout "
                    + check.at("timeoutSeconds").plain("20")
                    + " s, "
                    + check.at("maxConsecutiveFailures").plain("3")
                    + " failures")
        .collect(Collectors.joining("; "));
  }
}
