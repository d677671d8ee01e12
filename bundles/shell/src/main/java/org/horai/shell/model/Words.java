package org.horai.shell.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Turns what Gogo passes to a command into words: tokens and text as they are, lists word by word,
 * maps as JSON-like text, results of other commands as their names or their text. An unset variable
 * is no word at all, as in other shells.
 */
public final class Words {
  private Words() {}

  public static List<String> of(Collection<?> values) {
    List<String> words = new ArrayList<>();
    for (Object value : values) {
      add(words, value);
    }
    return words;
  }

  private static void add(List<String> words, Object value) {
    if (value instanceof CommandResult result) {
      words.addAll(result.words());
    } else if (value instanceof Collection<?> list) {
      list.forEach(element -> add(words, element));
    } else if (value instanceof Map<?, ?> map) {
      words.add(json(map));
    } else if (value != null) {
      words.add(value.toString());
    }
  }

  private static String json(Object value) {
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(entry -> quoted(entry.getKey()) + ":" + json(entry.getValue()))
          .collect(Collectors.joining(",", "{", "}"));
    }
    if (value instanceof Collection<?> list) {
      return list.stream().map(Words::json).collect(Collectors.joining(",", "[", "]"));
    }
    if (value == null || value instanceof Number || value instanceof Boolean) {
      return String.valueOf(value);
    }
    return quoted(value);
  }

  private static String quoted(Object value) {
    StringBuilder text = new StringBuilder("\"");
    for (char c : value.toString().toCharArray()) {
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c < ' ') {
        text.append(String.format("\\u%04x", (int) c));
      } else {
        text.append(c);
      }
    }
    return text.append('"').toString();
  }
}
