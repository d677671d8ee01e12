package org.horai.api.command;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.horai.api.time.Deadline;

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

  /** The operator. */
  Talk talk();

  /** The deadline of {@code --wait}, or of this default. */
  Deadline deadline(Duration defaultLimit);

  /** Cluster named by {@code --cluster}; empty means the selected one. */
  Optional<String> cluster();

  /** Names given as {@code --output}: table, wide, json, yaml or name. */
  String output();

  /** Resolves a file name against the shell's directory. */
  java.nio.file.Path path(String fileName);
}
