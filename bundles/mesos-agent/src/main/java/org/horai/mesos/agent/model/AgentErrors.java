package org.horai.mesos.agent.model;

import java.util.List;
import org.horai.api.ErrorCategory;
import org.horai.api.ErrorCode;

/** The codes this concern raises besides the common ones. */
public final class AgentErrors {
  public static final ErrorCode IDENTITY_LOST =
      new ErrorCode(
          "AGT-001",
          ErrorCategory.FAILED,
          "an agent came back as another one",
          "It registered under a new id although its identity was kept, so its tasks are lost. That"
              + " happens after a reboot of old versions, or when its work_dir was cleaned. The other"
              + " agents were left alone.");
  public static final ErrorCode FLAGS_IGNORED =
      new ErrorCode(
          "AGT-002",
          ErrorCategory.FAILED,
          "an agent does not use the written settings",
          "It registered again, but its flags differ from the written ones: a command line or"
              + " another environment file wins, or agent.layout in the cluster file is wrong.");
  public static final ErrorCode HEALTHY =
      new ErrorCode(
          "AGT-100", ErrorCategory.FAILED, "an agent's settings", "The agent is as wanted.");
  public static final ErrorCode SOCKET =
      new ErrorCode(
          "AGT-101",
          ErrorCategory.FAILED,
          "an agent does not use the overlay's Docker socket",
          "Its containers would not join the overlay. chronos:plan shows the change, chronos:apply"
              + " makes it, one agent after another.");
  public static final ErrorCode TIMEOUT =
      new ErrorCode(
          "AGT-102",
          ErrorCategory.FAILED,
          "executor_registration_timeout is short",
          "Pulling an image and starting it through a proxy often takes longer than the default"
              + " minute; the task is then killed and tried again, for ever.");
  public static final ErrorCode PENDING =
      new ErrorCode(
          "AGT-103",
          ErrorCategory.FAILED,
          "an agent runs with other settings than its files say",
          "The files were changed after its start. agent:restart makes it read them; whether that"
              + " changes its identity is shown by agent:status.");
  public static final ErrorCode SILENT =
      new ErrorCode(
          "AGT-104",
          ErrorCategory.ENVIRONMENT,
          "an agent does not tell its settings",
          "It did not answer /flags. Its service may be down, or credentials are needed.");
  public static final ErrorCode WORK_DIR =
      new ErrorCode(
          "AGT-105",
          ErrorCategory.FAILED,
          "the work_dir of an agent is unknown",
          "Its identity must be removed, but neither its flags nor its files say where it keeps it."
              + " Set work_dir below agent.flags in the cluster file.");
  public static final ErrorCode OVERRIDE =
      new ErrorCode(
          "AGT-106",
          ErrorCategory.FAILED,
          "the cluster file overrides a flag the overlay needs",
          "The value of agent.flags is used, but containers may not join the overlay with it.");

  private AgentErrors() {}

  public static List<ErrorCode> all() {
    return List.of(
        IDENTITY_LOST,
        FLAGS_IGNORED,
        HEALTHY,
        SOCKET,
        TIMEOUT,
        PENDING,
        SILENT,
        WORK_DIR,
        OVERRIDE);
  }
}
