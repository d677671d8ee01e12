package org.horai.tck;

/**
 * One thing that is true of every good provider.
 *
 * @param id stable name, such as {@code plan-pure}
 * @param title a sentence without a full stop
 */
record Check(String id, String title, Test test) {
  /** Throws a {@link Verdict} unless the provider passes. */
  interface Test {
    void run(Subject subject);
  }

  Score.Result judge(Subject subject) {
    try {
      test.run(subject);
      return new Score.Result(id, title, Score.Status.PASSED, "");
    } catch (Verdict verdict) {
      return new Score.Result(id, title, verdict.status(), verdict.getMessage());
    } catch (RuntimeException | LinkageError | AssertionError e) {
      return new Score.Result(id, title, Score.Status.FAILED, "threw " + Subject.words(e));
    }
  }
}
