package org.horai.mesos.master.model;

import java.util.List;
import org.horai.api.ErrorCategory;
import org.horai.api.ErrorCode;

/** The codes this concern raises besides the common ones. */
public final class MesosErrors {
  public static final ErrorCode TEARDOWN_REFUSED =
      new ErrorCode(
          "MES-001",
          ErrorCategory.FAILED,
          "the leading master did not tear a framework down",
          "It still lists the framework although it answered that it knows none of that id, or"
              + " answered with another error. Right after an election a master waits for"
              + " frameworks to register again; repeat it then.");
  public static final ErrorCode FOREIGN =
      new ErrorCode(
          "MES-002",
          ErrorCategory.REFUSED,
          "a foreign framework is not torn down",
          "The framework is not Chronos by name or stored id. Tearing it down kills all its tasks; of"
              + " Marathon these are all apps. --force-foreign does it nevertheless.");
  public static final ErrorCode LEADER =
      new ErrorCode("MES-100", ErrorCategory.FAILED, "the leading master", "Which master leads.");
  public static final ErrorCode NO_LEADER =
      new ErrorCode(
          "MES-101",
          ErrorCategory.ENVIRONMENT,
          "no Mesos master leads",
          "Neither ZooKeeper nor the masters themselves name a leader that answers. The masters elect"
              + " one through ZooKeeper as soon as a quorum of them runs.");
  public static final ErrorCode MASTER_SILENT =
      new ErrorCode(
          "MES-102",
          ErrorCategory.ENVIRONMENT,
          "a master does not answer",
          "The cluster goes on with the others, but the next loss may stop it.");
  public static final ErrorCode MASTERS_DISAGREE =
      new ErrorCode(
          "MES-103",
          ErrorCategory.ENVIRONMENT,
          "the masters disagree about their leader",
          "For some seconds after an election that is normal. When it lasts, a master has lost"
              + " ZooKeeper, or uses another path there.");
  public static final ErrorCode AGENTS_MISSING =
      new ErrorCode(
          "MES-104",
          ErrorCategory.ENVIRONMENT,
          "agents are not registered",
          "Hosts of the inventory that should run an agent are not among the active agents of the"
              + " leading master. agent:status looks at each host.");

  private MesosErrors() {}

  public static List<ErrorCode> all() {
    return List.of(
        TEARDOWN_REFUSED,
        FOREIGN,
        LEADER,
        NO_LEADER,
        MASTER_SILENT,
        MASTERS_DISAGREE,
        AGENTS_MISSING);
  }
}
