package org.horai.shell.model;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.horai.api.command.View;

/**
 * What a command leaves in a script: {@code x = (chronos:status)}. It is never null, so that {@code
 * if} takes it for success; its text form is what the command would have printed.
 *
 * @param text as printed in the chosen format
 * @param byName true if {@code -o name} was asked for: then each name becomes a word of its own
 */
public record CommandResult(View view, String text, boolean byName) {
  /** The data: maps, lists, text, numbers. */
  public Object data() {
    return view.data();
  }

  public List<String> names() {
    return view.names();
  }

  public int exitCode() {
    return view.exitCode();
  }

  /**
   * A value inside the data by its path.
   *
   * @param path keys and list indexes joined by dots: {@code leader.address}, {@code 0.name}
   * @return null when there is no such value
   */
  public Object get(String path) {
    Object value = view.data();
    for (String key : Arrays.asList(path.split("\\."))) {
      value = step(value, key);
    }
    return value;
  }

  private static Object step(Object value, String key) {
    if (value instanceof Map<?, ?> map) {
      return map.get(key);
    }
    if (value instanceof List<?> list && key.matches("\\d{1,9}")) {
      int index = Integer.parseInt(key);
      return index < list.size() ? list.get(index) : null;
    }
    return null;
  }

  List<String> words() {
    return byName ? view.names() : List.of(toString());
  }

  @Override
  public String toString() {
    return text.stripTrailing();
  }
}
