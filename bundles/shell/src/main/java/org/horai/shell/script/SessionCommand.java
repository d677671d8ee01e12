package org.horai.shell.script;

import org.apache.felix.service.command.CommandSession;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.command.Command;
import org.horai.api.command.Invocation;
import org.horai.api.command.View;

/** A command of the shell itself, which works on the session it is called in. */
public interface SessionCommand extends Command {
  /** Runs it in its session; otherwise as {@link Command#run}. */
  View run(Invocation invocation, CommandSession session);

  @Override
  default View run(Invocation invocation) {
    throw new HoraiException(
        CommonErrors.USAGE, spec().function() + " works in a session of the shell only", "help");
  }
}
