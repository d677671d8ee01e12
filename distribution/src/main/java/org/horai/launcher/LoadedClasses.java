package org.horai.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osgi.framework.Bundle;

/**
 * The classes of bundles that this run has loaded, as Java logs them. Java's archive takes such a
 * class only if it is linked, which many are never: parameters, results, fallbacks. Java links no
 * class of a bundle by itself when it writes the archive.
 */
record LoadedClasses(List<String> lines) {
  private static final String SOURCE = " source: ";

  /**
   * @param log what {@code -Xlog:class+load:file=...:none} writes: {@code name source: URL}
   */
  static LoadedClasses in(Path log) throws IOException {
    return new LoadedClasses(Files.readAllLines(log));
  }

  /** Links those of these bundles. None of their code runs. */
  void link(Bundle[] bundles) {
    Map<String, Bundle> byLocation = new HashMap<>();
    for (Bundle bundle : bundles) {
      byLocation.put(bundle.getLocation().replaceFirst("^reference:file:/+", "file:/"), bundle);
    }
    for (String line : lines) {
      int at = line.indexOf(SOURCE);
      Bundle bundle = at < 0 ? null : byLocation.get(line.substring(at + SOURCE.length()));
      if (bundle != null) {
        link(bundle, line.substring(0, at));
      }
    }
  }

  private static void link(Bundle bundle, String name) {
    try {
      bundle.loadClass(name).getDeclaredMethods(); // asked for them, Java links a class first
    } catch (ClassNotFoundException | LinkageError e) {
      // It names something that is not there, and stays out of the archive.
    }
  }
}
