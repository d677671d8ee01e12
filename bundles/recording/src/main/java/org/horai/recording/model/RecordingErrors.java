package org.horai.recording.model;

import java.util.List;
import org.horai.api.ErrorCategory;
import org.horai.api.ErrorCode;

/** What can go wrong with recordings. */
public final class RecordingErrors {
  public static final ErrorCode EXISTS =
      new ErrorCode(
          "REC-001",
          ErrorCategory.USAGE,
          "the recording's file exists",
          "A recording never replaces a file. Give --record the name of a new one.");
  public static final ErrorCode UNWRITABLE =
      new ErrorCode(
          "REC-002",
          ErrorCategory.USAGE,
          "the recording cannot be written",
          "The folder is missing, is not writable, or its disk is full. Nothing was left behind.");
  public static final ErrorCode NOT_A_RECORDING =
      new ErrorCode(
          "REC-003",
          ErrorCategory.USAGE,
          "not a recording",
          "The file is no recording, is cut off, or was written by a newer Horai. Recordings are made"
              + " with --record FILE.zip; compare the size with that of the original.");
  public static final ErrorCode NOT_RECORDED =
      new ErrorCode(
          "REC-004",
          ErrorCategory.USAGE,
          "not in the recording",
          "A replay answers what the recorded command asked, nothing else. Run the command that was"
              + " recorded (`horai --replay FILE.zip` alone does that), with the Horai it was recorded"
              + " with when another version asks other questions.");
  public static final ErrorCode NO_CHANGE =
      new ErrorCode(
          "REC-005",
          ErrorCategory.REFUSED,
          "a replay changes nothing",
          "Plans are shown but not run in a replay, for nothing outside is touched. Requests that"
              + " were recorded are answered from the recording, also those that changed something"
              + " when they were recorded.");
  public static final ErrorCode BUSY =
      new ErrorCode(
          "REC-006",
          ErrorCategory.REFUSED,
          "a recording or a replay runs already",
          "One command records or replays at a time, and nothing else runs meanwhile. Wait for it, or"
              + " record the whole program: horai --record FILE.zip -c '...'.");

  private RecordingErrors() {}

  /** All codes of this concern. */
  public static List<ErrorCode> all() {
    return List.of(EXISTS, UNWRITABLE, NOT_A_RECORDING, NOT_RECORDED, NO_CHANGE, BUSY);
  }
}
