package org.horai.recording.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.horai.api.cluster.ClusterSpec;

/**
 * The files a cluster was read from, for those who read the recording; a replay uses what was read.
 * Variable files of an Ansible inventory stay where they are, because they are where secrets are.
 */
final class ClusterTexts {
  private static final Pattern INVENTORY =
      Pattern.compile("(?m)^inventory:[ \\t]*[\"']?([^\"'#\\n]+?)[\"']?[ \\t]*(?:#.*)?$");

  private ClusterTexts() {}

  static Map<String, String> of(ClusterSpec cluster) {
    Map<String, String> texts = new LinkedHashMap<>();
    String name = "clusters/" + ArchiveFile.plain(cluster.name());
    Optional<String> text = cluster.file().flatMap(ClusterTexts::read);
    text.ifPresent(found -> texts.put(name + ".yaml", found));
    text.flatMap(found -> inventory(cluster.file().get(), found))
        .ifPresent(found -> texts.put(name + ".inventory", found));
    return texts;
  }

  private static Optional<String> inventory(Path file, String text) {
    Matcher named = INVENTORY.matcher(text);
    return named.find()
        ? read(file.toAbsolutePath().resolveSibling(named.group(1)))
        : Optional.empty();
  }

  private static Optional<String> read(Path file) {
    try {
      return Files.isRegularFile(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    } catch (IOException e) {
      // what was read before is in the recording; its text is a courtesy
      return Optional.empty();
    }
  }
}
