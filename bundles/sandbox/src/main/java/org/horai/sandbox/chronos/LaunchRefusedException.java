package org.horai.sandbox.chronos;

/** Chronos would exit with 1 at once because of its command line; the message is its stderr. */
public final class LaunchRefusedException extends Exception {

  private static final long serialVersionUID = 1L;

  LaunchRefusedException(String stderr) {
    super(stderr);
  }
}
