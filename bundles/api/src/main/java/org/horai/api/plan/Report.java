package org.horai.api.plan;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.horai.api.health.Finding;

/**
 * What came of a run.
 *
 * @param status how it ended
 * @param started when its first part began
 * @param ended when its last part ended; a resumed run rested in between
 * @param millis how long its last part took
 * @param statements proven at the end, if the run verified
 * @param error why it did not end well
 */
public record Report(
    String runId,
    String cluster,
    String goal,
    Status status,
    Instant started,
    Instant ended,
    long millis,
    List<StepOutcome> outcomes,
    List<Statement> statements,
    List<Finding> findings,
    Optional<String> error,
    Optional<String> next,
    int exitCode) {
  public Report {
    ended = ended == null ? started.plusMillis(millis) : ended;
    outcomes = List.copyOf(outcomes);
    statements = List.copyOf(statements);
    findings = List.copyOf(findings);
  }

  /** How a run ended, or that it did not. */
  public enum Status {
    RUNNING,
    DONE,
    UNCHANGED,
    FAILED,
    INTERRUPTED
  }
}
