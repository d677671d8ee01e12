package org.horai.mesos.agent.model;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Values of Mesos flags as they are written: {@code 5mins}, {@code cpus:2;mem:2048}. */
public final class FlagText {
  private static final Pattern DURATION =
      Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(ns|us|ms|secs|mins|hrs|days|weeks)");
  private static final Map<String, Double> SECONDS =
      Map.of(
          "ns", 1e-9, "us", 1e-6, "ms", 1e-3, "secs", 1.0, "mins", 60.0, "hrs", 3600.0, "days",
          86400.0, "weeks", 604800.0);
  private static final Set<String> LISTS = Set.of("resources", "attributes");

  private FlagText() {}

  /** True if both mean the same: {@code 5mins} is {@code 300secs}, the order of a list is free. */
  public static boolean same(String flag, String one, String other) {
    if (one.strip().equals(other.strip())) {
      return true;
    }
    if (LISTS.contains(flag)) {
      return new TreeSet<>(items(one)).equals(new TreeSet<>(items(other)));
    }
    Optional<Duration> duration = duration(one);
    return duration.isPresent() && duration.equals(duration(other));
  }

  public static Optional<Duration> duration(String text) {
    Matcher matcher = DURATION.matcher(text.strip());
    return matcher.matches()
        ? Optional.of(
            Duration.ofNanos(
                Math.round(
                    Double.parseDouble(matcher.group(1)) * SECONDS.get(matcher.group(2)) * 1e9)))
        : Optional.empty();
  }

  public static String of(Duration duration) {
    long seconds = duration.toSeconds();
    return seconds % 60 == 0 ? seconds / 60 + "mins" : seconds + "secs";
  }

  /**
   * True if an additive reconfiguration_policy (Mesos 1.5) takes the change: all that was there is
   * still there, and no amount shrinks.
   */
  public static boolean additive(String one, String other) {
    Map<String, String> before = parts(one);
    Map<String, String> after = parts(other);
    return before.entrySet().stream()
        .allMatch(
            e -> after.containsKey(e.getKey()) && notLess(e.getValue(), after.get(e.getKey())));
  }

  private static boolean notLess(String before, String after) {
    try {
      return Double.parseDouble(after) >= Double.parseDouble(before);
    } catch (NumberFormatException e) {
      return before.equals(after);
    }
  }

  private static Map<String, String> parts(String text) {
    return items(text).stream()
        .collect(
            Collectors.toMap(
                item -> item.substring(0, Math.max(0, item.indexOf(':'))),
                item -> item.substring(item.indexOf(':') + 1).strip(),
                (a, b) -> b,
                TreeMap::new));
  }

  private static Set<String> items(String text) {
    return Arrays.stream(text.split(";"))
        .map(String::strip)
        .filter(item -> !item.isEmpty())
        .collect(Collectors.toSet());
  }
}
