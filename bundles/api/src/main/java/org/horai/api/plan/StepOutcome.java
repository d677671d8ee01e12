package org.horai.api.plan;

/**
 * What came of a step.
 *
 * @param summary one line for the operator
 * @param detail more lines, or ""
 */
public record StepOutcome(
    String stepId,
    String title,
    String where,
    Status status,
    String summary,
    String detail,
    long millis) {
  /** How it ended. */
  public enum Status {
    OK,
    CHANGED,
    FAILED,
    SKIPPED,
    INTERRUPTED
  }
}
