package org.horai.core.plan.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.horai.api.CommonErrors;
import org.horai.api.ErrorCode;
import org.horai.api.plan.Plan;
import org.horai.api.plan.Report;
import org.horai.api.plan.StepOutcome;

/** Makes the report of a run that has ended. */
public final class RunReport {
  private RunReport() {}

  /**
   * When a run began and ended.
   *
   * @param millis how long its last part took
   */
  public record Span(Instant started, Instant ended, long millis) {}

  /** The ends are in the order of the plan, one for each step. */
  public static Report of(String runId, Plan plan, Span span, List<StepEnd> ends) {
    Report.Status status = status(ends);
    boolean well = status == Report.Status.DONE || status == Report.Status.UNCHANGED;
    return new Report(
        runId,
        plan.cluster(),
        plan.goal(),
        status,
        span.started(),
        span.ended(),
        span.millis(),
        ends.stream().map(StepEnd::outcome).toList(),
        ends.stream().flatMap(end -> end.statements().stream()).toList(),
        plan.findings(),
        well ? Optional.empty() : Optional.of(error(ends)),
        well ? Optional.empty() : Optional.of("run:resume " + runId),
        well ? 0 : exitCode(ends));
  }

  private static Report.Status status(List<StepEnd> ends) {
    if (has(ends, StepOutcome.Status.INTERRUPTED)) {
      return Report.Status.INTERRUPTED;
    }
    if (has(ends, StepOutcome.Status.FAILED) || has(ends, StepOutcome.Status.SKIPPED)) {
      return Report.Status.FAILED;
    }
    return has(ends, StepOutcome.Status.CHANGED) ? Report.Status.DONE : Report.Status.UNCHANGED;
  }

  private static boolean has(List<StepEnd> ends, StepOutcome.Status status) {
    return ends.stream().anyMatch(end -> end.outcome().status() == status);
  }

  private static List<StepEnd> bad(List<StepEnd> ends) {
    return ends.stream().filter(end -> end.code().isPresent()).toList();
  }

  /** What failed, places with the same failure together; Ctrl-C is one cause for all of them. */
  private static String error(List<StepEnd> ends) {
    List<StepEnd> bad = bad(ends);
    if (!bad.isEmpty() && bad.stream().allMatch(RunReport::stopped)) {
      return "stopped by Ctrl-C; what was begun may still be going on";
    }
    Map<String, List<String>> places = new LinkedHashMap<>();
    bad.stream()
        .map(StepEnd::outcome)
        .forEach(
            o ->
                places
                    .computeIfAbsent(o.title() + "\n" + o.summary(), any -> new ArrayList<>())
                    .add(o.where()));
    return places.entrySet().stream()
        .map(same -> same.getKey().replace("\n", " on " + Words.names(same.getValue()) + ": "))
        .collect(Collectors.joining("; "));
  }

  private static boolean stopped(StepEnd end) {
    return end.code().filter(CommonErrors.INTERRUPTED::equals).isPresent();
  }

  /** The exit code all failures share, or 1 when they do not. */
  private static int exitCode(List<StepEnd> ends) {
    List<Integer> codes =
        bad(ends).stream()
            .flatMap(end -> end.code().stream())
            .map(RunReport::exitCode)
            .distinct()
            .toList();
    return codes.size() == 1 ? codes.get(0) : CommonErrors.FAILED.category().exitCode();
  }

  private static int exitCode(ErrorCode code) {
    return code.category().exitCode();
  }
}
