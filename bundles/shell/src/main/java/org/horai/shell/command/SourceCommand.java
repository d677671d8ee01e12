package org.horai.shell.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.horai.shell.script.Scripts;
import org.horai.shell.script.SessionCommand;
import org.osgi.service.component.annotations.Component;

/** {@code source FILE}: runs a script in this session. */
@Component(service = Command.class)
@CommandName(scope = "shell", function = "source")
public final class SourceCommand implements SessionCommand {
  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "shell",
        "source",
        "run a script in this shell",
        "Its variables stay; it stops at the first failure, like horai run FILE.",
        List.of(
            new Argument("file", "the script", true, false, "file"),
            new Argument("arg", "$1, $2 and so on of the script", false, true, "")),
        List.of(),
        List.of(
            new Example("source examples/deploy-ha.gogo", "run a script"),
            new Example("source deploy.gogo prod 5", "run it with arguments")));
  }

  @Override
  public View run(Invocation invocation, CommandSession session) {
    String name = invocation.required("file");
    Path file = invocation.path(name);
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw new HoraiException(
          CommonErrors.NOT_FOUND,
          "script " + name + " cannot be run",
          Files.exists(file) ? "it cannot be read as UTF-8 text" : "there is no such file",
          "help source",
          e);
    }
    int code = Scripts.run(session, text, Optional.of(name), invocation.arguments("arg"));
    return new View(Map.of("exitCode", code), List.of(), List.of(), code);
  }
}
