package org.horai.api;

import java.util.List;

/** The codes that more than one concern raises. */
public final class CommonErrors {
  public static final ErrorCode USAGE =
      new ErrorCode(
          "HOR-002",
          ErrorCategory.USAGE,
          "wrong use of a command",
          "An option, argument or value is not one the command knows. `help COMMAND` shows all of"
              + " them with examples.");
  public static final ErrorCode NOT_FOUND =
      new ErrorCode(
          "HOR-003",
          ErrorCategory.USAGE,
          "no such thing",
          "The named cluster, host, job, app, run or file does not exist. The listing command of its"
              + " kind shows the names.");
  public static final ErrorCode NO_CLUSTER =
      new ErrorCode(
          "HOR-004",
          ErrorCategory.USAGE,
          "no cluster selected",
          "Select one with cluster:use NAME or FILE, or start the simulated one with sandbox:up.");
  public static final ErrorCode UNREACHABLE =
      new ErrorCode(
          "HOR-010",
          ErrorCategory.ENVIRONMENT,
          "a service cannot be reached",
          "The connection was refused, reset or timed out. cluster:doctor tells which parts of the"
              + " cluster answer.");
  public static final ErrorCode BAD_ANSWER =
      new ErrorCode(
          "HOR-011",
          ErrorCategory.ENVIRONMENT,
          "a service answered nonsense",
          "The answer was not what this kind of service gives, for example a web page instead of"
              + " JSON. Often a proxy or another program listens at that address.");
  public static final ErrorCode UNAUTHORIZED =
      new ErrorCode(
          "HOR-012",
          ErrorCategory.ENVIRONMENT,
          "credentials were refused",
          "Give credentials by reference (file:, env:, prompt) in the cluster file.");
  public static final ErrorCode PROVIDER_GONE =
      new ErrorCode(
          "HOR-020",
          ErrorCategory.ENVIRONMENT,
          "a needed bundle is not there",
          "The bundle that brings this service is not installed or was stopped. Drop it into deploy/"
              + " or start it, then resume with run:resume.");
  public static final ErrorCode REFUSED =
      new ErrorCode(
          "HOR-040",
          ErrorCategory.REFUSED,
          "refused",
          "The change was refused to protect something. The message says what.");
  public static final ErrorCode UNCONFIRMED =
      new ErrorCode(
          "HOR-041",
          ErrorCategory.REFUSED,
          "not confirmed",
          "The question was answered with no, or there was no terminal to ask on. --yes answers every"
              + " question.");
  public static final ErrorCode TIMED_OUT =
      new ErrorCode(
          "HOR-050",
          ErrorCategory.TIMEOUT,
          "waited too long",
          "The awaited event did not come in time. The change may still be going on; look again, or"
              + " wait longer with --wait.");
  public static final ErrorCode FAILED =
      new ErrorCode(
          "HOR-001", ErrorCategory.FAILED, "a step failed", "The message says which and why.");
  public static final ErrorCode INTERRUPTED =
      new ErrorCode(
          "HOR-130",
          ErrorCategory.INTERRUPTED,
          "interrupted",
          "Waiting was stopped by Ctrl-C; what was begun may still be going on. run:list shows whether a"
              + " run stopped, run:resume goes on with it.");
  public static final ErrorCode INTERNAL =
      new ErrorCode(
          "HOR-070",
          ErrorCategory.INTERNAL,
          "a defect of Horai",
          "This should not happen. The log under the state folder has the details.");

  private CommonErrors() {}

  /** All codes of this class, in order of their number. */
  public static List<ErrorCode> all() {
    return List.of(
        FAILED,
        USAGE,
        NOT_FOUND,
        NO_CLUSTER,
        UNREACHABLE,
        BAD_ANSWER,
        UNAUTHORIZED,
        PROVIDER_GONE,
        REFUSED,
        UNCONFIRMED,
        TIMED_OUT,
        INTERNAL,
        INTERRUPTED);
  }
}
