package org.horai.recordings;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Commands that were typed on real hosts, and what they answered. */
public record Transcript(String name, List<Step> steps) {
  private static final Pattern STEP =
      Pattern.compile(
          "^### host (\\S+) \\$ (.*?)\\n--- stdout\\n(.*?)--- stderr\\n(.*?)--- exit (\\d+)",
          Pattern.DOTALL | Pattern.MULTILINE);

  /** One command: output as printed, exit code. */
  public record Step(String host, String command, String out, String err, int exit) {}

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException when there is no command in it
   */
  public static Transcript read(String name) {
    List<Step> steps = new ArrayList<>();
    Matcher m = STEP.matcher(Recordings.text(name));
    while (m.find()) {
      steps.add(
          new Step(m.group(1), m.group(2), m.group(3), m.group(4), Integer.parseInt(m.group(5))));
    }
    if (steps.isEmpty()) {
      throw new IllegalArgumentException(name + " has no command");
    }
    return new Transcript(name, List.copyOf(steps));
  }

  /** The first step whose command contains the words. */
  public Step step(String words) {
    return steps.stream()
        .filter(s -> s.command().contains(words))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(name + " has no " + words));
  }
}
