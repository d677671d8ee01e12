package org.horai.api.command;

import java.util.List;
import java.util.Optional;

/**
 * What a command declares of itself; parser, help, completion and the generated pages are made from
 * it. The options every command has ({@code --help -o --yes --wait --quiet -v --cluster}) are not
 * listed.
 *
 * @param summary one line without a full stop
 * @param description paragraphs for the help, or ""
 * @param examples at least two, each runnable as written
 */
public record CommandSpec(
    String scope,
    String function,
    String summary,
    String description,
    List<Argument> arguments,
    List<Option> options,
    List<Example> examples) {
  public CommandSpec {
    arguments = List.copyOf(arguments);
    options = List.copyOf(options);
    examples = List.copyOf(examples);
  }

  /** The full name, scope and function. */
  public String name() {
    return scope + ":" + function;
  }

  /**
   * A positional argument.
   *
   * @param completion kind of live names offered, see {@link CompletionSource}, or ""
   * @param repeated true for the last one when it takes all that follow
   */
  public record Argument(
      String name, String description, boolean required, boolean repeated, String completion) {}

  /**
   * An option {@code --name VALUE} or {@code --name=VALUE}, or a flag.
   *
   * @param letter one-letter form without dash, or ""
   * @param value name of its value for the help, such as {@code FILE}; empty for a flag
   * @param defaultValue shown in the help and used when absent; "" for none
   * @param choices allowed values; empty for any
   */
  public record Option(
      String name,
      String letter,
      Optional<String> value,
      String description,
      String defaultValue,
      List<String> choices,
      String completion) {
    public Option {
      choices = List.copyOf(choices);
    }

    public static Option flag(String name, String description) {
      return new Option(name, "", Optional.empty(), description, "", List.of(), "");
    }

    public static Option value(String name, String value, String description, String defaultValue) {
      return new Option(name, "", Optional.of(value), description, defaultValue, List.of(), "");
    }
  }

  /** A runnable line and what it is for. */
  public record Example(String line, String description) {}
}
