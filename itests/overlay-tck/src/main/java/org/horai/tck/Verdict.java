package org.horai.tck;

/** Thrown by a check that did not pass. */
final class Verdict extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final Score.Status status;

  private Verdict(Score.Status status, String why) {
    super(why);
    this.status = status;
  }

  Score.Status status() {
    return status;
  }

  static Verdict failed(String why) {
    return new Verdict(Score.Status.FAILED, why);
  }

  static Verdict unsupported(String why) {
    return new Verdict(Score.Status.UNSUPPORTED, why);
  }

  static Verdict notRun(String why) {
    return new Verdict(Score.Status.NOT_RUN, why);
  }

  /** Fails unless the condition holds. */
  static void require(boolean condition, String why) {
    if (!condition) {
      throw failed(why);
    }
  }
}
