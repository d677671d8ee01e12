package org.horai.mesos.agent.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file of {@code MESOS_FLAG=value} lines among others that are not ours to touch. */
public record EnvironmentFile(String text) {
  private static final Pattern LINE =
      Pattern.compile("(\\s*(?:export\\s+)?)MESOS_([A-Z0-9_]+)=(.*)");

  /** The flags it sets; of several lines for one flag the last counts, as for a shell. */
  public Map<String, String> flags() {
    Map<String, String> flags = new LinkedHashMap<>();
    text.lines()
        .map(LINE::matcher)
        .filter(Matcher::matches)
        .forEach(line -> flags.put(flag(line), unquoted(line.group(3).strip())));
    return flags;
  }

  /** The file with these flags set: changed in their place, new ones at the end. */
  public EnvironmentFile with(Map<String, String> changes) {
    Map<String, String> open = new TreeMap<>(changes);
    List<String> lines = new ArrayList<>();
    for (String line : text.lines().toList()) {
      Matcher matcher = LINE.matcher(line);
      Optional<String> flag = matcher.matches() ? Optional.of(flag(matcher)) : Optional.empty();
      if (flag.isEmpty() || !changes.containsKey(flag.get())) {
        lines.add(line);
      } else if (open.containsKey(flag.get())) {
        lines.add(matcher.group(1) + line(flag.get(), open.remove(flag.get())));
      }
    }
    open.forEach((flag, value) -> lines.add(line(flag, value)));
    return new EnvironmentFile(String.join("\n", lines) + "\n");
  }

  private static String flag(Matcher line) {
    return line.group(2).toLowerCase(Locale.ROOT);
  }

  private static String line(String flag, String value) {
    return "MESOS_" + flag.toUpperCase(Locale.ROOT) + "=" + quoted(value);
  }

  private static String quoted(String value) {
    return value.matches("[A-Za-z0-9_./:,@%+-]*")
        ? value
        : "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  private static String unquoted(String value) {
    boolean twice = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
    boolean once = value.length() > 1 && value.startsWith("'") && value.endsWith("'");
    if (twice) {
      String inner = value.substring(1, value.length() - 1);
      return inner.replace("\\\"", "\"").replace("\\\\", "\\");
    }
    return once ? value.substring(1, value.length() - 1) : value;
  }
}
