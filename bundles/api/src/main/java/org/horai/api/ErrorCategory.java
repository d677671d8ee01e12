package org.horai.api;

/** What kind of failure a code stands for; decides the exit code of the program. */
public enum ErrorCategory {
  /** A step, check or drill failed. */
  FAILED(1),
  /** Wrong use: unknown option, bad file, unknown name. */
  USAGE(2),
  /** A host, ZooKeeper, Mesos, Marathon or Chronos cannot be reached or answers nonsense. */
  ENVIRONMENT(3),
  /** Refused to protect something: stale plan, lock held, confirmation missing, guarded path. */
  REFUSED(4),
  /** A wait ended without the awaited event; the change may still be going on. */
  TIMEOUT(5),
  /** A defect of Horai itself. */
  INTERNAL(70),
  /** The operator interrupted. */
  INTERRUPTED(130);

  private final int exitCode;

  ErrorCategory(int exitCode) {
    this.exitCode = exitCode;
  }

  /** Exit code of a program that ends with such an error. */
  public int exitCode() {
    return exitCode;
  }
}
