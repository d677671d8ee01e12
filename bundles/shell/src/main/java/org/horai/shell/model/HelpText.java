package org.horai.shell.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.horai.api.ErrorCode;
import org.horai.api.command.CommandSpec;
import org.horai.api.command.CommandSpec.Argument;
import org.horai.api.command.CommandSpec.Option;
import org.horai.api.command.View;
import org.horai.api.command.View.Block;
import org.horai.api.command.View.Line;
import org.horai.api.command.View.Pairs;
import org.horai.api.command.View.Style;

/** Help pages made from what commands and error codes declare. */
public final class HelpText {
  /** The exit codes of the program and of every command. */
  public static final Map<String, String> EXIT_CODES = exitCodes();

  /** The topic of where networks come from. */
  public static final String PROVIDERS = "providers";

  private HelpText() {}

  /** One line: {@code chronos:apply [PLAN] [--stop-start]}. */
  public static String usage(CommandSpec spec) {
    return Stream.concat(
            Stream.of(WordParser.displayName(spec)),
            Stream.concat(
                spec.arguments().stream().map(HelpText::argument),
                spec.options().stream().map(option -> "[" + option(option, false) + "]")))
        .collect(Collectors.joining(" "));
  }

  /** The page of one command. */
  public static View command(CommandSpec spec) {
    List<Block> page = new ArrayList<>();
    page.add(new Line(WordParser.displayName(spec) + " - " + spec.summary(), Style.STRONG));
    if (!spec.description().isEmpty()) {
      page.add(Line.of(""));
      page.add(Line.of(spec.description()));
    }
    heading(page, "USAGE");
    page.add(Line.of("  " + usage(spec)));
    if (!spec.arguments().isEmpty()) {
      heading(page, "ARGUMENTS");
      page.add(
          pairs(spec.arguments().stream().collect(toPairs(HelpText::argument, HelpText::meaning))));
    }
    if (!spec.options().isEmpty()) {
      heading(page, "OPTIONS");
      page.add(pairs(optionPairs(spec.options())));
    }
    heading(page, "OPTIONS OF EVERY COMMAND");
    List<Option> common = new ArrayList<>(WordParser.options(spec));
    common.removeAll(spec.options());
    page.add(pairs(optionPairs(common)));
    heading(page, "EXAMPLES");
    spec.examples()
        .forEach(
            example -> {
              page.add(Line.of("  " + example.line()));
              page.add(new Line("      " + example.description(), Style.DIM));
            });
    return new View(data(spec), List.of(spec.name()), page, 0);
  }

  /** The overview: all commands by scope. */
  public static View overview(List<CommandSpec> specs) {
    List<Block> page = new ArrayList<>();
    new TreeMap<>(specs.stream().collect(Collectors.groupingBy(CommandSpec::scope)))
        .forEach((scope, commands) -> page.addAll(scopeBlocks(scope, commands)));
    page.remove(0);
    page.add(Line.of(""));
    page.add(
        Line.of("help COMMAND, help SCOPE, help CODE or help providers tell more; TAB completes."));
    page.add(Line.of("Lines also know pipes, &, each, if, try, grep, sort, wc: docs/scripting.md"));
    return new View(specs.stream().map(HelpText::data).toList(), names(specs), page, 0);
  }

  /** The commands of one scope. */
  public static View scope(String scope, List<CommandSpec> specs) {
    List<Block> page = new ArrayList<>(scopeBlocks(scope, specs));
    page.remove(0);
    page.add(Line.of(""));
    page.add(Line.of("help " + WordParser.displayName(specs.get(0)) + " tells more of one."));
    return new View(specs.stream().map(HelpText::data).toList(), names(specs), page, 0);
  }

  /** Where networks come from, and the commands about them. */
  public static View providers(List<CommandSpec> specs) {
    List<Block> page = new ArrayList<>();
    page.add(
        new Line("Overlay networks come from providers, each a bundle of its own", Style.STRONG));
    page.add(Line.of(""));
    page.add(
        Line.of(
            "net:list shows those that are installed, net:compare what each can. One more is"
                + " installed by a jar dropped into deploy/, or by provider:install, which checks"
                + " who it is from. The cluster file chooses one, or net:use; net:migrate moves a"
                + " running Chronos to another. docs/networks.md tells of each,"
                + " docs/writing-a-provider.md how to make one."));
    List<CommandSpec> about =
        specs.stream().filter(spec -> List.of("net", "provider").contains(spec.scope())).toList();
    new TreeMap<>(about.stream().collect(Collectors.groupingBy(CommandSpec::scope)))
        .forEach((scope, commands) -> page.addAll(scopeBlocks(scope, commands)));
    return new View(about.stream().map(HelpText::data).toList(), names(about), page, 0);
  }

