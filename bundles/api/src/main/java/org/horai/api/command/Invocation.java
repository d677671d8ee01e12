package org.horai.api.command;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.time.Deadline;
import org.horai.api.time.Durations;

/** One call of a command: its parsed words, and the operator at the other end. */
public interface Invocation {
  /** A positional argument by name. */
  Optional<String> argument(String name);

  /** A required argument; the parser has made sure that it is there. */
  default String required(String name) {
    return argument(name).orElseThrow();
  }

  /** All words of a repeated argument. */
  List<String> arguments(String name);

  boolean flag(String option);

  /** The option's value, or its default unless that is "". */
  Optional<String> option(String name);

  /**
   * A whole number.
   *
   * @throws org.horai.api.HoraiException USAGE when it is none
   */
  int number(String option);

  /**
   * A duration such as {@code 20s} or {@code 5m}.
   *
   * @throws HoraiException USAGE when the option is missing or is none
   */
  default Duration duration(String option) {
    String text = option(option).orElse("");
    return Durations.parse(text)
        .orElseThrow(
            () ->
                new HoraiException(
                    CommonErrors.USAGE,
                    "--" + option + " \"" + text + "\" is not a duration",
                    "write a number and a unit, such as 20s, 5m or 2h"));
  }

  /** The operator. */
  Talk talk();

  /** The deadline of {@code --wait}, or of this default. */
  Deadline deadline(Duration defaultLimit);

  /** Cluster named by {@code --cluster}; empty means the selected one. */
  Optional<String> cluster();

  /**
   * Shows a piece of the result at once, on stdout, for commands that follow something: with {@code
   * -o json} and {@code -o jsonl} as one JSON object on a line. What the command returns is shown
   * behind the pieces; {@link View#shown} when they are all. Thread-safe.
   */
  default void show(View piece) {
    throw new UnsupportedOperationException("this call shows its result at the end only");
  }

  /** Names given as {@code --output}: table, wide, json, jsonl, yaml or name. */
  String output();

  /** Resolves a file name against the shell's directory. */
  java.nio.file.Path path(String fileName);
}
