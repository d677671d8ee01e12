package org.horai.sandbox.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Starts the real shell as if it ran on the simulated host. */
final class HostShell {

  private static final String SYSTEM_PATH =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private final HostSpec spec;
  private final Path root;
  private final OverlayMedium medium;

  HostShell(HostSpec spec, OverlayMedium medium) {
    this.spec = spec;
    this.root = spec.directory().toAbsolutePath().resolve("root");
    this.medium = medium;
  }

  /** A process whose streams are piped. */
  Process start(List<String> argv) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(argv).directory(root.resolve("root").toFile());
    Path home = spec.directory().toAbsolutePath();
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.put("HORAI_ROOT", root.toString());
    environment.put("HORAI_HOST_ROOT", root.toString());
    environment.put("HORAI_HOST", home.toString());
    environment.put("HORAI_NET", medium.directory().toString());
    environment.put("HORAI_NAME", spec.name());
    environment.put("HORAI_ADDRESS", spec.address());
    environment.put("HOME", root.resolve("root").toString());
    environment.put("LC_ALL", "C");
    environment.put("SHELL", "/bin/sh");
    environment.put(
        "PATH",
        root.resolve("usr/local/sbin")
            + ":"
            + root.resolve("usr/local/bin")
            + ":"
            + root.resolve("usr/bin")
            + ":"
            + home.resolve("bin")
            + ":"
            + SYSTEM_PATH);
    return builder.start();
  }

  /** Runs to the end without input; gives stdout. */
  String run(String... argv) throws IOException {
    Process process = start(List.of(argv));
    try {
      process.getOutputStream().close();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
      int code = process.waitFor();
      if (code != 0) {
        throw new IOException(
            spec.name()
                + ": "
                + String.join(" ", argv)
                + " exited with "
                + code
                + ": "
                + err.strip());
      }
      return out;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted on " + spec.name(), e);
    } finally {
      destroy(process);
    }
  }

  static void destroy(Process process) {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
  }
}
