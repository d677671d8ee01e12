package org.horai.shell.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.command.CommandSpec;
import org.horai.api.command.CommandSpec.Argument;
import org.horai.api.command.CommandSpec.Option;
import org.horai.api.time.Durations;

/** Sorts the words of a call by the declaration of its command. */
public final class WordParser {
  /** The end of a value's name by which an option takes several, joined by commas or repeated. */
  private static final String LIST = ",...";

  private final CommandSpec spec;
  private final List<String> positional = new ArrayList<>();
  private final Map<String, String> options = new HashMap<>();
  private final Set<String> flags = new HashSet<>();

  private WordParser(CommandSpec spec) {
    this.spec = spec;
  }

  /**
   * Parses {@code --opt v}, {@code --opt=v}, {@code -o v}, {@code -o=v}, flags, and words; after
   * {@code --} only words. With {@code --help} among the options nothing is checked.
   *
   * @throws HoraiException USAGE naming the word, the rule, and the nearest valid one
   */
  public static ParsedWords parse(CommandSpec spec, List<String> words) {
    WordParser parser = new WordParser(spec);
    if (asksForHelp(spec, words)) {
      return new ParsedWords(Map.of(), Map.of(), Set.of(CommonOptions.HELP));
    }
    parser.sort(words.iterator());
    return new ParsedWords(parser.arguments(), parser.options, parser.flags);
  }

  /** All options of a command: its own, then the common ones it does not redefine. */
  public static List<Option> options(CommandSpec spec) {
    Stream<Option> common =
        CommonOptions.all().stream()
            .filter(option -> spec.options().stream().noneMatch(own -> clash(own, option)));
    return Stream.concat(spec.options().stream(), common).toList();
  }

  private static boolean clash(Option own, Option common) {
    return own.name().equals(common.name());
  }

  private static boolean asksForHelp(CommandSpec spec, List<String> words) {
    int end = words.indexOf("--");
    List<String> looked = end < 0 ? words : words.subList(0, end);
    boolean ownLetter = spec.options().stream().anyMatch(option -> option.letter().equals("h"));
    return looked.contains("--help") || !ownLetter && looked.contains("-h");
  }

  private void sort(Iterator<String> words) {
    boolean onlyWords = false;
    while (words.hasNext()) {
      String word = words.next();
      if (onlyWords || !isOption(word)) {
        positional.add(word);
      } else if (word.equals("--")) {
        onlyWords = true;
      } else {
        option(word, words);
      }
    }
  }

  private static boolean isOption(String word) {
    return word.length() > 1 && word.charAt(0) == '-' && !word.matches("-\\d.*");
  }

  private void option(String word, Iterator<String> rest) {
    int equals = word.indexOf('=');
    String written = equals < 0 ? word : word.substring(0, equals);
    Option option = find(written);
    if (option.value().isEmpty()) {
      if (equals >= 0) {
        throw usage(written + " takes no value", "\"" + word + "\" gives one");
      }
      flags.add(option.name());
      return;
    }
    String kind = option.value().get();
    if (equals < 0 && !rest.hasNext()) {
      throw usage(written + " needs a value", "nothing follows; it takes " + kind);
    }
    String value = equals < 0 ? rest.next() : word.substring(equals + 1);
    checked(written, option, value);
    if (kind.endsWith(LIST)) {
      options.merge(option.name(), value, (before, more) -> before + "," + more);
    } else {
      options.put(option.name(), value);
    }
  }

  private Option find(String written) {
    List<Option> known = options(spec);
    Optional<Option> found =
        known.stream()
            .filter(
                option ->
                    written.equals("--" + option.name())
                        || !option.letter().isEmpty() && written.equals("-" + option.letter()))
            .findFirst();
    return found.orElseThrow(
        () ->
            usage(
                "unknown option " + written + " of " + displayName(spec),
                meant(written, known.stream().map(option -> "--" + option.name()).toList())));
  }

  private void checked(String written, Option option, String value) {
    if (!option.choices().isEmpty() && !option.choices().contains(value)) {
      throw usage(
          written + " cannot be \"" + value + "\"",
          "it is one of " + String.join(", ", option.choices()));
    }
    String kind = option.value().orElse("");
    if (kind.equals("DURATION") && Durations.parse(value).isEmpty()) {
      throw usage(
          written + " cannot be \"" + value + "\"",
          "a duration is a number and ms, s, m, h or d, such as 90s or 10m");
    }
    if (List.of("N", "NUMBER", "COUNT").contains(kind) && !value.matches("-?\\d{1,9}")) {
      throw usage(written + " cannot be \"" + value + "\"", "it takes a whole number");
    }
  }

  private Map<String, List<String>> arguments() {
    Map<String, List<String>> arguments = new HashMap<>();
    int next = 0;
    for (Argument argument : spec.arguments()) {
      int end = argument.repeated() ? positional.size() : Math.min(next + 1, positional.size());
      if (next >= end && argument.required()) {
        throw usage(
            displayName(spec) + " needs " + argument.name().toUpperCase(java.util.Locale.ROOT),
            argument.description());
      }
      if (next < end) {
        arguments.put(argument.name(), List.copyOf(positional.subList(next, end)));
        next = end;
      }
    }
    if (next < positional.size()) {
      throw usage(
          "\"" + positional.get(next) + "\" is one word too many for " + displayName(spec),
          "usage: " + HelpText.usage(spec));
    }
    return arguments;
  }

  private static String meant(String written, List<String> known) {
    List<String> near = Similar.to(written, known);
    return near.isEmpty() ? "" : "did you mean " + String.join(" or ", near) + "?";
  }

  /** The name as typed: commands of the shell itself have no scope in front. */
  static String displayName(CommandSpec spec) {
    return spec.scope().equals("shell") ? spec.function() : spec.name();
  }

  private HoraiException usage(String what, String why) {
    return new HoraiException(CommonErrors.USAGE, what, why, "help " + displayName(spec));
  }
}
