package org.horai.itests.hosts;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.curator.test.InstanceSpec;
import org.apache.curator.test.TestingServer;

/** The operator's machine: a folder with a cluster file, a secret, and programs started there. */
final class Operator implements AutoCloseable {
  static final String SECRET = "m4rk3r-0f-th3-s3cr3t";

  private final Path folder;
  private final TestingServer zookeeper;

  Operator(Path folder, Hosts hosts) throws Exception {
    this.folder = Files.createDirectories(folder);
    // Short ticks allow short sessions, so that the lock of a killed program is soon free.
    zookeeper = new TestingServer(new InstanceSpec(null, -1, -1, -1, true, -1, 200, -1), true);
    Path secret = Files.writeString(folder.resolve("weave-password"), SECRET + "\n");
    Files.setPosixFilePermissions(
        secret, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
    String list =
        hosts.all().stream()
            .map(
                host ->
                    "  "
                        + host.name()
                        + ": {address: "
                        + host.address()
                        + ", roles: [master, agent]}")
            .collect(Collectors.joining("\n"));
    Files.writeString(
        folder.resolve("cluster.yaml"),
        String.join(
            "\n",
            "name: lab",
            "hosts:",
            list,
            "ssh: {user: root, hostKeys: strict, identityFile: " + hosts.key() + ",",
            "  knownHosts: " + hosts.knownHosts() + "}",
            "zookeeper: {servers: ['" + zookeeper.getConnectString() + "'], sessionTimeout: 1s}",
            "mesos: {masters: ['127.0.0.1:5050']}",
            "marathon: {addresses: ['127.0.0.1:8080']}",
            "overlay: {provider: weave, version: 1.5.2, password: 'file:" + secret + "'}",
            ""));
    for (RealHost host : hosts.all()) {
      prepare(host);
    }
  }

  /** What a host has before: docker and weave, as stand-ins, and a file that must go. */
  static void prepare(RealHost host) {
    host.write("/usr/local/bin/weave", InitSystemsIT.standIn("weave"), "755");
    host.write("/usr/local/bin/docker", InitSystemsIT.standIn("docker"), "755");
    host.write("/etc/to-be-removed", "old\n", "640");
    host.write("/etc/init.d/docker", "#!/bin/sh\nexit 0\n", "755");
  }

  Path folder() {
    return folder;
  }

  /** The command line of {@link RunOnHosts} in a JVM of its own. */
  Process start(String mode, String... more) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=debug",
                "-Dorg.slf4j.simpleLogger.logFile=" + folder.resolve("debug.log"),
                "-cp",
                System.getProperty("java.class.path"),
                RunOnHosts.class.getName(),
                folder.toString(),
                mode));
    command.addAll(List.of(more));
    return new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.appendTo(folder.resolve("errors.txt").toFile()))
        .start();
  }

  /** Runs it to its end; every line it prints goes to the listener. */
  int run(Consumer<String> lines, String mode, String... more) throws Exception {
    Process process = start(mode, more);
    try (BufferedReader out = process.inputReader()) {
      out.lines().forEach(lines);
      return process.waitFor();
    } finally {
      process.destroyForcibly();
    }
  }

  String errors() throws IOException {
    return Files.readString(folder.resolve("errors.txt"));
  }

  @Override
  public void close() throws IOException {
    zookeeper.close();
  }
}
