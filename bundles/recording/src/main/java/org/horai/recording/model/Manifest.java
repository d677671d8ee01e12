package org.horai.recording.model;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Map;
import org.horai.api.recording.Recorder.Program;

/**
 * The first entry of an archive.
 *
 * @param format always {@link #FORMAT}
 * @param version of the format
 * @param recorded when it began, ISO-8601
 * @param bundles versions of the bundles of the house by symbolic name
 * @param clusters names, the one worked on first
 * @param commands the commands that ran, in order
 * @param exchanges how many
 * @param leftOut how many answers were left out because the recording grew too large
 */
@JsonPropertyOrder({
  "format",
  "version",
  "horai",
  "recorded",
  "millis",
  "program",
  "commands",
  "clusters"
})
public record Manifest(
    String format,
    int version,
    String horai,
    String java,
    String system,
    Map<String, String> bundles,
    String recorded,
    long millis,
    Program program,
    List<Ran> commands,
    List<String> clusters,
    int exchanges,
    int leftOut) {
  public static final String FORMAT = "horai-recording";
  public static final int VERSION = 1;

  public Manifest {
    bundles = Map.copyOf(bundles);
    commands = List.copyOf(commands);
    clusters = List.copyOf(clusters);
  }

  /**
   * A command that ran.
   *
   * @param number as the exchanges have it
   * @param output file with what it showed
   */
  public record Ran(int number, String command, int exitCode, String output) {}
}
