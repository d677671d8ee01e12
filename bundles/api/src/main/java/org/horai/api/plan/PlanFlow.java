package org.horai.api.plan;

import java.nio.file.Path;
import java.util.Optional;
import org.horai.api.command.Invocation;
import org.horai.api.command.View;

/**
 * What every command does that changes a cluster: plan, show, ask, run, report. Blocking; {@code
 * --wait} limits the taking of facts, and then the run: no step waits beyond it. Each step has a
 * limit of its own too.
 *
 * <p>Errors: those of {@link Planner} and {@link PlanRunner}.
 */
public interface PlanFlow {
  /**
   * Plans and shows.
   *
   * @param saveTo where to save the plan for {@link #applySaved}
   * @param detailedExitCode true to give exit code 10 when there is something to change
   */
  View planOnly(
      PlanRequest request, Optional<Path> saveTo, boolean detailedExitCode, Invocation invocation);

  /**
   * Plans, shows the plan on the operator's side, asks, runs. A converged plan is not asked about:
   * its checks run and the report says that nothing had to change. A disruptive plan of a
   * production cluster is confirmed by typing the cluster's name. A plan with errors is shown and
   * not run.
   *
   * @param question asked when something is to change: "Apply 7 steps to prod?"; "" for a usual one
   * @throws org.horai.api.HoraiException UNCONFIRMED
   */
  View apply(PlanRequest request, Invocation invocation, String question);

  /**
   * As {@link #apply}, but what is to change is confirmed by typing a word and by nothing else.
   *
   * @param word to be typed: the name of what ends for good
   * @param question what the operator agrees to, as a sentence
   * @throws org.horai.api.HoraiException UNCONFIRMED
   */
  View applyTyped(PlanRequest request, Invocation invocation, String word, String question);

  /**
   * Applies a saved plan, if planning anew gives the same plan.
   *
   * @throws org.horai.api.HoraiException RUN-409 (exit code 4) naming the differing steps when the
   *     world moved since the plan was made; NOT_FOUND or USAGE for a bad file; UNCONFIRMED
   */
  View applySaved(Path file, Invocation invocation);
}
