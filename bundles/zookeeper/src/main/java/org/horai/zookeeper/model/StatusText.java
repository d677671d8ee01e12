package org.horai.zookeeper.model;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The answer to the four-letter word {@code srvr}: {@code Zookeeper version: 3.8.0-..., built on
 * ...}, several lines, {@code Mode: follower}.
 *
 * @param mode leader, follower, observer, standalone, or "" when it does not serve
 * @param version such as {@code 3.8.0}, or ""
 * @param problem what it said instead, or ""
 * @param allowed false when the word is not on the server's list, which says nothing of its health
 */
public record StatusText(String mode, String version, String problem, boolean allowed) {
  private static final Pattern MODE = Pattern.compile("(?m)^Mode: (\\w+)");
  private static final Pattern VERSION = Pattern.compile("(?i)zookeeper version: ([0-9.]+)");

  public static StatusText parse(String answer) {
    Optional<String> mode = first(MODE, answer);
    String version = first(VERSION, answer).orElse("");
    if (mode.isPresent()) {
      return new StatusText(mode.get(), version, "", true);
    }
    if (answer.contains("not in the whitelist")) {
      return new StatusText("", "", "srvr is not on its 4lw.commands.whitelist", false);
    }
    String line = answer.strip().replaceAll("\\s+", " ");
    String problem = line.isEmpty() ? "it closed the connection without an answer" : line;
    return new StatusText("", version, problem, true);
  }

  private static Optional<String> first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
