package org.horai.shell.script;

/** A failure the operator has read already; it only carries the exit code up. */
public final class ReportedFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  public ReportedFailure(int exitCode, String text) {
    super(text, null, false, false);
    this.exitCode = exitCode;
  }

  public int exitCode() {
    return exitCode;
  }

  /** The text the operator has read, for {@code $exception}. */
  @Override
  public String toString() {
    return getMessage();
  }
}
