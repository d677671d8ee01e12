package org.horai.shell.script;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.felix.gogo.runtime.CommandNotFoundException;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.apache.felix.service.command.Process;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.time.Durations;

/** How failures move through a script. */
final class ControlFlow {
  private ControlFlow() {}

  /** {@code sleep 2}, {@code sleep 0.5}, {@code sleep 500ms}: seconds unless a unit is given. */
  static Object sleep(CommandSession session, List<Object> arguments) throws InterruptedException {
    String time = arguments.size() == 1 ? String.valueOf(arguments.get(0)) : "";
    Optional<Duration> pause =
        time.matches("\\d{1,6}(\\.\\d{1,3})?")
            ? Optional.of(Duration.ofMillis(Math.round(Double.parseDouble(time) * 1000)))
            : Durations.parse(time);
    Duration wanted =
        pause.orElseThrow(
            () ->
                new HoraiException(
                    CommonErrors.USAGE, "sleep takes seconds, or a time such as 500ms", ""));
    new CountDownLatch(1).await(wanted.toMillis(), TimeUnit.MILLISECONDS);
    return null;
  }

  /** {@code throw "words"}: fails with these words, past everything but {@code try}. */
  static Object raise(CommandSession session, List<Object> arguments) {
    for (Object argument : arguments) {
      if (argument instanceof HoraiException || argument instanceof ReportedFailure) {
        throw (RuntimeException) argument;
      }
    }
    String words = arguments.stream().map(String::valueOf).collect(Collectors.joining(" "));
    throw new HoraiException(
        CommonErrors.FAILED, words.isEmpty() ? "the script gave up" : words, "");
  }

  /**
   * {@code try { body } [catch] { handler } [finally] { always }}. The handler finds the failure in
   * {@code $exception}. Ctrl-C and {@code exit} are not caught.
   */
  static Object attempt(CommandSession session, List<Object> arguments) throws Exception {
    List<Function> blocks = new ArrayList<>();
    boolean catches = true;
    for (Object argument : arguments) {
      if (argument instanceof Function block) {
        blocks.add(block);
      } else if ("finally".contentEquals(String.valueOf(argument))) {
        catches = blocks.size() > 1;
      } else if (!"catch".contentEquals(String.valueOf(argument))) {
        throw misused();
      }
    }
    if (blocks.isEmpty() || blocks.size() > 3) {
      throw misused();
    }
    boolean handler = catches && blocks.size() > 1;
    Function always = blocks.size() == 3 || !catches ? blocks.get(blocks.size() - 1) : null;
    return block(session, () -> attempt(session, blocks, handler, always));
  }

  private static Object attempt(
      CommandSession session, List<Function> blocks, boolean handler, Function always)
      throws Exception {
    try {
      return blocks.get(0).execute(session, null);
    } catch (ExitRequest e) {
      throw e;
    } catch (Exception e) {
      if (ShellContext.of(session).interrupted()) {
        throw e;
      }
      session.put("exception", kept(e));
      return handler ? blocks.get(1).execute(session, null) : null;
    } finally {
      if (always != null) {
        always.execute(session, null);
      }
    }
  }

  private static HoraiException misused() {
    return new HoraiException(
        CommonErrors.USAGE,
        "try takes one to three blocks",
        "try { body } catch { handler } finally { always }");
  }

  private static Exception kept(Exception failure) {
    return failure instanceof HoraiException known ? Failures.detached(known) : failure;
  }

  /** Something that runs blocks of a script. */
  interface Blocks {
    Object run() throws Exception;
  }

  /**
   * Runs what has blocks: when one of them failed, the statement it belongs to has failed. An
   * exception of {@code throw}, Ctrl-C and {@code exit} go on.
   */
  static Object block(CommandSession session, Blocks blocks) throws Exception {
    ShellContext context = ShellContext.of(session);
    Process process = Process.Utils.current();
    boolean captured = !process.isTty(1);
    if (captured) {
      context.beginCapture();
    }
    try {
      return blocks.run();
    } catch (ReportedFailure e) {
      if (context.interrupted()) {
        throw e;
      }
      process.error(e.exitCode());
      return null;
    } finally {
      if (captured) {
        context.endCapture();
      }
    }
  }

  /** Calls what a bare name stands for: a block kept in a variable, else a command. */
  static Object call(CommandSession session, List<Object> arguments) throws Exception {
    String name = String.valueOf(arguments.get(0));
    List<Object> rest = new ArrayList<>(arguments.subList(1, arguments.size()));
    if (session.get(name) instanceof Function block) {
      return block(session, () -> block.execute(session, rest));
    }
    if (session.get("*:" + name) instanceof Function command) {
      return command.execute(session, rest);
    }
    if (session.get("*:default") instanceof Function unknown) {
      return unknown.execute(session, new ArrayList<>(arguments));
    }
    throw new CommandNotFoundException(name);
  }

  /** Ends a block or parentheses: throws what was reported already. */
  static Object fail(CommandSession session, List<Object> arguments) {
    int status = status(session);
    String text =
        ShellContext.of(session)
            .lastFailure()
            .filter(failure -> failure.exitCode() == status)
            .map(HoraiException::toString)
            .orElse("a command failed with status " + status);
    throw new ReportedFailure(status, text);
  }

  private static int status(CommandSession session) {
    return session.get(ShellEngine.STATUS) instanceof Integer status && status != 0 ? status : 1;
  }
}
