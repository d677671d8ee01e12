package org.horai.shell.script;

import java.util.List;
import java.util.function.Function;
import org.horai.api.command.Command;
import org.horai.api.command.CommandSpec;
import org.horai.api.command.CommandSpec.Argument;
import org.horai.api.command.CommandSpec.Example;
import org.horai.api.command.CommandSpec.Option;
import org.horai.api.command.Invocation;
import org.horai.api.command.View;

/** A command made of a lambda. */
public record Stub(CommandSpec spec, Function<Invocation, View> body) implements Command {
  public static Stub of(String name, Function<Invocation, View> body) {
    int colon = name.indexOf(':');
    return new Stub(
        new CommandSpec(
            name.substring(0, colon),
            name.substring(colon + 1),
            "do " + name,
            "",
            List.of(new Argument("word", "words", false, true, "job")),
            List.of(
                Option.value("count", "N", "how many", "3"),
                Option.flag("dry-run", "only say what would be done")),
            List.of(new Example(name, "first"), new Example(name + " x", "second"))),
        body);
  }

  @Override
  public View run(Invocation invocation) {
    return body.apply(invocation);
  }
}
