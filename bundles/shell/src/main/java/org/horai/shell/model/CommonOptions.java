package org.horai.shell.model;

import java.util.List;
import java.util.Optional;
import org.horai.api.command.CommandSpec.Option;

/** The options every command has. */
public final class CommonOptions {
  public static final String HELP = "help";
  public static final String OUTPUT = "output";
  public static final String YES = "yes";
  public static final String WAIT = "wait";
  public static final String QUIET = "quiet";
  public static final String VERBOSE = "verbose";
  public static final String CLUSTER = "cluster";
  public static final String RECORD = "record";
  public static final String REPLAY = "replay";

  /** The values of {@link #OUTPUT}. */
  public static final List<String> FORMATS =
      List.of("table", "wide", "json", "jsonl", "yaml", "name");

  private static final List<Option> ALL =
      List.of(
          new Option(
              OUTPUT,
              "o",
              Optional.of("FORMAT"),
              "how to show the result: table, wide, json, jsonl, yaml or name",
              "",
              FORMATS,
              ""),
          Option.flag(YES, "answer every question with yes"),
          Option.value(WAIT, "DURATION", "how long to wait, such as 90s or 10m", ""),
          Option.flag(QUIET, "no talk on stderr but warnings and errors"),
          new Option(VERBOSE, "v", Optional.empty(), "tell more", "", List.of(), ""),
          new Option(
              CLUSTER,
              "",
              Optional.of("NAME"),
              "the cluster to work on instead of the selected one",
              "",
              List.of(),
              "cluster"),
          Option.value(
              RECORD, "FILE.zip", "keep all that is asked and answered, secrets masked", ""),
          Option.value(REPLAY, "FILE.zip", "answer from a recording; nothing is contacted", ""),
          new Option(HELP, "h", Optional.empty(), "show the help", "", List.of(), ""));

  private CommonOptions() {}

  /** All of them, in the order the help shows them. */
  public static List<Option> all() {
    return ALL;
  }
}
