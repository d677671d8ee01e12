package org.horai.shell.command;

import java.util.List;
import org.apache.felix.service.command.CommandSession;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.command.Command;
import org.horai.api.command.CommandName;
import org.horai.api.command.CommandSpec;
import org.horai.api.command.CommandSpec.Argument;
import org.horai.api.command.CommandSpec.Example;
import org.horai.api.command.Invocation;
import org.horai.api.command.View;
import org.horai.shell.script.ExitRequest;
import org.horai.shell.script.SessionCommand;
import org.horai.shell.script.ShellContext;
import org.horai.shell.script.ShellEngine;
import org.osgi.service.component.annotations.Component;

/** {@code exit [CODE]}: ends the shell or the script. */
@Component(service = Command.class)
@CommandName(scope = "shell", function = "exit")
public class ExitCommand implements SessionCommand {
  @Override
  public CommandSpec spec() {
    return spec("exit");
  }

  static CommandSpec spec(String name) {
    return new CommandSpec(
        "shell",
        name,
        "leave the shell, or end the script",
        "Without a code a script ends with the code of its last command, the shell with 0.",
        List.of(new Argument("code", "the exit code, 0 to 255", false, false, "")),
        List.of(),
        List.of(new Example(name, "leave"), new Example(name + " 3", "leave with exit code 3")));
  }

  /** Never returns: the request passes through everything that runs. */
  @Override
  public View run(Invocation invocation, CommandSession session) {
    int code = invocation.argument("code").map(ExitCommand::code).orElseGet(() -> last(session));
    ShellContext.of(session).exit(code);
    throw new ExitRequest(code);
  }

  private static int last(CommandSession session) {
    boolean scripted = session.get("0") != null;
    return scripted && session.get(ShellEngine.STATUS) instanceof Integer status ? status : 0;
  }

  private static int code(String text) {
    if (!text.matches("\\d{1,3}") || Integer.parseInt(text) > 255) {
      throw new HoraiException(
          CommonErrors.USAGE,
          "the exit code cannot be \"" + text + "\"",
          "it is a number from 0 to 255",
          "help exit");
    }
    return Integer.parseInt(text);
  }
}
