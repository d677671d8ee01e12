package org.horai.sandbox.chronos;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A container's command with everything expanded that the container's shell would expand: {@code
 * $PORT0}, {@code $(hostname -i)}.
 *
 * @param argv the words, the program first
 * @param environment what the program finds in its environment, including assignments that stand in
 *     front of the command
 */
public record LaunchLine(List<String> argv, Map<String, String> environment) {

  private static final Pattern PREFIX =
      Pattern.compile("\\s*(?:exec\\s+|([A-Za-z_][A-Za-z0-9_]*)=(\"[^\"]*\"|'[^']*'|\\S*)\\s+)");
  private static final long LIMIT_SECONDS = 10;

  /** Copies both. */
  public LaunchLine {
    argv = List.copyOf(argv);
    environment = Map.copyOf(environment);
  }

  /**
   * Lets the real shell expand the command; blocks for some milliseconds, at most ten seconds.
   *
   * @param command as it stands in the app
   * @param environment the container's
   * @param tools put first in the PATH, for a {@code hostname} that knows the container's address
   * @throws IOException the shell refuses the command; the message is what it said
   */
  public static LaunchLine expand(String command, Map<String, String> environment, Path tools)
      throws IOException {
    StringBuilder exports = new StringBuilder();
    String rest = command;
    for (Matcher m = PREFIX.matcher(rest); m.lookingAt(); m = PREFIX.matcher(rest)) {
      if (m.group(1) != null) {
        exports.append("export ").append(m.group(1)).append('=').append(m.group(2)).append('\n');
      }
      rest = rest.substring(m.end());
    }
    String script =
        exports
            + "set -- "
            + rest
            + "\nfor a in \"$@\"; do printf '%s\\0' \"$a\"; done\n"
            + "printf '\\0'; env -0 2>/dev/null || :";
    String[] halves = run(script, environment, tools).split("\0\0", 2);
    Map<String, String> seen = new LinkedHashMap<>(environment);
    if (halves.length > 1) {
      for (String pair : halves[1].split("\0")) {
        int equals = pair.indexOf('=');
        if (equals > 0 && exports.indexOf("export " + pair.substring(0, equals) + "=") >= 0) {
          seen.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
      }
    }
    List<String> argv = Arrays.stream(halves[0].split("\0")).filter(w -> !w.isEmpty()).toList();
    return new LaunchLine(argv, seen);
  }

  private static String run(String script, Map<String, String> environment, Path tools)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", script);
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.environment().put("PATH", tools + ":/usr/bin:/bin");
    Process process = builder.start();
    try {
      process.getOutputStream().close();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException("the shell cannot expand the command: " + err.strip());
      }
      return out;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the command was expanded", e);
    } finally {
      process.destroyForcibly();
    }
  }
}
