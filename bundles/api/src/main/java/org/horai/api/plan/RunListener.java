package org.horai.api.plan;

/** Hears what a run does, live. Called from several threads, one call at a time. */
public interface RunListener {
  /** What the run waits for before it starts. */
  default void waiting(String line) {}

  /** A stage with those of its steps that are still to be done. */
  default void stageStarted(Stage stage) {}

  default void stepStarted(Step step) {}

  /** A line of progress within a step. */
  default void progress(Step step, String line) {}

  default void stepEnded(StepOutcome outcome) {}
}
