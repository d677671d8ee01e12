package org.horai.recording.model;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was asked.
 *
 * @param kind folder of the archive: http, hosts, zk, local
 * @param place folder below it, or ""
 * @param asked what makes it the same question as another: text, maps and lists
 * @param shown what else readers may want to know
 */
public record Question(
    String kind, String place, Map<String, Object> asked, Map<String, Object> shown) {
  public Question {
    asked = new TreeMap<>(asked);
    shown = new LinkedHashMap<>(shown);
  }

  public static Question of(String kind, String place, Map<String, Object> asked) {
    return new Question(kind, place, asked, Map.of());
  }

  /** The question as it may be kept. */
  public Question masked(Masker masker) {
    return new Question(kind, masker.text(place), masker.map(asked), masker.map(shown));
  }

  /** In one line, for messages. */
  public String words() {
    return switch (kind) {
      case "http" -> asked.get("method") + " " + asked.get("url");
      case "zk" -> asked.get("operation") + " " + asked.getOrDefault("path", "ZooKeeper");
      case "hosts" -> "what was asked on host " + place;
      default -> String.valueOf(asked.get("what"));
    };
  }
}
