package org.horai.core.cluster.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.horai.api.cluster.ClusterSpec;
import org.horai.core.cluster.client.ClusterReader;
import org.junit.jupiter.api.Test;

/** The schema, the page and the example say the same as the parser. */
class ClusterFileDocumentsTest {
  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
  private static final Path FILE = Path.of("/etc/clusters/lab.yaml");
  private static final Origin ORIGIN = new Origin(Path.of("/home/op"), "op");
  private static final String SMALL =
      """
      name: lab
      hosts:
        m1: {address: 10.0.0.1, roles: [master]}
        a1: {address: 10.0.0.2, roles: [agent]}
      overlays:
        static: {range: 10.48.0.0/12, subnet: 10.48.1.0/24}
      """;

  private final ObjectMapper json = new ObjectMapper();

  @Test
  void schemaPageAndParserKnowTheSameKeys() throws IOException {
    Set<String> parser = ClusterFile.keys(SMALL, FILE, ORIGIN);

    assertThat(schemaDefaults().keySet()).isEqualTo(parser);
    assertThat(pageDefaults().keySet()).isEqualTo(parser);
  }

  @Test
  void documentedDefaultsAreTheRealOnes() throws IOException {
    Map<String, String> defaults = schemaDefaults();
    assertThat(pageDefaults()).isEqualTo(defaults);

    ObjectNode explicit = json.createObjectNode().put("name", "lab");
    put(explicit, "hosts.m1.address".split("\\."), "10.0.0.1");
    put(explicit, "hosts.m1.roles".split("\\."), "master");
    put(explicit, "hosts.a1.address".split("\\."), "10.0.0.2");
    put(explicit, "hosts.a1.roles".split("\\."), "agent");
    put(explicit, "overlays.static.range".split("\\."), "10.48.0.0/12");
    put(explicit, "overlays.static.subnet".split("\\."), "10.48.1.0/24");
    defaults.forEach(
        (key, value) -> {
          if (!value.isEmpty()) {
            put(explicit, key.split("\\."), value);
          }
        });
    assertThat(read(explicit.toString())).isEqualTo(read(SMALL));
  }

  @Test
  void theExampleLoads() {
    ClusterSpec prod = new ClusterReader(ORIGIN).read(ROOT.resolve("examples/cluster.yaml"));

    assertThat(prod.name()).isEqualTo("prod");
    assertThat(prod.inventory().masters()).hasSize(3);
    assertThat(prod.inventory().agents()).hasSize(3);
    assertThat(prod.inventory().host("agent-3").orElseThrow().ssh().port()).contains(2222);
    assertThat(prod.inventory().host("master-1").orElseThrow().address()).isEqualTo("10.11.30.229");
  }

  private Map<String, String> schemaDefaults() throws IOException {
    Map<String, String> defaults = new TreeMap<>();
    JsonNode schema = json.readTree(ROOT.resolve("docs/schema/cluster.schema.json").toFile());
    collect("", schema.path("properties"), defaults);
    return defaults;
  }

  private static void collect(String prefix, JsonNode properties, Map<String, String> defaults) {
    for (Map.Entry<String, JsonNode> property : properties.properties()) {
      JsonNode value = property.getValue();
      String key = prefix + property.getKey();
      defaults.put(key, value.path("default").asText(""));
      collect(key + ".", value.path("properties"), defaults);
      collect(key + ".*.", value.path("additionalProperties").path("properties"), defaults);
    }
  }

  private static Map<String, String> pageDefaults() throws IOException {
    Map<String, String> defaults = new TreeMap<>();
    Matcher row =
        Pattern.compile("(?m)^\\| `([a-zA-Z.*]+)` \\| [^|]+\\| *(?:`([^`]*)`)? *\\|")
            .matcher(
                Files.readString(ROOT.resolve("docs/cluster-file.md"))
                    .split("## Hosts from an Ansible inventory")[0]);
    while (row.find()) {
      defaults.put(row.group(1), row.group(2) == null ? "" : row.group(2));
    }
    return defaults;
  }

  private static void put(ObjectNode node, String[] path, String value) {
    ObjectNode at = node;
    for (int i = 0; i < path.length - 1; i++) {
      at = at.withObject("/" + path[i]);
    }
    at.put(path[path.length - 1], value);
  }

  private static ClusterSpec read(String text) {
    return ClusterFile.read(text, FILE, ORIGIN, path -> null);
  }
}
