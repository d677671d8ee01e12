package org.horai.core.plan.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.horai.api.CommonErrors;
import org.horai.api.ErrorCategory;
import org.horai.api.ErrorCode;
import org.horai.api.HoraiException;
import org.horai.api.plan.ActionExecutor.ActionResult;
import org.horai.api.plan.Statement;
import org.horai.api.plan.Step;
import org.horai.api.plan.StepOutcome;
import org.horai.api.plan.StepOutcome.Status;
import org.horai.core.host.model.StageOutcome;

/**
 * How a step ended, with all that the journal keeps.
 *
 * @param code of the failure, if it failed or was interrupted
 */
public record StepEnd(
    StepOutcome outcome,
    Optional<ErrorCode> code,
    Map<String, Object> before,
    Map<String, Object> after,
    List<Statement> statements) {
  private static final String CUT = "interrupted";

  public static StepEnd of(Step step, StageOutcome stage, long millis) {
    Status status =
        switch (stage.status()) {
          case OK, SKIPPED -> Status.OK;
          case CHANGED -> Status.CHANGED;
          case FAILED -> Status.FAILED;
        };
    StepOutcome outcome = outcome(step, status, stage.summary(), stage.detail(), millis);
    Optional<ErrorCode> code =
        status == Status.FAILED ? Optional.of(CommonErrors.FAILED) : Optional.empty();
    return new StepEnd(outcome, code, Map.of(), Map.of(), List.of());
  }

  public static StepEnd of(Step step, ActionResult result, long millis) {
    List<Statement> refuted = result.statements().stream().filter(s -> !s.holds()).toList();
    Status status =
        refuted.isEmpty() ? (result.changed() ? Status.CHANGED : Status.OK) : Status.FAILED;
    String summary =
        refuted.isEmpty() ? result.summary() : "does not hold: " + refuted.get(0).text();
    String detail =
        String.join("\n", refuted.stream().map(s -> s.text() + ": " + s.evidence()).toList());
    return new StepEnd(
        outcome(step, status, summary, detail, millis),
        refuted.isEmpty() ? Optional.empty() : Optional.of(CommonErrors.FAILED),
        result.before(),
        result.after(),
        result.statements());
  }

  public static StepEnd of(Step step, HoraiException failure, long millis) {
    ErrorCode code = failure.code();
    boolean stopped =
        code.category() == ErrorCategory.INTERRUPTED
            || code.equals(CommonErrors.PROVIDER_GONE)
            || code.equals(RunErrors.LOCK_LOST);
    return new StepEnd(
        outcome(
            step,
            stopped ? Status.INTERRUPTED : Status.FAILED,
            code.equals(CommonErrors.INTERRUPTED) ? CUT : code.id() + " " + failure.what(),
            detail(failure),
            millis),
        Optional.of(code),
        Map.of(),
        Map.of(),
        List.of());
  }

  /** Its reason, and what to do before the run can go on. */
  private static String detail(HoraiException failure) {
    return Stream.concat(failure.why().stream(), failure.next().map(n -> "next: " + n).stream())
        .collect(Collectors.joining("\n"));
  }

  /** A step that was begun, or not even that, when the run was stopped. */
  public static StepEnd unfinished(Step step, boolean begun) {
    Status status = begun ? Status.INTERRUPTED : Status.SKIPPED;
    StepOutcome outcome = outcome(step, status, begun ? CUT : "not reached", "", 0);
    Optional<ErrorCode> code = begun ? Optional.of(CommonErrors.INTERRUPTED) : Optional.empty();
    return new StepEnd(outcome, code, Map.of(), Map.of(), List.of());
  }

  /** A step done by an earlier part of the run. */
  public static StepEnd earlier(StepOutcome outcome, List<Statement> statements) {
    return new StepEnd(outcome, Optional.empty(), Map.of(), Map.of(), statements);
  }

  public boolean well() {
    return RunState.well(outcome);
  }

  private static StepOutcome outcome(
      Step step, Status status, String summary, String detail, long millis) {
    return new StepOutcome(step.id(), step.title(), step.where(), status, summary, detail, millis);
  }
}
