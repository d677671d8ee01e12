package org.horai.shell.script;

import java.util.List;
import java.util.Optional;
import org.apache.felix.gogo.runtime.SyntaxError;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Process;
import org.horai.shell.model.Look;

/** Runs programs inside of a command, in the command's session. */
public final class Scripts {
  private Scripts() {}

  /**
   * Runs until the first failure that nothing guards against.
   *
   * @param file name for messages; empty for a line
   * @param arguments become {@code $1} and so on when there are any
   * @return the exit code
   * @throws ExitRequest when the program asks to end the shell
   */
  public static int run(
      CommandSession session, String text, Optional<String> file, List<String> arguments) {
    Process process = Process.Utils.current();
    Look look = ShellContext.of(session).errLook();
    if (!arguments.isEmpty()) {
      ShellEngine.setArguments(session, file.orElse(""), arguments);
    }
    session.put(ShellEngine.STATUS, 0);
    try {
      session.execute(StrictProgram.of(text));
      return session.get(ShellEngine.STATUS) instanceof Integer status ? status : 0;
    } catch (SyntaxError e) {
      String where = file.orElse("the command") + ", line " + StrictProgram.errorLine(text);
      process.err().println("Syntax error in " + where + ": " + e.getMessage());
      return 2;
    } catch (ExitRequest e) {
      throw e;
    } catch (Exception e) {
      if (ShellContext.of(session).interrupted()) {
        throw new ReportedFailure(Failures.exitCode(e), "Interrupted.");
      }
      Failures.report(e, process.err(), look);
      return Failures.exitCode(e);
    }
  }
}
