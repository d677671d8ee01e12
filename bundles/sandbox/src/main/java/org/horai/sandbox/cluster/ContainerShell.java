package org.horai.sandbox.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs a container's command with a real shell up to the point where it would start Chronos: the
 * programs {@code java} and {@code chronos} are stand-ins that tell with which words they were
 * started.
 */
final class ContainerShell {
  private static final long LIMIT_SECONDS = 10;
  private static final String TELL =
      "#!/bin/sh\nfor a in \"$@\"; do printf '%s\\0' \"$a\"; done\n"
          + "printf '\\0%s\\0%s\\0%s\\0%s' \"$LIBPROCESS_IP\" \"$LIBPROCESS_PORT\" "
          + "\"$LIBPROCESS_ADVERTISE_IP\" \"$LIBPROCESS_ADVERTISE_PORT\"\n";

  private final Path tools;

  /**
   * @param tools folder of the container's own programs; made here
   * @param address what {@code hostname -i} prints inside
   */
  ContainerShell(Path tools, String address) throws IOException {
    this.tools = tools;
    Files.createDirectories(tools);
    write("hostname", "#!/bin/sh\necho '" + address + "'\n");
    write("java", TELL);
    write("chronos", TELL);
  }

  private void write(String name, String text) throws IOException {
    Path file = tools.resolve(name);
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /**
   * How the command would start the program.
   *
   * @param argv its words
   * @param libprocessIp and port where it listens to the Mesos masters; "" when not set
   * @param advertisedIp and port that the masters are told instead; "" when not set
   */
  record Start(
      List<String> argv,
      String libprocessIp,
      String libprocessPort,
      String advertisedIp,
      String advertisedPort) {}

  /**
   * Runs the command.
   *
   * @throws IOException it ended before it started the program; the message says how
   */
  Start run(String command, Map<String, String> environment) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("/bin/sh", "-c", command.replace("/usr/bin/chronos", "chronos"));
    Map<String, String> variables = new LinkedHashMap<>(environment);
    variables.put("PATH", tools + ":/usr/bin:/bin");
    builder.environment().clear();
    builder.environment().putAll(variables);
    Process process = builder.start();
    try {
      process.getOutputStream().close();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException("Container exited with status " + process.exitValue());
      }
      return parse(out);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a container was started", e);
    } finally {
      process.destroyForcibly();
    }
  }

  private static Start parse(String out) throws IOException {
    int end = out.indexOf("\0\0");
    if (end < 0) {
      throw new IOException("Container exited with status 0");
    }
    List<String> argv = new ArrayList<>(List.of(out.substring(0, end).split("\0")));
    String[] libprocess = out.substring(end + 2).split("\0", -1);
    return new Start(argv, libprocess[0], libprocess[1], libprocess[2], libprocess[3]);
  }
}
