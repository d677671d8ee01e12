package org.horai.core.plan.model;

import java.util.List;
import org.horai.api.ErrorCategory;
import org.horai.api.ErrorCode;

/** The codes of plans and runs. */
public final class RunErrors {
  public static final ErrorCode STALE =
      new ErrorCode(
          "RUN-409",
          ErrorCategory.REFUSED,
          "the world moved since the plan was made",
          "A saved plan is applied only if planning anew gives the same steps. Something was changed"
              + " in the meantime. Plan again, look at it, and apply the new plan.");
  public static final ErrorCode NO_RUN =
      new ErrorCode(
          "RUN-404",
          ErrorCategory.USAGE,
          "no such run",
          "run:list shows the runs of this machine. Runs made on another machine are kept there.");
  public static final ErrorCode RUN_OVER =
      new ErrorCode(
          "RUN-410",
          ErrorCategory.USAGE,
          "the run is over",
          "A run that ended well has nothing left to do. Plan again to see what has changed since.");
  public static final ErrorCode RUN_GOES_ON =
      new ErrorCode(
          "RUN-423",
          ErrorCategory.REFUSED,
          "the run is still going on",
          "Another shell on this machine is running it. Wait for it, or stop it there with Ctrl-C.");
  public static final ErrorCode LOCK_LOST =
      new ErrorCode(
          "RUN-424",
          ErrorCategory.ENVIRONMENT,
          "the cluster's lock was lost",
          "The ZooKeeper session ended during the run, so another operator may hold the cluster now."
              + " The run stopped before its next step. Look at zk:status, then run:resume.");
  public static final ErrorCode HOST_SILENT =
      new ErrorCode(
          "RUN-503",
          ErrorCategory.ENVIRONMENT,
          "a host could not be asked",
          "The plan needs a host that cannot be reached, so nothing is known about it. Repair the"
              + " way to it or take it out of the inventory, then plan again.");
  public static final ErrorCode UNSAFE =
      new ErrorCode(
          "RUN-422",
          ErrorCategory.REFUSED,
          "a step is not safe to run",
          "A provider described something the engine never does as root, such as removing a system"
              + " folder.");
  public static final ErrorCode FACTS_MISSING =
      new ErrorCode(
          "RUN-206",
          ErrorCategory.ENVIRONMENT,
          "a service could not be asked",
          "The plan was made without the facts of this service.");
  public static final ErrorCode BAD_PLAN_FILE =
      new ErrorCode(
          "RUN-400",
          ErrorCategory.USAGE,
          "not a saved plan",
          "The file is not JSON written by --out, or it was edited.");

  private RunErrors() {}

  public static List<ErrorCode> all() {
    return List.of(
        FACTS_MISSING,
        BAD_PLAN_FILE,
        NO_RUN,
        STALE,
        RUN_OVER,
        UNSAFE,
        RUN_GOES_ON,
        LOCK_LOST,
        HOST_SILENT);
  }
}
