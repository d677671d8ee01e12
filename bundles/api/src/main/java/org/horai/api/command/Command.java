package org.horai.api.command;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A command of the shell. Register it as an OSGi service with {@link CommandName}; the shell makes
 * the Gogo command, the help, the completion and the rendering from {@link #spec()} and the
 * returned view.
 */
@ConsumerType
public interface Command {
  CommandSpec spec();

  /**
   * Runs it. Blocking; the thread is interrupted by Ctrl-C.
   *
   * @return what to show and the exit code; never null
   * @throws org.horai.api.HoraiException for every expected failure
   */
  View run(Invocation invocation);
}
