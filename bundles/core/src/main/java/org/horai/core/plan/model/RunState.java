package org.horai.core.plan.model;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.horai.api.plan.Plan;
import org.horai.api.plan.Report;
import org.horai.api.plan.Statement;
import org.horai.api.plan.StepOutcome;

/**
 * What a journal tells of a run.
 *
 * @param ended last outcomes by step id
 * @param open ids of steps begun but not ended
 * @param statements by step id
 */
public record RunState(
    Optional<Instant> started,
    Optional<Instant> last,
    Map<String, StepOutcome> ended,
    List<String> open,
    Map<String, List<Statement>> statements) {

  public static RunState of(List<JournalEntry> journal) {
    Map<String, StepOutcome> ended = new LinkedHashMap<>();
    Map<String, List<Statement>> statements = new LinkedHashMap<>();
    List<String> open = new ArrayList<>();
    for (JournalEntry entry : journal) {
      if (entry.type() == JournalEntry.Type.STEP_STARTED) {
        open.add(entry.step());
        ended.remove(entry.step());
      } else if (entry.type() == JournalEntry.Type.STEP_ENDED) {
        open.remove(entry.step());
        entry.outcome().ifPresent(outcome -> ended.put(entry.step(), outcome));
        statements.put(entry.step(), entry.statements());
      }
    }
    Optional<Instant> first = journal.stream().map(JournalEntry::time).findFirst();
    Optional<Instant> last = journal.stream().map(JournalEntry::time).reduce((a, b) -> b);
    return new RunState(first, last, ended, open, statements);
  }

  /** Steps that need not be done again. */
  public Map<String, StepOutcome> done() {
    Map<String, StepOutcome> done = new LinkedHashMap<>(ended);
    done.values().removeIf(outcome -> !well(outcome));
    return done;
  }

  public static boolean well(StepOutcome outcome) {
    return outcome.status() == StepOutcome.Status.OK
        || outcome.status() == StepOutcome.Status.CHANGED;
  }

  /** The report of a run that has not written one: still running, or cut off. */
  public Report unfinished(String runId, Plan plan, Instant created, boolean running) {
    List<StepOutcome> outcomes = new ArrayList<>();
    plan.steps()
        .forEach(
            step -> {
              if (ended.containsKey(step.id())) {
                outcomes.add(ended.get(step.id()));
              } else if (open.contains(step.id()) && !running) {
                outcomes.add(
                    new StepOutcome(
                        step.id(),
                        step.title(),
                        step.where(),
                        StepOutcome.Status.INTERRUPTED,
                        "cut off",
                        "",
                        0));
              }
            });
    Instant begin = started.orElse(created);
    return new Report(
        runId,
        plan.cluster(),
        plan.goal(),
        running ? Report.Status.RUNNING : Report.Status.INTERRUPTED,
        begin,
        last.orElse(begin),
        Duration.between(begin, last.orElse(begin)).toMillis(),
        outcomes,
        statements.values().stream().flatMap(List::stream).toList(),
        plan.findings(),
        running ? Optional.empty() : Optional.of("the program ended before the run did"),
        running ? Optional.empty() : Optional.of("run:resume " + runId),
        running ? 0 : 130);
  }
}
