package org.horai.core.plan.model;

import org.horai.api.command.Talk;
import org.horai.api.plan.RunListener;
import org.horai.api.plan.Step;
import org.horai.api.plan.StepOutcome;

/** Tells the operator what a run is doing. */
public final class LiveRun implements RunListener {
  private final Talk talk;

  public LiveRun(Talk talk) {
    this.talk = talk;
  }

  @Override
  public void waiting(String line) {
    talk.say(line);
  }

  @Override
  public void stepStarted(Step step) {
    talk.progress(step.title() + "  " + step.where());
  }

  @Override
  public void progress(Step step, String line) {
    talk.progress(step.title() + "  " + step.where() + "  " + line);
  }

  @Override
  public void stepEnded(StepOutcome outcome) {
    talk.done(
        RunState.well(outcome),
        outcome.title() + "  " + outcome.where() + "  " + outcome.summary(),
        outcome.millis());
  }
}
