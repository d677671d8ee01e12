package org.horai.shell.script;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.felix.gogo.runtime.Parser.Program;
import org.apache.felix.gogo.runtime.SyntaxError;
import org.apache.felix.gogo.runtime.Token;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.apache.felix.service.command.Job;
import org.apache.felix.service.command.Result;
import org.horai.api.CommonErrors;
import org.horai.api.command.View.Style;
import org.horai.shell.model.CommandResult;

/** One session of the shell: runs lines and scripts and knows how they ended. */
public final class ShellEngine implements AutoCloseable {
  /** The session variable with the exit code of the last command. */
  public static final String STATUS = "status";

  private final CommandSession session;
  private final ShellContext context;
  private final PrintStream err;
  private volatile int status;
  private volatile CharSequence failed;

  /** Streams must be the real ones, not those Gogo has put into {@code System}. */
  public ShellEngine(
      CommandProcessor processor,
      InputStream in,
      PrintStream out,
      PrintStream err,
      ShellContext context) {
    this.context = context;
    this.err = err;
    this.session = processor.createSession(in, KeptOpen.of(out), KeptOpen.of(err));
    context.streams(out, err);
    session.put("SCOPE", "shell:" + Builtins.SCOPE);
    session.put(CommandSession.OPTION_NO_GLOB, true);
    session.put(".FormatPipe", false);
    session.put(STATUS, 0);
    context.attach(session);
    session.setJobListener((job, before, now) -> ended(job, before, now));
  }

  public CommandSession session() {
    return session;
  }

  private void ended(Job job, Job.Status before, Job.Status now) {
    if (now != Job.Status.Done || before == Job.Status.Background) {
      return;
    }
    Result result = job.result();
    int code = result == null ? 0 : code(result);
    session.put(STATUS, code);
    if (job.parent() == null) {
      status = code;
      failed = code == 0 ? null : job.command();
    }
  }

  private static int code(Result result) {
    return result.exception() == null ? result.error() : Failures.exitCode(result.exception());
  }

  /**
   * Runs a program until its first failure that nothing guards against.
   *
   * @param text the program
   * @param file its name for messages; empty for a typed line
   * @return the exit code; never throws
   */
  public int run(String text, Optional<String> file) {
    status = 0;
    failed = null;
    try {
      execute(text, file);
    } catch (Exception e) {
      Failures.report(e, err, context.errLook());
      status = Failures.exitCode(e);
    }
    if (status != 0 && context.exit().isEmpty()) {
      file.ifPresent(name -> err.println(stopped(name, text)));
    }
    session.put(STATUS, status);
    return context.exit().orElse(status);
  }

  private Object execute(String text, Optional<String> file) throws Exception {
    Program program;
    try {
      program = StrictProgram.of(text);
    } catch (SyntaxError e) {
      String where = file.orElse("the line") + ", line " + StrictProgram.errorLine(text);
      throw new ReportedFailure(2, syntaxError(where, e));
    }
    return session.execute(program);
  }

  private String syntaxError(String where, SyntaxError error) {
    String text = "Syntax error in " + where + ": " + error.getMessage();
    err.println(context.errLook().styled(Style.BAD, context.errLook().text(text)));
    return text;
  }

  private String stopped(String file, String text) {
    String where = "";
    if (failed instanceof Token token && token.start() <= text.length()) {
      long line = text.substring(0, token.start()).chars().filter(c -> c == '\n').count() + 1;
      where = " at line " + line;
    }
    // A program that a signal ends has that signal's exit code, which nobody here knows.
    boolean cut = status == CommonErrors.INTERRUPTED.category().exitCode();
    String end = cut ? ", interrupted" : ", exit code " + status;
    return context.errLook().styled(Style.DIM, file + " stopped" + where + end);
  }

  /** As {@link #run}, for a typed line: shows the value it results in. */
  public int line(String text, PrintStream out) {
    status = 0;
    context.beginLine();
    try {
      Object value = execute(text, Optional.empty());
      if (shown(value, text)) {
        session.put("_", value);
        out.println(session.format(value, Converter.INSPECT));
      }
    } catch (Exception e) {
      Failures.report(e, err, context.errLook());
      status = Failures.exitCode(e);
    }
    session.put(STATUS, status);
    return status;
  }

  /** Commands have shown their result themselves, and assignments are quiet. */
  private static boolean shown(Object value, String text) {
    return value != null
        && !(value instanceof CommandResult)
        && !(value instanceof Boolean)
        && !text.matches("(?s)\\s*[\\w.#\\\\]+\\s+=.*");
  }

  /** Sets {@code $0}, {@code $args}, {@code $1} and so on. */
  public void arguments(String script, List<String> arguments) {
    setArguments(session, script, arguments);
  }

  static void setArguments(CommandSession session, String script, List<String> arguments) {
    session.put("0", script);
    session.put("args", new java.util.ArrayList<Object>(arguments));
    for (int index = 0; index < arguments.size(); index++) {
      session.put(String.valueOf(index + 1), arguments.get(index));
    }
  }

  public void directory(Path directory) {
    session.currentDir(directory);
  }

  /** Ends the session and what still runs in it. */
  @Override
  public void close() {
    session.close();
  }
}
