package org.horai.shell.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.horai.api.ErrorCode;
import org.horai.api.command.CommandSpec;
import org.horai.api.command.CommandSpec.Argument;
import org.horai.api.command.CommandSpec.Option;
import org.horai.shell.model.HelpText;
import org.horai.shell.model.WordParser;
import org.horai.shell.script.Builtins;
import org.horai.shell.script.CommandDirectory;

/** What may stand at a place of a line. */
final class Suggestions {
  /** Completion kind of arguments that are files. */
  static final String FILE = "file";

  /** Completion kind of what {@code help} knows. */
  static final String TOPIC = "topic";

  private final CommandDirectory directory;

  /** A word that may stand there, and what it means. */
  record Suggestion(String word, String description) {
    static Suggestion of(String word) {
      return new Suggestion(word, "");
    }
  }

  /**
   * The answer for one place.
   *
   * @param files true if file names may stand there too
   */
  record Answer(List<Suggestion> words, boolean files) {
    static final Answer NOTHING = new Answer(List.of(), false);
  }

  Suggestions(CommandDirectory directory) {
    this.directory = directory;
  }

  /**
   * Suggests.
   *
   * @param words of the statement, the command first
   * @param index of the word to complete
   */
  Answer at(List<String> words, int index) {
    if (index == 0) {
      return new Answer(word(words, 0).isEmpty() ? commands() : all(), false);
    }
    Optional<CommandSpec> spec = spec(words.get(0));
    if (spec.isEmpty()) {
      return new Answer(List.of(), true);
    }
    return inCommand(
        spec.get(), words.subList(1, Math.min(index, words.size())), word(words, index));
  }

  private static String word(List<String> words, int index) {
    return index < words.size() ? words.get(index) : "";
  }

  private Optional<CommandSpec> spec(String name) {
    return directory.spec(name.contains(":") ? name : "shell:" + name);
  }

  private Answer inCommand(CommandSpec spec, List<String> before, String current) {
    List<Option> options = WordParser.options(spec);
    if (current.startsWith("-")) {
      int equals = current.indexOf('=');
      return equals < 0
          ? new Answer(options(options, before), false)
          : behindEquals(options, current.substring(0, equals), before);
    }
    if (!before.isEmpty()) {
      Optional<Option> opened =
          find(options, before.get(before.size() - 1)).filter(option -> option.value().isPresent());
      if (opened.isPresent()) {
        return values(opened.get(), current, before);
      }
    }
    Optional<Argument> argument = argument(spec, options, before);
    if (argument.isEmpty()) {
      return new Answer(options(options, before), false);
    }
    return values(argument.get().completion(), current, before);
  }

  private Answer behindEquals(List<Option> options, String written, List<String> before) {
    Answer values =
        find(options, written).map(option -> values(option, "", before)).orElse(Answer.NOTHING);
    return new Answer(
        values.words().stream()
            .map(value -> new Suggestion(written + "=" + value.word(), value.description()))
            .toList(),
        false);
  }

  private Answer values(Option option, String current, List<String> before) {
    if (!option.choices().isEmpty()) {
      return new Answer(option.choices().stream().map(Suggestion::of).toList(), false);
    }
    boolean file = option.value().filter(kind -> kind.contains("FILE")).isPresent();
    return values(
        option.completion().isEmpty() && file ? FILE : option.completion(), current, before);
  }

  private Answer values(String kind, String current, List<String> before) {
    if (kind.equals(TOPIC)) {
      return new Answer(current.isEmpty() ? topics() : topicsAndCodes(), false);
    }
    if (kind.isEmpty() || kind.equals(FILE)) {
      return new Answer(List.of(), kind.equals(FILE));
    }
    return new Answer(
        directory.candidates(kind, before).stream().map(Suggestion::of).toList(), false);
  }

  private static Optional<Argument> argument(
      CommandSpec spec, List<Option> options, List<String> before) {
    int position = 0;
    boolean value = false;
    for (String word : before) {
      Optional<Option> option = find(options, word);
      if (!value && option.isEmpty() && !word.startsWith("-")) {
        position++;
      }
      value = option.filter(found -> found.value().isPresent()).isPresent();
    }
    List<Argument> arguments = spec.arguments();
    if (position < arguments.size()) {
      return Optional.of(arguments.get(position));
    }
    return arguments.isEmpty() || !arguments.get(arguments.size() - 1).repeated()
        ? Optional.empty()
        : Optional.of(arguments.get(arguments.size() - 1));
  }

  private static Optional<Option> find(List<Option> options, String word) {
    return options.stream()
        .filter(
            option ->
                word.equals("--" + option.name())
                    || !option.letter().isEmpty() && word.equals("-" + option.letter()))
        .findFirst();
  }

  private static List<Suggestion> options(List<Option> options, List<String> before) {
    return options.stream()
        .filter(option -> !before.contains("--" + option.name()))
        .map(option -> new Suggestion("--" + option.name(), option.description()))
        .toList();
  }

  private List<Suggestion> commands() {
    List<Suggestion> commands = new ArrayList<>();
    for (CommandSpec spec : directory.specs()) {
      String name = spec.scope().equals("shell") ? spec.function() : spec.name();
      commands.add(new Suggestion(name, spec.summary()));
    }
    return commands;
  }

  /** Also the many words of the language, for who has begun one. */
  private List<Suggestion> all() {
    List<Suggestion> all = new ArrayList<>(commands());
    Builtins.NAMES.stream()
        .sorted()
        .forEach(name -> all.add(new Suggestion(name, "part of the language")));
    return all;
  }

  private List<Suggestion> topics() {
    List<Suggestion> topics = new ArrayList<>(commands());
    Set<String> scopes = new TreeSet<>();
    directory.names().forEach(name -> scopes.add(name.substring(0, name.indexOf(':'))));
    scopes.forEach(scope -> topics.add(new Suggestion(scope, "the commands " + scope + ":...")));
    topics.add(new Suggestion(HelpText.PROVIDERS, "networks and where they come from"));
    return topics;
  }

  private List<Suggestion> topicsAndCodes() {
    List<Suggestion> topics = new ArrayList<>(topics());
    for (ErrorCode code : directory.codes()) {
      topics.add(new Suggestion(code.id(), code.title()));
    }
    return topics;
  }
}
