package org.horai.core.host.model;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import org.horai.api.host.ProbeOutput;
import org.horai.api.host.ResourceState;

/** One record of the line protocol a script speaks on its stdout. */
public sealed interface ScriptRecord {
  /** Stands for each end of a line where a text is one line. */
  char END_OF_LINE = '\036';

  /** Between what a probe said on stdout and on stderr. */
  String BETWEEN_TEXTS = "\037";

  /** Work on the resource of that index began. */
  record Began(int index) implements ScriptRecord {}

  /** Work on the resource of that index ended. */
  record Ended(int index, ResourceState state) implements ScriptRecord {}

  /** The probe of that index answered. */
  record Probed(int index, ProbeOutput output) implements ScriptRecord {}

  /** The script cannot work on this host. */
  record Unable(String reason) implements ScriptRecord {}

  /** The script came to its end. */
  record Finished() implements ScriptRecord {}

  /**
   * The record in a line, if there is one. Other output, even on the same line before the record,
   * is ignored; so is whatever does not carry the nonce.
   */
  static Optional<ScriptRecord> read(String nonce, String line) {
    String mark = "HORAI " + nonce + " ";
    int at = line.indexOf(mark);
    if (at < 0) {
      return Optional.empty();
    }
    String said = line.substring(at + mark.length());
    String[] words = said.split(" ", 5); // the last may hold spaces
    try {
      return switch (words[0]) {
        case "B" -> Optional.of(new Began(Integer.parseInt(words[1])));
        case "R" -> Optional.of(new Ended(Integer.parseInt(words[1]), state(words)));
        case "P" -> Optional.of(new Probed(Integer.parseInt(words[1]), output(words)));
        case "X" -> Optional.of(new Unable(said.substring(2)));
        case "E" -> Optional.of(new Finished());
        default -> Optional.empty();
      };
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  private static ResourceState state(String[] words) {
    ResourceState.Status status = ResourceState.Status.valueOf(words[2].toUpperCase(Locale.ROOT));
    return new ResourceState(status, text(words[4]).strip(), Long.parseLong(words[3]));
  }

  private static ProbeOutput output(String[] words) {
    String[] texts = words[4].split(BETWEEN_TEXTS, 2);
    return new ProbeOutput(Integer.parseInt(words[2]), text(texts[0]), text(texts[1]));
  }

  /** What a script writes behind an equals sign, its lines joined, or as base64. */
  private static String text(String written) {
    return written.startsWith("=")
        ? written.substring(1).replace(END_OF_LINE, '\n')
        : new String(Base64.getDecoder().decode(written), StandardCharsets.UTF_8);
  }
}
