package org.horai.chronos.model;

import java.util.List;
import org.horai.api.ErrorCategory;
import org.horai.api.ErrorCode;

/** The codes of this concern. */
public final class ChronosErrors {
  public static final ErrorCode NO_LEADER =
      new ErrorCode(
          "CHR-301",
          ErrorCategory.ENVIRONMENT,
          "no Chronos leads",
          "Nobody stands for election below Chronos' ZooKeeper path, or the leader does not answer."
              + " After a leader died hard, its ZooKeeper session runs on for up to 40 s in which every"
              + " follower answers 500.");
  public static final ErrorCode ZOMBIE_ID =
      new ErrorCode(
          "CHR-302",
          ErrorCategory.REFUSED,
          "the stored framework id was torn down",
          "Mesos refuses to register an id that it has torn down, so every instance would exit again"
              + " and again. chronos:restart --purge removes the records and starts anew.");
  public static final ErrorCode FOREIGN_FRAMEWORK =
      new ErrorCode(
          "CHR-303",
          ErrorCategory.REFUSED,
          "the framework is not this Chronos",
          "A purge tears down frameworks of this Chronos only, told by name and stored id.");
  public static final ErrorCode JOBS_HIDDEN =
      new ErrorCode(
          "CHR-304",
          ErrorCategory.ENVIRONMENT,
          "Chronos shows no jobs although some are stored",
          "Right after an election Chronos answers an empty list until it has loaded its jobs. When it"
              + " stays empty, the leader could not read its records.");
  public static final ErrorCode NOT_PROVEN =
      new ErrorCode(
          "CHR-310",
          ErrorCategory.FAILED,
          "not highly available",
          "At least one statement about the deployment does not hold; the report shows which.");
  public static final ErrorCode BAD_JOB =
      new ErrorCode(
          "CHR-320",
          ErrorCategory.USAGE,
          "the job breaks a rule",
          "Chronos would refuse, lose or never run it. The message names the field and the rule.");
  public static final ErrorCode NO_JOB =
      new ErrorCode(
          "CHR-321", ErrorCategory.USAGE, "no such job", "job:list shows the names of all jobs.");
  public static final ErrorCode REFUSED_BY_SERVER =
      new ErrorCode(
          "CHR-322",
          ErrorCategory.FAILED,
          "Chronos refused",
          "The message holds the server's own words.");
  public static final ErrorCode LOST_JOBS =
      new ErrorCode(
          "CHR-323",
          ErrorCategory.FAILED,
          "jobs are missing",
          "Jobs that were stored before are not there any more. job:restore puts a backup back.");
  public static final ErrorCode BAD_BACKUP =
      new ErrorCode(
          "CHR-324",
          ErrorCategory.USAGE,
          "not a backup of jobs",
          "The file is missing or is not one that job:backup wrote.");
  public static final ErrorCode PLAN_OUTDATED =
      new ErrorCode(
          "CHR-325",
          ErrorCategory.REFUSED,
          "the cluster file changed since the plan was made",
          "The app that would be deployed now is not the one that was planned. Plan again.");

  private ChronosErrors() {}

  public static List<ErrorCode> all() {
    return List.of(
        NO_LEADER,
        ZOMBIE_ID,
        FOREIGN_FRAMEWORK,
        JOBS_HIDDEN,
        NOT_PROVEN,
        BAD_JOB,
        NO_JOB,
        REFUSED_BY_SERVER,
        LOST_JOBS,
        BAD_BACKUP,
        PLAN_OUTDATED);
  }
}
