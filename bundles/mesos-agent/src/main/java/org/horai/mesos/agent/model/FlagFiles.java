package org.horai.mesos.agent.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.horai.api.cluster.AgentSpec;
import org.horai.api.cluster.AgentSpec.Layout;
import org.horai.api.host.FileContent;
import org.horai.api.host.HostFacts;
import org.horai.api.host.Probe;
import org.horai.api.host.ProbeOutput;
import org.horai.api.host.Resource;

/**
 * Where an agent's flags live on its host. Only the flags that matter are read: others may hold
 * secrets.
 */
public final class FlagFiles {
  public static final String PROBE = "agent.flag-files";

  private static final String FOLDER = "/etc/mesos-slave";
  private static final List<String> READ =
      List.of(
          "docker_socket",
          "executor_registration_timeout",
          "hostname",
          "port",
          "domain",
          "work_dir",
          "reconfiguration_policy",
          "resources",
          "attributes");

  private FlagFiles() {}

  /** Prints {@code flag=value} lines, or the environment file as it is. */
  public static Probe probe(AgentSpec agent, Set<String> further) {
    if (agent.layout() == Layout.ENVIRONMENT) {
      String file = "\"${HORAI_ROOT:-}\"" + quoted(agent.environmentFile());
      return Probe.of(PROBE, "[ ! -e " + file + " ] || cat " + file);
    }
    Set<String> names = new TreeSet<>(READ);
    names.addAll(further);
    names.removeIf(name -> !name.matches("[a-z0-9_]+"));
    return Probe.of(
        PROBE,
        String.join(
            "\n",
            "cd \"${HORAI_ROOT:-}" + FOLDER + "\" 2>/dev/null || exit 0",
            "for f in " + String.join(" ", names) + "; do",
            "  if [ -f \"$f\" ]; then printf '%s=' \"$f\"; tr '\\n' ' ' <\"$f\"; echo; fi",
            "  if [ -d \"$f\" ]; then for i in \"$f\"/*; do",
            "    [ ! -f \"$i\" ] || { printf '%s:' \"$i\"; tr '\\n' ' ' <\"$i\"; echo; }",
            "  done; fi",
            "done"));
  }

  /** The written flags, or empty when the host could not be asked. */
  public static Optional<Map<String, String>> read(AgentSpec agent, HostFacts facts) {
    Optional<String> text = text(facts);
    return agent.layout() == Layout.ENVIRONMENT
        ? text.map(t -> new EnvironmentFile(t).flags())
        : text.map(FlagFiles::packaged);
  }

  /** The files to write for changed flags. */
  public static List<Resource> write(
      AgentSpec agent, HostFacts facts, Map<String, String> changes) {
    if (agent.layout() == Layout.ENVIRONMENT) {
      EnvironmentFile present = new EnvironmentFile(text(facts).orElse(""));
      return List.of(FileContent.of(agent.environmentFile(), present.with(changes).text()));
    }
    return changes.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(
            change ->
                (Resource) FileContent.of(FOLDER + "/" + change.getKey(), change.getValue() + "\n"))
        .toList();
  }

  /** {@code flag=value}, and {@code attributes/rack:r1} for the folders whose files are joined. */
  private static Map<String, String> packaged(String text) {
    Map<String, String> flags = new LinkedHashMap<>();
    for (String line : text.lines().toList()) {
      int slash = line.indexOf('/');
      int equals = line.indexOf('=');
      if (slash > 0 && (equals < 0 || slash < equals)) {
        String item = line.substring(slash + 1).strip();
        flags.merge(line.substring(0, slash), item, (a, b) -> a + ";" + b);
      } else if (equals > 0) {
        flags.put(line.substring(0, equals), line.substring(equals + 1).strip());
      }
    }
    return flags;
  }

  private static Optional<String> text(HostFacts facts) {
    return facts.probe(PROBE).filter(ProbeOutput::ok).map(ProbeOutput::stdout);
  }

  static String quoted(String path) {
    return "'" + path.replace("'", "'\\''") + "'";
  }
}
