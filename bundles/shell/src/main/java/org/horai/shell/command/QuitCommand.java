package org.horai.shell.command;

import org.horai.api.command.Command;
import org.horai.api.command.CommandName;
import org.horai.api.command.CommandSpec;
import org.osgi.service.component.annotations.Component;

/** {@code quit}: another name for {@code exit}. */
@Component(service = Command.class)
@CommandName(scope = "shell", function = "quit")
public final class QuitCommand extends ExitCommand {
  @Override
  public CommandSpec spec() {
    return spec("quit");
  }
}
