package org.horai.launcher;

/** The program cannot start. The message says what and why and ends with what to do next. */
final class LaunchException extends Exception {
  private static final long serialVersionUID = 1;

  /** The environment is in the way: a folder that cannot be written, a file that cannot be read. */
  static final int ENVIRONMENT = 3;

  /** The distribution is broken. */
  static final int INTERNAL = 70;

  private final int exitCode;

  LaunchException(int exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  int exitCode() {
    return exitCode;
  }
}
