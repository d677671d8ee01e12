package org.horai.api;

import java.util.Objects;
import java.util.Optional;

/**
 * An expected failure. {@link #toString()} is what the operator reads: code, what failed, why, and
 * the next command, in at most four lines; no stack trace belongs to it.
 */
public final class HoraiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient ErrorCode code;
  private final String what;
  private final String why;
  private final String next;

  /**
   * @param code the stable code
   * @param what what failed, subject first, with the values that matter
   * @param why the evidence, or "" when {@code what} says it all
   * @param next a command or action the operator can take, or "" when there is none
   * @param cause the underlying failure, or null
   */
  public HoraiException(ErrorCode code, String what, String why, String next, Throwable cause) {
    super(why.isEmpty() ? what : what + ": " + why, cause);
    this.code = Objects.requireNonNull(code, "code");
    this.what = what;
    this.why = why;
    this.next = Objects.requireNonNull(next, "next");
  }

  public HoraiException(ErrorCode code, String what, String why, String next) {
    this(code, what, why, next, null);
  }

  public HoraiException(ErrorCode code, String what, String next) {
    this(code, what, "", next, null);
  }

  /** What kind of failure it is. */
  public ErrorCode code() {
    return code;
  }

  /** What failed, in one sentence without a full stop. */
  public String what() {
    return what;
  }

  /** The reason, where there is more to say. */
  public Optional<String> why() {
    return why.isEmpty() ? Optional.empty() : Optional.of(why);
  }

  /** The next command or thing to do. */
  public Optional<String> next() {
    return next.isEmpty() ? Optional.empty() : Optional.of(next);
  }

  /** Exit code of a program that this ends; the category decides. */
  public int exitCode() {
    return code.category().exitCode();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(code.id()).append("  ").append(what);
    why().ifPresent(reason -> text.append("\n  why:  ").append(reason));
    next().ifPresent(command -> text.append("\n  next: ").append(command));
    return text.toString();
  }
}
