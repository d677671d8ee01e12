package org.horai.shell.script;

import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Process;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.command.Command;
import org.horai.api.command.CommandSpec;
import org.horai.api.command.Invocation;
import org.horai.api.command.View;
import org.horai.shell.model.CommandResult;
import org.horai.shell.model.CommonOptions;
import org.horai.shell.model.HelpText;
import org.horai.shell.model.Look;
import org.horai.shell.model.ParsedWords;
import org.horai.shell.model.ViewRenderer;
import org.horai.shell.model.WordParser;
import org.horai.shell.model.Words;

/**
 * A command as a Gogo function: parses the words, runs the command, prints its view once, and turns
 * failures into the exit code of the statement.
 */
public final class CommandFunction implements org.apache.felix.service.command.Function {
  /** Lends the command for one call; gives empty when its bundle has gone. */
  public interface Lender {
    <T> Optional<T> lend(Function<Command, T> use);
  }

  private final String name;
  private final Lender lender;
  private final ViewRenderer renderer;

  public CommandFunction(String name, Lender lender, ViewRenderer renderer) {
    this.name = name;
    this.lender = lender;
    this.renderer = renderer;
  }

  /** Never throws for a failed command: the failure is printed and becomes the exit code. */
  @Override
  public Object execute(CommandSession session, List<Object> arguments) {
    ShellContext context = ShellContext.of(session);
    if (context.interrupted()) {
      throw new ReportedFailure(interruptedCode(), "Interrupted.");
    }
    Call call = new Call(session, context, Process.Utils.current(), arguments);
    context.enter(Thread.currentThread());
    try {
      return guarded(call);
    } finally {
      context.leave(Thread.currentThread());
    }
  }

  private Object guarded(Call call) {
    try {
      return lender.lend(command -> run(call, command)).orElseThrow(this::gone);
    } catch (ExitRequest | ReportedFailure e) {
      throw e;
    } catch (HoraiException e) {
      return failed(call, e);
    } catch (RuntimeException | LinkageError e) {
      return call.context.interrupted()
          ? failed(call, interrupted())
          : failed(call, Failures.defect(name, e));
    }
  }

  private CommandResult run(Call call, Command command) {
    CommandSpec spec = command.spec();
    ParsedWords words = WordParser.parse(spec, Words.of(call.arguments));
    call.verbose = words.flag(CommonOptions.VERBOSE);
    boolean help = words.flag(CommonOptions.HELP);
    ShellContext.Settings settings = call.context.settings();
    StreamTalk talk =
        new StreamTalk(
            call.process.err(),
            call.look(2),
            call.context.asker(),
            words.flag(CommonOptions.QUIET) || settings.quiet(),
            words.flag(CommonOptions.YES) || settings.yes());
    Invocation invocation =
        new BoundInvocation(spec, words, settings, talk, call.session.currentDir());
    View view;
    try {
      view = help ? HelpText.command(spec) : run(call, command, invocation);
    } finally {
      talk.clear();
    }
    return show(call, view, invocation.output());
  }

  private static View run(Call call, Command command, Invocation invocation) {
    return command instanceof SessionCommand own
        ? own.run(invocation, call.session)
        : command.run(invocation);
  }

  private CommandResult show(Call call, View view, String format) {
    String text = renderer.render(view, format, call.look(1));
    PrintStream out = call.process.out();
    out.print(text);
    out.flush();
    if (view.exitCode() != 0) {
      call.process.error(view.exitCode());
    }
    return new CommandResult(view, text, format.equals("name"));
  }

  private Object failed(Call call, HoraiException failure) {
    Thread.interrupted();
    Failures.print(failure, call.process.err(), call.look(2));
    if (call.verbose && failure.getCause() != null) {
      failure.getCause().printStackTrace(call.process.err());
    }
    HoraiException kept = Failures.detached(failure);
    call.context.failed(kept);
    call.session.put("exception", kept);
    if (call.context.interrupted()) {
      throw new ReportedFailure(interruptedCode(), kept.toString());
    }
    call.process.error(failure.exitCode());
    return null;
  }

  private HoraiException gone() {
    return new HoraiException(
        CommonErrors.PROVIDER_GONE,
        "command " + name + " is no longer there",
        "its bundle was stopped",
        "platform:list");
  }

  private static HoraiException interrupted() {
    return new HoraiException(CommonErrors.INTERRUPTED, "interrupted", "", "");
  }

  private static int interruptedCode() {
    return CommonErrors.INTERRUPTED.category().exitCode();
  }

  /** One call and what is known of it so far. */
  private static final class Call {
    private final CommandSession session;
    private final ShellContext context;
    private final Process process;
    private final List<Object> arguments;
    private boolean verbose;

    Call(CommandSession session, ShellContext context, Process process, List<Object> arguments) {
      this.session = session;
      this.context = context;
      this.process = process;
      this.arguments = arguments;
    }

    /** Colours and live lines only where the stream was not redirected, piped or captured. */
    Look look(int stream) {
      Look look = stream == 1 ? context.outLook() : context.errLook();
      boolean direct = process.isTty(stream) && !(stream == 1 && context.captured());
      return direct ? look : Look.plain(look.unicode());
    }
  }
}
