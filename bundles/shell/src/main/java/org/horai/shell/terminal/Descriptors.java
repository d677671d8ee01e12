package org.horai.shell.terminal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells which of the standard streams are terminals. */
public final class Descriptors {
  private static final Path LINUX = Path.of("/proc/self/fd");

  private Descriptors() {}

  /**
   * Whether a stream is a terminal. Linux tells it for each; elsewhere Java tells it only for stdin
   * and stdout together.
   *
   * @param descriptor 0, 1 or 2
   */
  public static boolean isTerminal(int descriptor) {
    Path link = LINUX.resolve(String.valueOf(descriptor));
    if (!Files.isSymbolicLink(link)) {
      return System.console() != null;
    }
    try {
      String target = Files.readSymbolicLink(link).toString();
      return target.startsWith("/dev/pts/")
          || target.startsWith("/dev/tty")
          || target.equals("/dev/console");
    } catch (IOException e) {
      return System.console() != null;
    }
  }
}
