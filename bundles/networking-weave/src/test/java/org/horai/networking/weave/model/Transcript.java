package org.horai.networking.weave.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.horai.api.host.ProbeOutput;

/** Recorded commands of real hosts: command, stdout, stderr, exit code. */
final class Transcript {
  private static final Path FOLDER = Path.of("src/test/resources/recordings");

  private Transcript() {}

  /** The output of the first command of a file whose line contains the text. */
  static ProbeOutput of(String file, String command) {
    try {
      String text = Files.readString(FOLDER.resolve(file));
      for (String entry : text.split("(?m)^### host ")) {
        if (entry.lines().findFirst().orElse("").contains(command)) {
          return new ProbeOutput(
              Integer.parseInt(between(entry, "--- exit ", " ").strip()),
              between(entry, "--- stdout\n", "--- stderr"),
              between(entry, "--- stderr\n", "--- exit"));
        }
      }
      throw new IllegalArgumentException(file + " has no " + command);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ProbeOutput file(String name) {
    try {
      return new ProbeOutput(0, Files.readString(FOLDER.resolve(name)), "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String between(String text, String start, String end) {
    int from = text.indexOf(start) + start.length();
    return text.substring(from, text.indexOf(end, from));
  }
}
