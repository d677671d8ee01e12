package org.horai.core.plan.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.horai.api.command.Talk;
import org.horai.api.plan.RunListener;
import org.horai.api.plan.Stage;
import org.horai.api.plan.Step;
import org.horai.api.plan.StepOutcome;

/**
 * Tells the operator what a run is doing: a live line for what goes on, a line for what has ended.
 * Hosts that did the same in one stage share a line.
 */
public final class LiveRun implements RunListener {
  private final Talk talk;
  private final Map<String, Stage> stages = new LinkedHashMap<>();
  private final Map<String, StepOutcome> ended = new LinkedHashMap<>();

  public LiveRun(Talk talk) {
    this.talk = talk;
  }

  @Override
  public void waiting(String line) {
    talk.say(line);
  }

  @Override
  public void stageStarted(Stage stage) {
    stage.steps().forEach(step -> stages.put(step.id(), stage));
    if (onHosts(stage)) {
      talk.progress(stage.title() + "  " + where(stage));
    }
  }

  @Override
  public void stepStarted(Step step) {
    if (!onHosts(stages.get(step.id()))) {
      talk.progress(step.title() + "  " + step.where());
    }
  }

  /** The many small things on hosts are worth a line only where it is replaced by the next. */
  @Override
  public void progress(Step step, String line) {
    if (talk.interactive() || step instanceof Step.ActionStep) {
      talk.progress(step.title() + "  " + step.where() + "  " + line);
    }
  }

  @Override
  public void stepEnded(StepOutcome outcome) {
    if (outcome.status() == StepOutcome.Status.INTERRUPTED) {
      return; // the report says so of all of them at once
    }
    ended.put(outcome.stepId(), outcome);
    Stage stage = stages.get(outcome.stepId());
    if (!onHosts(stage)) {
      done(List.of(outcome));
    } else if (!RunState.well(outcome)) {
      tell(stage);
    } else if (stage.steps().stream().allMatch(step -> ended.containsKey(step.id()))) {
      tell(stage);
    } else {
      long open = stage.steps().stream().filter(step -> !ended.containsKey(step.id())).count();
      talk.progress(stage.title() + "  " + open + " of " + stage.steps().size() + " hosts to go");
    }
  }

  /** Tells the outcomes that were kept back, those alike in one line. */
  private void tell(Stage stage) {
    Map<String, List<StepOutcome>> alike = new LinkedHashMap<>();
    for (Step step : stage.steps()) {
      StepOutcome outcome = ended.get(step.id());
      if (outcome != null && stages.remove(step.id()) != null) {
        String key = outcome.title() + "\n" + outcome.status() + "\n" + outcome.summary();
        alike.computeIfAbsent(key, any -> new ArrayList<>()).add(outcome);
      }
    }
    alike.values().forEach(this::done);
  }

  private void done(List<StepOutcome> alike) {
    StepOutcome first = alike.get(0);
    long longest = alike.stream().mapToLong(StepOutcome::millis).max().orElse(0);
    String where = Words.names(alike.stream().map(StepOutcome::where).toList());
    talk.done(RunState.well(first), Words.columns(first.title(), where, first.summary()), longest);
  }

  private static boolean onHosts(Stage stage) {
    return stage != null && stage.steps().stream().allMatch(Step.HostStep.class::isInstance);
  }

  private static String where(Stage stage) {
    return Words.names(stage.steps().stream().map(Step::where).toList());
  }
}
