package org.horai.marathon.model;

import java.util.List;
import org.horai.api.ErrorCategory;
import org.horai.api.ErrorCode;

/** The codes of this concern. Those of findings are listed for {@code help CODE}, too. */
public final class MarathonErrors {
  public static final ErrorCode REJECTED =
      new ErrorCode(
          "MAR-400",
          ErrorCategory.FAILED,
          "Marathon did not understand a request",
          "Marathon answered with a status that says the request itself is at fault. The message"
              + " carries its own words.");
  public static final ErrorCode FORBIDDEN =
      new ErrorCode(
          "MAR-403",
          ErrorCategory.REFUSED,
          "Marathon forbids it",
          "The credentials may not do this, or too many deployments run at once.");
  public static final ErrorCode LOCKED =
      new ErrorCode(
          "MAR-409",
          ErrorCategory.REFUSED,
          "an app is locked by a deployment",
          "Marathon changes an app by one deployment at a time. marathon:deployments shows which one"
              + " holds it and how far it is, marathon:why what it waits for. Wait for it with a"
              + " longer --wait; ending it by force leaves old and new instances mixed.");
  public static final ErrorCode NAME_TAKEN =
      new ErrorCode(
          "MAR-410",
          ErrorCategory.REFUSED,
          "the name of an app is taken",
          "An app, group or service port of this name is there already. No deployment holds it, so"
              + " waiting does not help.");
  public static final ErrorCode FIELDS_LOST =
      new ErrorCode(
          "MAR-411",
          ErrorCategory.FAILED,
          "Marathon did not take over every field",
          "After the change the app was read back and differs from what was sent. Old Marathons"
              + " ignore fields they do not know, so the app would run without them.");
  public static final ErrorCode OVERTAKEN =
      new ErrorCode(
          "MAR-412",
          ErrorCategory.FAILED,
          "another change overtook ours",
          "While we waited somebody else changed or rolled back the app, or cancelled its deployment."
              + " marathon:app shows its versions.");
  public static final ErrorCode INVALID =
      new ErrorCode(
          "MAR-422",
          ErrorCategory.USAGE,
          "the definition of an app is invalid",
          "Marathon names every field it refuses and why. They come from the cluster file, from the"
              + " overlay provider or from the Chronos dialect.");
  public static final ErrorCode BROKEN =
      new ErrorCode(
          "MAR-500",
          ErrorCategory.ENVIRONMENT,
          "Marathon failed",
          "Marathon answered with an error of its own. After the loss of its leader it does so for"
              + " some seconds; its log tells more.");
  public static final ErrorCode NO_LEADER =
      new ErrorCode(
          "MAR-503",
          ErrorCategory.ENVIRONMENT,
          "no Marathon leads",
          "Every configured Marathon answers, but none is the leader or can reach it. An election"
              + " takes some seconds; if it lasts, look at ZooKeeper and at Marathon's service, which"
              + " must be restarted by a supervisor when it loses its leadership.");
  public static final ErrorCode REACHABLE =
      new ErrorCode(
          "MAR-101",
          ErrorCategory.ENVIRONMENT,
          "whether each Marathon answers",
          "Every address below marathon: in the cluster file is asked by itself.");
  public static final ErrorCode LEADER =
      new ErrorCode(
          "MAR-102",
          ErrorCategory.ENVIRONMENT,
          "whether a Marathon leads",
          "All Marathons that answer must name the same leader.");
  public static final ErrorCode REGISTERED =
      new ErrorCode(
          "MAR-103",
          ErrorCategory.ENVIRONMENT,
          "whether Marathon is registered with Mesos",
          "Without an active framework Marathon gets no offers and starts nothing.");
  public static final ErrorCode STUCK =
      new ErrorCode(
          "MAR-104",
          ErrorCategory.ENVIRONMENT,
          "whether deployments are stuck",
          "A deployment that is older than ten minutes usually waits for something that will not"
              + " come. marathon:why APP tells what.");

  private MarathonErrors() {}

  /** All codes, in order of their number. */
  public static List<ErrorCode> all() {
    return List.of(
        REACHABLE,
        LEADER,
        REGISTERED,
        STUCK,
        REJECTED,
        FORBIDDEN,
        LOCKED,
        NAME_TAKEN,
        FIELDS_LOST,
        OVERTAKEN,
        INVALID,
        BROKEN,
        NO_LEADER);
  }
}
