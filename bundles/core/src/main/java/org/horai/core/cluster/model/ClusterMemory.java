package org.horai.core.cluster.model;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.horai.api.cluster.ChronosChoice;
import org.horai.core.cluster.model.KnownClusters.Checked;
import org.horai.core.cluster.model.KnownClusters.NetworkChoice;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * What is remembered of clusters between two shells. Written as JSON, and read as the YAML that
 * JSON is: the YAML reader is needed for the cluster files anyway, and loading a second one would
 * double the time of the first {@code cluster:list}.
 *
 * @param selected a name, or ""
 * @param files cluster files by the name they had when last read
 * @param checked what the doctor found, by name
 * @param networks what {@code net:use} and {@code net:migrate} chose, by name
 * @param chronos what {@code chronos:upgrade} chose, by name
 */
public record ClusterMemory(
    String selected,
    Map<String, Path> files,
    Map<String, Checked> checked,
    Map<String, NetworkChoice> networks,
    Map<String, ChronosChoice> chronos) {
  public static final ClusterMemory EMPTY =
      new ClusterMemory("", Map.of(), Map.of(), Map.of(), Map.of());

  public ClusterMemory {
    files = Map.copyOf(files);
    checked = Map.copyOf(checked);
    networks = Map.copyOf(networks);
    chronos = Map.copyOf(chronos);
  }

  /** Reads the JSON text; empty when it is broken. */
  public static Optional<ClusterMemory> parse(String text) {
    Problems problems = new Problems();
    Map<String, Node> root = entries(YamlText.parse(text, "clusters.json", problems).orElse(null));
    if (!problems.none() || !root.containsKey("selected")) {
      return Optional.empty();
    }
    try {
      Map<String, Path> files = new TreeMap<>();
      entries(root.get("clusters"))
          .forEach((name, node) -> files.put(name, Path.of(text(node, "file"))));
      Map<String, Checked> checked = new TreeMap<>();
      entries(root.get("checks"))
          .forEach(
              (name, node) ->
                  checked.put(
                      name, new Checked(text(node, "state"), Instant.parse(text(node, "at")))));
      Map<String, NetworkChoice> networks = new TreeMap<>();
      entries(root.get("networks"))
          .forEach(
              (name, node) ->
                  networks.put(name, new NetworkChoice(text(node, "chosen"), text(node, "other"))));
      Map<String, ChronosChoice> chronos = new TreeMap<>();
      entries(root.get("chronos")).forEach((name, node) -> chronos.put(name, choice(node)));
      return Optional.of(
          new ClusterMemory(scalar(root.get("selected")), files, checked, networks, chronos));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** The JSON text. */
  public String text() {
    StringBuilder json = new StringBuilder("{\n  \"selected\": ").append(quoted(selected));
    json.append(",\n  \"clusters\": {");
    String comma = "\n";
    for (Map.Entry<String, Path> file : new TreeMap<>(files).entrySet()) {
      json.append(comma).append("    ").append(quoted(file.getKey())).append(": {\"file\": ");
      json.append(quoted(file.getValue().toString())).append('}');
      comma = ",\n";
    }
    json.append("\n  },\n  \"checks\": {");
    comma = "\n";
    for (Map.Entry<String, Checked> check : new TreeMap<>(checked).entrySet()) {
      json.append(comma).append("    ").append(quoted(check.getKey())).append(": {\"state\": ");
      json.append(quoted(check.getValue().state())).append(", \"at\": ");
      json.append(quoted(check.getValue().at().toString())).append('}');
      comma = ",\n";
    }
    json.append("\n  },\n  \"networks\": {");
    comma = "\n";
    for (Map.Entry<String, NetworkChoice> one : new TreeMap<>(networks).entrySet()) {
      json.append(comma).append("    ").append(quoted(one.getKey())).append(": {\"chosen\": ");
      json.append(quoted(one.getValue().provider())).append(", \"other\": ");
      json.append(quoted(one.getValue().other())).append('}');
      comma = ",\n";
    }
    json.append("\n  },\n  \"chronos\": {");
    comma = "\n";
    for (Map.Entry<String, ChronosChoice> one : new TreeMap<>(chronos).entrySet()) {
      json.append(comma).append("    ").append(quoted(one.getKey())).append(": ");
      json.append(text(one.getValue()));
      comma = ",\n";
    }
    return json.append("\n  }\n}\n").toString();
  }

  private static String text(ChronosChoice choice) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("version", choice.version());
    fields.put("image", choice.image());
    fields.put("file", choice.file());
    fields.put("from", choice.from());
    fields.put("fromImage", choice.fromImage());
    fields.put("backup", choice.backup());
    fields.put("moving", String.valueOf(choice.moving()));
    return fields.entrySet().stream()
        .map(field -> quoted(field.getKey()) + ": " + quoted(field.getValue()))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static ChronosChoice choice(Node node) {
    return new ChronosChoice(
        text(node, "version"),
        text(node, "image"),
        text(node, "file"),
        text(node, "from"),
        text(node, "fromImage"),
        text(node, "backup"),
        text(node, "moving").equals("true"));
  }

  /** Selected, and known by this file only. */
  public ClusterMemory select(String name, Path file) {
    Map<String, Path> more = new TreeMap<>(files);
    more.values().removeIf(file::equals);
    more.put(name, file);
    return new ClusterMemory(name, more, checked, networks, chronos);
  }

  public ClusterMemory with(String name, Checked result) {
    Map<String, Checked> more = new TreeMap<>(checked);
    more.put(name, result);
    return new ClusterMemory(selected, files, more, networks, chronos);
  }

  public ClusterMemory with(String name, NetworkChoice choice) {
    Map<String, NetworkChoice> more = new TreeMap<>(networks);
    more.put(name, choice);
    more.values().removeIf(NetworkChoice.FILE::equals);
    return new ClusterMemory(selected, files, checked, more, chronos);
  }

  public ClusterMemory with(String name, ChronosChoice choice) {
    Map<String, ChronosChoice> more = new TreeMap<>(chronos);
    more.put(name, choice);
    more.values().removeIf(ChronosChoice.FILE::equals);
    return new ClusterMemory(selected, files, checked, networks, more);
  }

  private static Map<String, Node> entries(Node node) {
    Map<String, Node> entries = new TreeMap<>();
    if (node instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        entries.put(scalar(tuple.getKeyNode()), tuple.getValueNode());
      }
    }
    return entries;
  }

  private static String text(Node node, String key) {
    return scalar(entries(node).get(key));
  }

  private static String scalar(Node node) {
    return node instanceof ScalarNode scalar ? scalar.getValue() : "";
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ' || c > '~') {
        quoted.append(String.format("\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
