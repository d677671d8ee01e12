package org.horai.shell.script;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.command.CommandSpec;
import org.horai.api.command.Invocation;
import org.horai.api.command.Talk;
import org.horai.api.command.View;
import org.horai.api.time.Deadline;
import org.horai.api.time.Durations;
import org.horai.shell.model.CommonOptions;
import org.horai.shell.model.ParsedWords;
import org.horai.shell.model.WordParser;

/** The words of a call with the declared defaults, the global options and the talk. */
record BoundInvocation(
    CommandSpec spec,
    ParsedWords words,
    ShellContext.Settings settings,
    Talk talk,
    Consumer<View> pieces,
    Path directory)
    implements Invocation {
  @Override
  public Optional<String> argument(String name) {
    return arguments(name).stream().findFirst();
  }

  @Override
  public List<String> arguments(String name) {
    return words.arguments().getOrDefault(name, List.of());
  }

  @Override
  public boolean flag(String option) {
    return words.flag(option) || option.equals(CommonOptions.YES) && settings.yes();
  }

  @Override
  public Optional<String> option(String name) {
    return words.option(name).or(() -> defaultOf(name));
  }

  private Optional<String> defaultOf(String name) {
    return WordParser.options(spec).stream()
        .filter(option -> option.name().equals(name) && !option.defaultValue().isEmpty())
        .map(CommandSpec.Option::defaultValue)
        .findFirst();
  }

  @Override
  public int number(String option) {
    String text = option(option).orElse("");
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new HoraiException(
          CommonErrors.USAGE,
          "--" + option + " cannot be \"" + text + "\"",
          "it takes a whole number",
          "help " + spec.name());
    }
  }

  @Override
  public Deadline deadline(Duration defaultLimit) {
    return Deadline.after(
        words.option(CommonOptions.WAIT).flatMap(Durations::parse).orElse(defaultLimit));
  }

  @Override
  public void show(View piece) {
    pieces.accept(piece);
  }

  @Override
  public Optional<String> cluster() {
    return words.option(CommonOptions.CLUSTER).or(settings::cluster);
  }

  @Override
  public String output() {
    return words.option(CommonOptions.OUTPUT).or(settings::output).orElse("table");
  }

  @Override
  public Path path(String fileName) {
    if (fileName.equals("~") || fileName.startsWith("~/")) {
      return Path.of(System.getProperty("user.home") + fileName.substring(1)).normalize();
    }
    return directory.resolve(fileName).normalize();
  }
}
