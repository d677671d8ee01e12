package org.horai.shell.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.command.Command;
import org.horai.api.command.CommandName;
import org.horai.api.command.CommandSpec;
import org.horai.api.command.CommandSpec.Argument;
import org.horai.api.command.CommandSpec.Example;
import org.horai.api.command.CommandSpec.Option;
import org.horai.api.command.Invocation;
import org.horai.api.command.View;
import org.horai.shell.model.HelpMarkdown;
import org.horai.shell.model.HelpText;
import org.horai.shell.model.Similar;
import org.horai.shell.script.Builtins;
import org.horai.shell.script.CommandDirectory;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code help}: all commands, one, those of a scope, or an error code. */
@Component(service = Command.class)
@CommandName(scope = "shell", function = "help", reads = true)
public final class HelpCommand implements Command {
  private final CommandDirectory directory;

  @Activate
  public HelpCommand(@Reference CommandDirectory directory) {
    this.directory = directory;
  }

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "shell",
        "help",
        "explain commands and error codes",
        "",
        List.of(
            new Argument(
                "topic",
                "a command, a scope such as chronos, an error code, or providers",
                false,
                false,
                "topic")),
        List.of(Option.flag("markdown", "print the pages of the commands as Markdown")),
        List.of(
            new Example("help", "list all commands"),
            new Example("help platform:swap", "explain one command"),
            new Example("help HOR-041", "explain an error code")));
  }

  @Override
  public View run(Invocation invocation) {
    Optional<String> topic = invocation.argument("topic");
    if (invocation.flag("markdown")) {
      return markdown(topic.map(this::matching).orElseGet(directory::specs));
    }
    return topic.map(this::page).orElseGet(() -> HelpText.overview(directory.specs()));
  }

  private View page(String topic) {
    if (topic.equals(HelpText.PROVIDERS)) {
      return HelpText.providers(directory.specs());
    }
    List<CommandSpec> found = matching(topic);
    if (found.size() == 1 && !found.get(0).scope().equals(topic)) {
      return HelpText.command(found.get(0));
    }
    if (!found.isEmpty() && found.stream().allMatch(spec -> spec.scope().equals(topic))) {
      return HelpText.scope(topic, found);
    }
    if (!found.isEmpty()) {
      return HelpText.overview(found);
    }
    if (Builtins.NAMES.contains(topic)) {
      return HelpText.word(topic, Builtins.EXPLAINED.contains(topic));
    }
    String code = topic.toUpperCase(Locale.ROOT);
    return directory.codes().stream()
        .filter(known -> known.id().equals(code))
        .findFirst()
        .map(HelpText::code)
        .orElseThrow(() -> unknown(topic));
  }

  /** A scope's commands; else the command of this name, in front of all a bare one of the shell. */
  private List<CommandSpec> matching(String topic) {
    List<CommandSpec> specs = directory.specs();
    List<CommandSpec> scope = specs.stream().filter(spec -> spec.scope().equals(topic)).toList();
    if (!scope.isEmpty()) {
      return scope;
    }
    Optional<CommandSpec> exact = directory.spec(topic).or(() -> directory.spec("shell:" + topic));
    return exact
        .map(List::of)
        .orElseGet(() -> specs.stream().filter(spec -> spec.function().equals(topic)).toList());
  }

  private HoraiException unknown(String topic) {
    List<String> known = new ArrayList<>(directory.names());
    directory.names().forEach(name -> known.add(name.substring(0, name.indexOf(':'))));
    directory.names().forEach(name -> known.add(name.substring(name.indexOf(':') + 1)));
    directory.codes().forEach(code -> known.add(code.id()));
    List<String> near = Similar.to(topic, known);
    return new HoraiException(
        CommonErrors.NOT_FOUND,
        "no help for \"" + topic + "\"",
        near.isEmpty() ? "" : "did you mean " + String.join(" or ", near) + "?",
        "help");
  }

  private static View markdown(List<CommandSpec> specs) {
    String text =
        new TreeMap<>(specs.stream().collect(Collectors.groupingBy(CommandSpec::scope)))
            .entrySet().stream()
                .map(scope -> HelpMarkdown.page(scope.getKey(), scope.getValue()))
                .collect(Collectors.joining());
    return View.of(text, View.Line.of(text.stripTrailing()));
  }
}
