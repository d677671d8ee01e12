package org.horai.chronos.model;

import java.util.List;
import org.horai.api.ErrorCategory;
import org.horai.api.ErrorCode;

/** The codes of what is found about a wanted or a running Chronos. */
public final class FindingCodes {
  public static final ErrorCode WELL =
      new ErrorCode(
          "CHR-300",
          ErrorCategory.FAILED,
          "whether Chronos is up",
          "All wanted instances are healthy, one leads, and the framework is registered.");
  public static final ErrorCode UNREGISTERED =
      new ErrorCode(
          "CHR-305",
          ErrorCategory.FAILED,
          "the framework is not active in Mesos",
          "Instances run, but no job can: the masters cannot dial the leader back, or its id was torn"
              + " down. mesos:frameworks tells which, net:doctor why it is not reached.");
  public static final ErrorCode UNASKED =
      new ErrorCode(
          "CHR-306",
          ErrorCategory.ENVIRONMENT,
          "not everything about Chronos could be asked",
          "Marathon, ZooKeeper or Mesos does not answer, so its part of the state is unknown.");
  public static final ErrorCode UNWELL =
      new ErrorCode(
          "CHR-307",
          ErrorCategory.FAILED,
          "instances are missing or fail their check",
          "marathon:why tells why an instance is not started or not healthy.");
  public static final ErrorCode IMPATIENT =
      new ErrorCode(
          "CHR-331",
          ErrorCategory.REFUSED,
          "the health check does not outlast a leader's death",
          "Followers pass the check on to the leader. After it died hard, all of them fail until its"
              + " ZooKeeper session ends; an impatient Marathon kills the healthy ones, too.");
  public static final ErrorCode SHORT_GRACE =
      new ErrorCode(
          "CHR-332",
          ErrorCategory.REFUSED,
          "the grace period is short",
          "An instance that needs longer to start is killed before it ever answered.");
  public static final ErrorCode SMALL =
      new ErrorCode(
          "CHR-333",
          ErrorCategory.REFUSED,
          "little memory",
          "The kernel kills the container when heap and native memory exceed its limit.");
  public static final ErrorCode TOO_MANY =
      new ErrorCode(
          "CHR-334",
          ErrorCategory.REFUSED,
          "more instances than agents",
          "Each instance runs on a host of its own, so the app would wait for ever.");
  public static final ErrorCode ALONE =
      new ErrorCode(
          "CHR-335",
          ErrorCategory.REFUSED,
          "one instance is not highly available",
          "Nobody takes over when it dies.");

  private FindingCodes() {}

  public static List<ErrorCode> all() {
    return List.of(
        WELL, UNREGISTERED, UNASKED, UNWELL, IMPATIENT, SHORT_GRACE, SMALL, TOO_MANY, ALONE);
  }
}
