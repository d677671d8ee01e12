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

    /** True if the command changes nothing, so that it may be called again. */
    default boolean reads() {
      return false;
    }

    /** How many services have come or left so far. */
    default long changes() {
      return 0;
    }

    /** True once the program itself ends, as by SIGTERM; what fails then fails for that. */
    default boolean ending() {
      return false;
    }
  }

  /** How often a command that only reads is called when bundles are replaced all the time. */
  private static final int CALLS = 20;

  private final String name;
  private final Lender lender;
  private final ViewRenderer renderer;
  private final Tapes tapes;

  public CommandFunction(String name, Lender lender, ViewRenderer renderer, Tapes tapes) {
    this.name = name;
    this.lender = lender;
    this.renderer = renderer;
    this.tapes = tapes;
  }

  /** Never throws for a failed command: the failure is printed and becomes the exit code. */
  @Override
  public Object execute(CommandSession session, List<Object> arguments) {
    ShellContext context = ShellContext.of(session);
    if (context.interrupted() || lender.ending()) {
      throw new ReportedFailure(interruptedCode(), "Interrupted.");
    }
    Call call = new Call(session, context, Process.Utils.current(), arguments);
    context.enter(Thread.currentThread());
    try {
      return guarded(call);
    } finally {
      context.leave(Thread.currentThread());
      // What Ctrl-C meant was done; whatever prints next on this thread must not be cut short.
      Thread.interrupted();
    }
  }

  private Object guarded(Call call) {
    boolean reads = lender.reads();
    for (int calls = 1; ; calls++) {
      long changes = lender.changes();
      try {
        return lender.lend(command -> run(call, command)).orElseThrow(this::gone);
      } catch (ExitRequest | ReportedFailure e) {
        throw e;
      } catch (RuntimeException | LinkageError e) {
        if (lender.ending()) {
          return failed(call, interrupted());
        }
        boolean swapped = lender.changes() != changes;
        if (!reads || !swapped || calls == CALLS || call.context.interrupted()) {
          return failed(call, known(call, e));
        }
      }
    }
  }

  private HoraiException known(Call call, Throwable failure) {
    if (failure instanceof HoraiException known) {
      return known;
    }
    return call.context.interrupted() ? interrupted() : Failures.defect(name, failure);
  }

  private CommandResult run(Call call, Command command) {
    CommandSpec spec = command.spec();
    List<String> given = Words.of(call.arguments);
    ParsedWords words = WordParser.parse(spec, given);
    call.verbose = words.flag(CommonOptions.VERBOSE);
    ShellContext.Settings settings = call.context.settings();
    StreamTalk talk =
        new StreamTalk(
            call.stream(2),
            call.look(2),
            call.context.asker(),
            words.flag(CommonOptions.QUIET) || settings.quiet(),
            words.flag(CommonOptions.YES) || settings.yes());
    String format = words.option(CommonOptions.OUTPUT).or(settings::output).orElse("table");
    Pieces pieces = new Pieces(renderer, format, call.stream(1), talk, call.look(1));
    Invocation invocation =
        new BoundInvocation(spec, words, settings, talk, pieces, call.session.currentDir());
    if (words.flag(CommonOptions.HELP)) {
      return show(call, text(call, HelpText.command(spec), format));
    }
    boolean nesting = command instanceof SessionCommand;
    try (Tapes.Turn turn =
        tapes.turn(displayed(spec), given, words, nesting, invocation::path, talk::say)) {
      CommandResult last = result(call, command, invocation, talk, turn);
      CommandResult whole = pieces.with(last);
      turn.ended(whole.exitCode(), whole.text());
      show(call, last);
      return whole;
    }
  }

  private static String displayed(CommandSpec spec) {
    return spec.scope().equals("shell") ? spec.function() : spec.name();
  }

  /** What the command has to show, once it is known to be worth something. */
  private CommandResult result(
      Call call, Command command, Invocation invocation, StreamTalk talk, Tapes.Turn turn) {
    try {
      View view =
          command instanceof SessionCommand own
              ? own.run(invocation, call.session)
              : command.run(invocation);
      return text(call, view, invocation.output());
    } catch (RuntimeException e) {
      throw turn.failed(e);
    } finally {
      talk.clear();
    }
  }

  private CommandResult text(Call call, View view, String format) {
    String text = renderer.render(view, format, call.look(1));
    return new CommandResult(view, text, format.equals("name"));
  }

  private static CommandResult show(Call call, CommandResult result) {
    PrintStream out = call.stream(1);
    out.print(result.text());
    out.flush();
    if (result.exitCode() != 0) {
      call.context.failed();
      call.process.error(result.exitCode());
    }
    return result;
  }

  private Object failed(Call call, HoraiException failure) {
    Thread.interrupted();
    if (call.context.interrupted() && call.look(2).live()) {
      call.stream(2).print(StreamTalk.CLEAR_LINE); // over the ^C that the terminal shows
    }
    Failures.print(failure, call.stream(2), call.look(2));
    if (call.verbose && failure.getCause() != null) {
      failure.getCause().printStackTrace(call.stream(2));
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

    PrintStream stream(int stream) {
      return context.stream(process, stream);
    }

    /** Colours and live lines only where the stream was not redirected, piped or captured. */
    Look look(int stream) {
      Look look = stream == 1 ? context.outLook() : context.errLook();
      boolean direct = process.isTty(stream) && !(stream == 1 && context.captured());
      return direct ? look : Look.plain(look.unicode());
    }
  }
}
