package org.horai.api.recording;

import java.nio.file.Path;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Starts recordings and replays; one at a time in a process. */
@ProviderType
public interface Recorder {
  /**
   * Starts a recording. The file appears when it is finished.
   *
   * @throws org.horai.api.HoraiException when the file exists or cannot be written, or when another
   *     recording or replay runs
   */
  Tape record(Path file, Program program);

  /**
   * Starts a replay.
   *
   * @throws org.horai.api.HoraiException when the file is no whole recording, or when another
   *     recording or replay runs
   */
  Tape replay(Path file);

  /**
   * What is run.
   *
   * @param text a line or a script
   * @param arguments of the script
   */
  record Program(String text, List<String> arguments) {
    public Program {
      arguments = List.copyOf(arguments);
    }
  }

  /** A running recording or replay. */
  interface Tape extends AutoCloseable {
    /** What is, or was, recorded. */
    Program program();

    /** Tells that a command begins; in a replay, the answers it was given are taken from here. */
    void begins(String commandLine);

    /**
     * Tells that a command ended.
     *
     * @param output what it shows
     * @throws org.horai.api.HoraiException in a replay, when the command asked for something that
     *     was not recorded, so that its output is worth nothing
     */
    void ended(String commandLine, int exitCode, String output);

    /**
     * Ends it, and writes a recording's file.
     *
     * @return one line about it
     * @throws org.horai.api.HoraiException when the file cannot be written
     */
    String finish();

    /** Gives up what was not finished; nothing is written then. */
    @Override
    void close();
  }
}
