package org.horai.api.plan;

import org.horai.api.command.Talk;
import org.horai.api.command.View;

/** How plans and runs look; the same for every concern. Pure but for {@link #listener}. */
public interface PlanPresenter {
  /** The steps with their signs, the counts, drift and warnings; what to type next. */
  View plan(Plan plan);

  /**
   * The outcomes by stage, the proven statements, the error and what to type next.
   *
   * @return a view with the report's exit code
   */
  View report(Report report);

  /**
   * The end of a run that {@link #listener} has told live: what did not go well, the proven
   * statements, the error and what to type next. Its data are those of {@link #report}.
   *
   * @return a view with the report's exit code
   */
  View outcome(Report report);

  /** Tells the operator live what a run does, a line for each finished step. */
  RunListener listener(Talk talk);
}
