package org.horai.tck.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.horai.api.network.OverlayNetworkProvider;
import org.horai.core.host.CompiledScripts;
import org.horai.tck.OverlayTck;
import org.horai.tck.Score;

/** Runs the conformance tests in a plain JVM, as a unit test does. */
public final class LocalTck {
  private LocalTck() {}

  /**
   * Runs every check. Blocking: a few seconds; starts shells, in a temporary folder that is deleted
   * afterwards. Needs a POSIX system.
   */
  public static Score check(OverlayNetworkProvider provider) {
    try {
      Path folder = Files.createTempDirectory("overlay-tck");
      try {
        return OverlayTck.check(provider, new CompiledScripts(), folder);
      } finally {
        delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes a folder with all in it; links are not followed. */
  public static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
