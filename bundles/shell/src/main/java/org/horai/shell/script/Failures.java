package org.horai.shell.script;

import java.io.EOFException;
import java.io.PrintStream;
import java.util.concurrent.ExecutionException;
import org.apache.felix.gogo.runtime.CommandNotFoundException;
import org.apache.felix.gogo.runtime.SyntaxError;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.command.View.Style;
import org.horai.shell.model.FailureText;
import org.horai.shell.model.Look;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Failures as text for the operator and as exit codes. */
public final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  private Failures() {}

  /** The exit code a failure stands for. */
  public static int exitCode(Throwable failure) {
    Throwable cause = unwrapped(failure);
    if (cause instanceof HoraiException known) {
      return known.exitCode();
    }
    if (cause instanceof ReportedFailure reported) {
      return reported.exitCode();
    }
    if (cause instanceof ExitRequest request) {
      return request.code();
    }
    if (cause instanceof InterruptedException) {
      return CommonErrors.INTERRUPTED.category().exitCode();
    }
    return misuse(cause) ? 2 : 1;
  }

  private static boolean misuse(Throwable cause) {
    return cause instanceof SyntaxError
        || cause instanceof EOFException
        || cause instanceof CommandNotFoundException
        || cause instanceof IllegalArgumentException;
  }

  /** Prints a failure that was not printed yet; never a stack trace. */
  public static void report(Throwable failure, PrintStream err, Look look) {
    Throwable cause = unwrapped(failure);
    if (cause instanceof ReportedFailure || cause instanceof ExitRequest) {
      return;
    }
    if (cause instanceof HoraiException known) {
      print(known, err, look);
    } else if (cause instanceof InterruptedException) {
      err.println(look.styled(Style.WARNING, "Interrupted."));
    } else {
      LOG.debug("A statement failed", failure);
      String text = cause.getMessage() == null ? cause.toString() : cause.getMessage();
      err.println(look.styled(Style.BAD, look.text(text)));
    }
  }

  /** Prints a failure. */
  public static void print(HoraiException failure, PrintStream err, Look look) {
    err.println(FailureText.of(failure, look));
  }

  /**
   * A defect as a failure to show: what it was in one line; the stack goes to the log.
   *
   * @param command what was running
   */
  static HoraiException defect(String command, Throwable defect) {
    LOG.error("{} failed unexpectedly", command, defect);
    return new HoraiException(
        CommonErrors.INTERNAL,
        command + " failed unexpectedly",
        defect.getClass().getSimpleName()
            + (defect.getMessage() == null ? "" : ": " + defect.getMessage()),
        "details are in the log; run it again with -v to see them here",
        defect);
  }

  /** The same failure without its cause, safe to keep when the bundle it came from is gone. */
  static HoraiException detached(HoraiException failure) {
    return new HoraiException(
        failure.code(), failure.what(), failure.why().orElse(""), failure.next().orElse(""));
  }

  private static Throwable unwrapped(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof ExecutionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
