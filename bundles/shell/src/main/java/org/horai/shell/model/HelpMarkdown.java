package org.horai.shell.model;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.horai.api.command.CommandSpec;

/** The help of commands as Markdown pages, one for each scope. */
public final class HelpMarkdown {
  private HelpMarkdown() {}

  /** The page of one scope. */
  public static String page(String scope, List<CommandSpec> specs) {
    StringBuilder page = new StringBuilder("# ").append(scope).append("\n");
    specs.stream()
        .sorted(Comparator.comparing(CommandSpec::name))
        .forEach(spec -> page.append('\n').append(command(spec)));
    return page.toString();
  }

  /** The section of one command. */
  public static String command(CommandSpec spec) {
    StringBuilder text = new StringBuilder();
    text.append("## ").append(WordParser.displayName(spec)).append("\n\n");
    text.append(sentence(spec.summary())).append("\n\n```\n");
    text.append(HelpText.usage(spec)).append("\n```\n");
    if (!spec.description().isEmpty()) {
      text.append('\n').append(spec.description().strip()).append('\n');
    }
    Map<String, String> arguments =
        spec.arguments().stream().collect(HelpText.toPairs(HelpText::argument, HelpText::meaning));
    table(text, "Argument", arguments);
    table(text, "Option", HelpText.optionPairs(spec.options()));
    text.append("\nExamples:\n");
    spec.examples()
        .forEach(
            example ->
                text.append("\n- `")
                    .append(example.line())
                    .append("` - ")
                    .append(example.description()));
    return text.append('\n').toString();
  }

  private static void table(StringBuilder text, String title, Map<String, String> rows) {
    if (rows.isEmpty()) {
      return;
    }
    text.append("\n| ").append(title).append(" | Meaning |\n| --- | --- |\n");
    rows.forEach(
        (key, value) ->
            text.append("| `").append(cell(key)).append("` | ").append(cell(value)).append(" |\n"));
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("\n", " ");
  }

  private static String sentence(String summary) {
    String text = Character.toUpperCase(summary.charAt(0)) + summary.substring(1);
    return text.endsWith(".") ? text : text + ".";
  }
}
