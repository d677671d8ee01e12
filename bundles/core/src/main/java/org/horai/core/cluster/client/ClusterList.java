package org.horai.core.cluster.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.horai.api.HoraiException;
import org.horai.core.cluster.model.ClusterErrors;
import org.horai.core.cluster.model.KnownClusters.Checked;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file {@code clusters.json}: which cluster files were used, which is selected, what the doctor
 * found. Replaced in one go, so a crash leaves the old or the new list.
 */
final class ClusterList {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterList.class);

  private final Path file;
  private final JsonMapper json = JsonMapper.builder().build();

  /**
   * The list.
   *
   * @param selected a name, or ""
   * @param files cluster files by the name they had when last read
   */
  record State(String selected, Map<String, Path> files, Map<String, Checked> checked) {
    State {
      files = Map.copyOf(files);
      checked = Map.copyOf(checked);
    }

    State select(String name, Path path) {
      Map<String, Path> more = new TreeMap<>(files);
      more.values().removeIf(path::equals);
      more.put(name, path);
      return new State(name, more, checked);
    }

    State with(String name, Checked result) {
      Map<String, Checked> more = new TreeMap<>(checked);
      more.put(name, result);
      return new State(selected, files, more);
    }
  }

  ClusterList(Path file) {
    this.file = file;
  }

  /** Reads the list; a broken one is set aside, for the clusters themselves are not in it. */
  State read() {
    if (!Files.exists(file)) {
      return new State("", Map.of(), Map.of());
    }
    try {
      return parse(json.readTree(Files.readString(file)));
    } catch (JsonProcessingException | DateTimeException e) {
      Path aside = file.resolveSibling(file.getFileName() + ".broken");
      LOG.warn("{} is broken and was moved to {}", file, aside);
      try {
        Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
      } catch (IOException failed) {
        throw failure(failed);
      }
      return new State("", Map.of(), Map.of());
    } catch (IOException e) {
      throw failure(e);
    }
  }

  void write(State state) {
    ObjectNode root = json.createObjectNode();
    root.put("selected", state.selected());
    ObjectNode clusters = root.putObject("clusters");
    new TreeMap<>(state.files())
        .forEach((name, path) -> clusters.putObject(name).put("file", path.toString()));
    ObjectNode checks = root.putObject("checks");
    new TreeMap<>(state.checked())
        .forEach(
            (name, result) ->
                checks
                    .putObject(name)
                    .put("state", result.state())
                    .put("at", result.at().toString()));
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Path fresh = Files.createTempFile(file.toAbsolutePath().getParent(), "clusters", ".tmp");
      Files.writeString(fresh, root.toPrettyString() + "\n");
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private static State parse(JsonNode root) {
    Map<String, Path> files = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : root.path("clusters").properties()) {
      Optional.of(entry.getValue().path("file").asText(""))
          .filter(path -> !path.isEmpty())
          .ifPresent(path -> files.put(entry.getKey(), Path.of(path)));
    }
    Map<String, Checked> checked = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : root.path("checks").properties()) {
      JsonNode check = entry.getValue();
      checked.put(
          entry.getKey(),
          new Checked(check.path("state").asText(""), Instant.parse(check.path("at").asText(""))));
    }
    return new State(root.path("selected").asText(""), files, checked);
  }

  private HoraiException failure(IOException e) {
    return new HoraiException(
        ClusterErrors.STATE,
        file + " cannot be read or written",
        e.getClass().getSimpleName() + ": " + e.getMessage(),
        "make the folder " + file.getParent() + " writable",
        e);
  }
}
