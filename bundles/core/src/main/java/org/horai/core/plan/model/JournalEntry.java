package org.horai.core.plan.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.horai.api.plan.Statement;
import org.horai.api.plan.StepOutcome;

/**
 * A line of the journal.
 *
 * @param step id of the step, or ""
 * @param before the state an action found
 * @param after the state it left
 */
public record JournalEntry(
    Instant time,
    Type type,
    String step,
    Optional<StepOutcome> outcome,
    Map<String, Object> before,
    Map<String, Object> after,
    List<Statement> statements) {
  public JournalEntry {
    statements = List.copyOf(statements);
  }

  /** What the line tells. */
  public enum Type {
    RUN_STARTED,
    RUN_RESUMED,
    STEP_STARTED,
    STEP_ENDED
  }

  public static JournalEntry run(Instant time, Type type) {
    return new JournalEntry(time, type, "", Optional.empty(), Map.of(), Map.of(), List.of());
  }

  public static JournalEntry started(Instant time, String step) {
    return new JournalEntry(
        time, Type.STEP_STARTED, step, Optional.empty(), Map.of(), Map.of(), List.of());
  }
}
