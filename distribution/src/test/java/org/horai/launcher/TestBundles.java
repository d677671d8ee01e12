package org.horai.launcher;

import aQute.bnd.osgi.Builder;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Makes bundles of headers and of the compiled classes of the tests. */
final class TestBundles {
  private TestBundles() {}

  /** A bundle that offers the program of the tests. */
  static Path program(Path jar, String version) throws Exception {
    return write(
        jar,
        Map.of(
            "Bundle-SymbolicName", "org.horai.program",
            "Bundle-Version", version,
            "Private-Package", "org.horai.launcher.program",
            "Bundle-Activator", "org.horai.launcher.program.EchoProgram"));
  }

  /** A bundle of nothing but its name. */
  static Path empty(Path jar, String name, String version) throws Exception {
    return write(
        jar,
        Map.of("Bundle-SymbolicName", name, "Bundle-Version", version, "-resourceonly", "true"));
  }

  /** A bundle that imports a package that nobody has. */
  static Path unresolvable(Path jar, String name, String missing) throws Exception {
    return write(
        jar,
        Map.of("Bundle-SymbolicName", name, "Import-Package", missing, "-resourceonly", "true"));
  }

  /** A bundle that exports an otherwise unused package. */
  static Path exporting(Path jar, String name, String exported) throws Exception {
    return write(
        jar,
        Map.of(
            "Bundle-SymbolicName",
            name,
            "-resourceonly",
            "true",
            "-includeresource",
            exported.replace('.', '/') + "/name;literal=" + name,
            "-exportcontents",
            exported));
  }

  private static Path write(Path jar, Map<String, String> headers) throws Exception {
    Files.createDirectories(jar.getParent());
    try (Builder builder = new Builder()) {
      for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
        if (entry.endsWith("test-classes") || entry.contains("org.apache.felix.framework")) {
          builder.addClasspath(new File(entry));
        }
      }
      headers.forEach(builder::setProperty);
      builder.build().write(jar.toFile());
      if (!builder.isOk()) {
        throw new IllegalStateException(builder.getErrors().toString());
      }
    }
    return jar;
  }
}
