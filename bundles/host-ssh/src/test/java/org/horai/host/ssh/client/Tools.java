package org.horai.host.ssh.client;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Runs the machine's own tools. */
final class Tools {
  private Tools() {}

  static String run(String... command) throws IOException, InterruptedException {
    return run(Map.of(), command);
  }

  static String run(Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes());
    if (process.waitFor() != 0) {
      throw new IOException(List.of(command) + ": " + said);
    }
    return said;
  }
}
