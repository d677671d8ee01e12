package org.horai.chronos.model;

import java.util.List;
import org.horai.api.ErrorCategory;
import org.horai.api.ErrorCode;

/** The codes of changes of the Chronos version. */
public final class UpgradeCodes {
  public static final ErrorCode NO_UPGRADE =
      new ErrorCode(
          "CHR-340",
          ErrorCategory.USAGE,
          "there is no such upgrade",
          "chronos:upgrade --to VERSION begins one; --back returns to the version before.");
  public static final ErrorCode NAME =
      breaks("CHR-341", "the name is not allowed", "A job with it is refused or never run.");
  public static final ErrorCode EPSILON =
      breaks("CHR-342", "epsilon is forgotten", "Chronos 3 starts a late run however late it is.");
  public static final ErrorCode ASYNC =
      breaks("CHR-343", "asynchronous jobs are gone", "A job is done when its command ends.");
  public static final ErrorCode FILES =
      breaks("CHR-344", "uris and fetch", "One of them is lost, or both together are refused.");
  public static final ErrorCode PARENTS =
      breaks("CHR-345", "a parent is missing", "The job would be stored and never shown or run.");
  public static final ErrorCode CONSTRAINT =
      breaks("CHR-346", "a constraint is dropped", "The job would run on any agent.");
  public static final ErrorCode CONTAINER =
      breaks("CHR-347", "a part of the container is lost", "The job would run without it.");
  public static final ErrorCode FLAG =
      breaks("CHR-348", "a flag is refused", "No instance would start.");
  public static final ErrorCode LATE =
      breaks("CHR-349", "runs start late", "No run starts while no Chronos runs.");
  public static final ErrorCode HIDDEN =
      breaks("CHR-350", "a job is stored but not shown", "ZooKeeper and the API must agree.");
  public static final ErrorCode STOP_START =
      breaks(
          "CHR-352",
          "two versions must not stand in one election",
          "Their REST paths differ, and each drops from the records what only the other knows.");
  public static final ErrorCode OTHER =
      breaks("CHR-351", "a job breaks a rule", "The message names the field and the rule.");

  private UpgradeCodes() {}

  private static ErrorCode breaks(String id, String title, String text) {
    return new ErrorCode(
        id, ErrorCategory.REFUSED, title, text + " chronos:upgrade --dry-run shows where.");
  }

  /** The code for what is wrong with a field of a job. */
  static ErrorCode of(String field) {
    return switch (field) {
      case "name" -> NAME;
      case "epsilon" -> EPSILON;
      case "async" -> ASYNC;
      case "uris", "fetch" -> FILES;
      case "parents" -> PARENTS;
      case "constraints" -> CONSTRAINT;
      case "container" -> CONTAINER;
      default -> OTHER;
    };
  }

  public static List<ErrorCode> all() {
    return List.of(
        NO_UPGRADE,
        NAME,
        EPSILON,
        ASYNC,
        FILES,
        PARENTS,
        CONSTRAINT,
        CONTAINER,
        FLAG,
        LATE,
        HIDDEN,
        OTHER,
        STOP_START);
  }
}
