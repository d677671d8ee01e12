package org.horai.shell.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;

/**
 * What {@code bin/horai} was called with.
 *
 * @param mode what to do
 * @param subject the line of {@code -c}, the file of {@code run}, or ""
 * @param arguments what follows it
 */
public record ProgramOptions(
    Mode mode,
    String subject,
    List<String> arguments,
    Optional<String> output,
    boolean yes,
    boolean quiet,
    boolean noColour,
    Optional<String> cluster,
    Optional<String> record,
    Optional<String> replay) {
  /** What the program is to do. */
  public enum Mode {
    INTERACTIVE,
    LINE,
    SCRIPT,
    HELP,
    VERSION
  }

  private static final List<String> KNOWN =
      List.of(
          "--output",
          "--yes",
          "--quiet",
          "--cluster",
          "--record",
          "--replay",
          "--no-color",
          "--help",
          "--version");

  public ProgramOptions {
    arguments = List.copyOf(arguments);
  }

  /**
   * Parses the words after {@code horai}: global options, then {@code -c LINE}, {@code run FILE
   * [ARG...]}, or nothing.
   *
   * @throws HoraiException USAGE for anything else
   */
  public static ProgramOptions parse(String... words) {
    return new Reader(words).read();
  }

  private static final class Reader {
    private final Deque<String> rest;
    private Optional<String> output = Optional.empty();
    private Optional<String> cluster = Optional.empty();
    private Optional<String> record = Optional.empty();
    private Optional<String> replay = Optional.empty();
    private boolean yes;
    private boolean quiet;
    private boolean noColour;

    Reader(String... words) {
      rest = new ArrayDeque<>(List.of(words));
    }

    ProgramOptions read() {
      while (!rest.isEmpty()) {
        String word = rest.poll();
        int equals = word.startsWith("--") ? word.indexOf('=') : -1;
        if (equals > 0) {
          rest.push(word.substring(equals + 1));
          word = word.substring(0, equals);
        }
        switch (word) {
          case "--output", "-o" -> output = Optional.of(format(value(word)));
          case "--cluster" -> cluster = Optional.of(value(word));
          case "--record" -> record = Optional.of(value(word));
          case "--replay" -> replay = Optional.of(value(word));
          case "--yes" -> yes = true;
          case "--quiet" -> quiet = true;
          case "--no-color" -> noColour = true;
          case "-h", "--help" -> {
            return options(Mode.HELP, "");
          }
          case "-V", "--version" -> {
            return options(Mode.VERSION, "");
          }
          case "-c" -> {
            return options(Mode.LINE, value(word));
          }
          case "run" -> {
            return options(Mode.SCRIPT, value(word));
          }
          default -> throw unknown(word);
        }
      }
      return options(Mode.INTERACTIVE, "");
    }

    private ProgramOptions options(Mode mode, String subject) {
      return new ProgramOptions(
          mode,
          subject,
          new ArrayList<>(rest),
          output,
          yes,
          quiet,
          noColour,
          cluster,
          record,
          replay);
    }

    private String value(String word) {
      if (rest.isEmpty()) {
        throw usage(word + " needs " + (word.equals("run") ? "a script" : "a value"), "");
      }
      return rest.poll();
    }

    private static String format(String format) {
      if (!CommonOptions.FORMATS.contains(format)) {
        throw usage(
            "--output cannot be \"" + format + "\"",
            "it is one of " + String.join(", ", CommonOptions.FORMATS));
      }
      return format;
    }

    private static HoraiException unknown(String word) {
      if (!word.startsWith("-")) {
        return usage(
            "\"" + word + "\" is not a way to start horai",
            "a command is run by horai -c '" + word + "', a script by horai run " + word);
      }
      List<String> near = Similar.to(word, KNOWN);
      return usage(
          "unknown option " + word,
          near.isEmpty() ? "" : "did you mean " + String.join(" or ", near) + "?");
    }

    private static HoraiException usage(String what, String why) {
      return new HoraiException(CommonErrors.USAGE, what, why, "horai --help");
    }
  }
}