  /** A word of the language of scripts. */
  public static View word(String name, boolean explained) {
    String more = explained ? "; " + name + " --help tells what it takes" : "";
    String text = name + " is part of the language: docs/scripting.md" + more + ".";
    return new View(Map.of("name", name), List.of(name), List.of(Line.of(text)), 0);
  }

  /** The page of an error code. */
  public static View code(ErrorCode code) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("id", code.id());
    data.put("title", code.title());
    data.put("help", code.help());
    data.put("exitCode", code.category().exitCode());
    return new View(
        data,
        List.of(code.id()),
        List.of(
            new Line(code.id() + " - " + code.title(), Style.STRONG),
            Line.of(""),
            Line.of(code.help()),
            Line.of(""),
            new Line(
                "Category "
                    + code.category().name().toLowerCase(Locale.ROOT)
                    + ", exit code "
                    + code.category().exitCode(),
                Style.DIM)),
        0);
  }

  private static List<Block> scopeBlocks(String scope, List<CommandSpec> specs) {
    Map<String, String> pairs = new LinkedHashMap<>();
    specs.stream()
        .sorted(Comparator.comparing(CommandSpec::name))
        .forEach(spec -> pairs.put("  " + WordParser.displayName(spec), spec.summary()));
    return List.of(
        Line.of(""), new Line(scope.toUpperCase(Locale.ROOT), Style.STRONG), new Pairs(pairs));
  }

  private static void heading(List<Block> page, String title) {
    page.add(Line.of(""));
    page.add(new Line(title, Style.STRONG));
  }

  private static Pairs pairs(Map<String, String> pairs) {
    Map<String, String> indented = new LinkedHashMap<>();
    pairs.forEach((key, value) -> indented.put("  " + key, value));
    return new Pairs(indented);
  }

  static Map<String, String> optionPairs(List<Option> options) {
    return options.stream().collect(toPairs(option -> option(option, true), HelpText::meaning));
  }

  static <T> java.util.stream.Collector<T, ?, Map<String, String>> toPairs(
      java.util.function.Function<T, String> key, java.util.function.Function<T, String> value) {
    return Collectors.toMap(key, value, (first, second) -> first, LinkedHashMap::new);
  }

  static String argument(Argument argument) {
    String name = argument.name().toUpperCase(Locale.ROOT) + (argument.repeated() ? "..." : "");
    return argument.required() ? name : "[" + name + "]";
  }

  static String option(Option option, boolean letter) {
    String name = (letter && !option.letter().isEmpty() ? "-" + option.letter() + ", " : "") + "--";
    return name + option.name() + option.value().map(value -> " " + value).orElse("");
  }

  static String meaning(Argument argument) {
    return argument.description();
  }

  static String meaning(Option option) {
    List<String> notes = new ArrayList<>();
    if (!option.choices().isEmpty() && !option.name().equals(CommonOptions.OUTPUT)) {
      notes.add("one of " + String.join(", ", option.choices()));
    }
    if (!option.defaultValue().isEmpty()) {
      notes.add("default " + option.defaultValue());
    }
    return option.description() + (notes.isEmpty() ? "" : " (" + String.join("; ", notes) + ")");
  }

  private static List<String> names(List<CommandSpec> specs) {
    return specs.stream().map(WordParser::displayName).sorted().toList();
  }

  private static Map<String, Object> data(CommandSpec spec) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("name", spec.name());
    data.put("summary", spec.summary());
    data.put("usage", usage(spec));
    data.put("examples", spec.examples().stream().map(CommandSpec.Example::line).toList());
    return data;
  }

  private static Map<String, String> exitCodes() {
    Map<String, String> codes = new LinkedHashMap<>();
    codes.put("0", "done, or nothing to do");
    codes.put("1", "a step, check or drill failed");
    codes.put("2", "wrong use: unknown command, option or name, bad file");
    codes.put("3", "a host, ZooKeeper, Mesos, Marathon or Chronos cannot be reached");
    codes.put("4", "refused: plan stale, cluster locked, not confirmed, guarded");
    codes.put("5", "timed out while waiting; the change may still be going on");
    codes.put("10", "--detailed-exitcode: the plan has changes");
    codes.put("70", "a defect of Horai");
    codes.put("130", "interrupted");
    return java.util.Collections.unmodifiableMap(codes);
  }
}
