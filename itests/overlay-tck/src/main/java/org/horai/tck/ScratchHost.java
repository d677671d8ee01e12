package org.horai.tck;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.horai.api.cluster.Host;
import org.horai.api.host.HostFacts;
import org.horai.api.host.HostScripts;
import org.horai.api.service.OwnThreads;

/**
 * A folder that plays a host. Real shells run the engine's scripts in it. Plain text tools are
 * those of this machine; service manager, kernel and container tools are stand-ins that keep their
 * state below the root; every other program of this machine is hidden.
 */
final class ScratchHost {
  private static final List<String> PLACES =
      List.of("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin");
  private static final Set<String> PLAIN =
      Set.of(
          ("sh cat cp mv rm mkdir rmdir ln ls touch chmod stat head tail sort uniq cut tr wc tee sed"
                  + " awk mawk gawk grep egrep fgrep find xargs printf echo test [ true false sleep"
                  + " date env expr seq basename dirname readlink realpath mktemp base64 sha256sum"
                  + " md5sum cksum diff cmp comm paste join fold nl od dd id uname timeout nohup"
                  + " install tar gzip")
              .split(" "));
  private static final List<String> STAND_INS =
      List.of(
          "apt-get",
          "bridge",
          "chown",
          "docker",
          "dpkg-query",
          "hostname",
          "ip",
          "iptables",
          "modprobe",
          "ping",
          "sysctl",
          "systemctl");
  private static final String HIDDEN =
      """
      #!/bin/sh
      echo "${0##*/} is no tool of a host that is a folder; ship a stand-in in overlay-tck/bin/" >&2
      exit 127
      """;

  private final Host host;
  private final Path home;
  private final Path root;
  private final Path net;
  private final Path bin;

  /**
   * Lays the host out.
   *
   * @param folder of all hosts
   * @param bin the programs, see {@link #programs}
   */
  ScratchHost(Path folder, Host host, Path bin) {
    this.host = host;
    this.bin = bin;
    this.home = folder.resolve(host.name());
    this.root = home.resolve("root");
    this.net = folder.resolve("net");
    try {
      for (String made :
          List.of(
              "etc/systemd/system",
              "etc/sysctl.d",
              "etc/default",
              "lib/systemd/system",
              "proc/sys/net/ipv4",
              "root",
              "run/systemd/system",
              "tmp",
              "usr/local/bin",
              "var/lib",
              "var/log",
              "var/run")) {
        Files.createDirectories(root.resolve(made));
      }
      Files.createDirectories(net);
      Files.createDirectories(home.resolve("tmp"));
      Files.writeString(root.resolve("lib/systemd/system/docker.service"), "[Service]\n");
      Files.writeString(root.resolve("etc/hostname"), host.name() + "\n");
      Files.writeString(root.resolve("proc/sys/net/ipv4/ip_forward"), "0\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Makes the programs that hosts share.
   *
   * @param tools the provider's own stand-ins by name
   */
  static Path programs(Path folder, Map<String, String> tools) {
    try {
      Path bin = Files.createDirectories(folder.resolve("bin"));
      standIns(bin, tools);
      return bin;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void standIns(Path bin, Map<String, String> tools) throws IOException {
    Path hidden = program(bin.resolve(".hidden"), HIDDEN);
    for (String name : STAND_INS) {
      program(bin.resolve(name), resource("bin/" + name));
    }
    for (Map.Entry<String, String> tool : tools.entrySet()) {
      Files.deleteIfExists(bin.resolve(tool.getKey()));
      program(bin.resolve(tool.getKey()), tool.getValue());
    }
    for (String place : PLACES) {
      try (Stream<Path> there = Files.list(Path.of(place))) {
        for (Path program : there.toList()) {
          Path link = bin.resolve(program.getFileName());
          if (!Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
            boolean plain = PLAIN.contains(program.getFileName().toString());
            Files.createSymbolicLink(link, plain ? program : hidden);
          }
        }
      } catch (java.nio.file.NoSuchFileException none) {
        continue; // not every machine has all of them
      }
    }
  }

  private static Path program(Path file, String text) throws IOException {
    Files.writeString(file, text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = ScratchHost.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** What is wrong with a text for the shell of this machine, or "". */
  static String syntax(String text) {
    try {
      Process shell = new ProcessBuilder("/bin/sh", "-n").start();
      return ended(shell, text).code == 0 ? "" : "the shell does not understand \"" + text + "\"";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  HostFacts run(HostScripts.Script script) {
    return script.read(sh(script.text(), Map.of()).lines().toList());
  }

  /** Runs a text; gives stdout. */
  String sh(String text, Map<String, String> variables) {
    ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-s").directory(root.toFile());
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.put("HORAI_ROOT", root.toString());
    environment.put("PATH", bin.toString());
    environment.put("HOME", root.resolve("root").toString());
    environment.put("TMPDIR", home.resolve("tmp").toString());
    environment.put("LC_ALL", "C");
    environment.put("TCK_NAME", host.name());
    environment.put("TCK_ADDRESS", host.address());
    environment.put("TCK_STATE", root.resolve("run/tck").toString());
    environment.put("TCK_CALLS", home.resolve("calls").toString());
    environment.put("TCK_NET", net.toString());
    environment.putAll(variables);
    try {
      return ended(builder.start(), text).out;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Ended(int code, String out) {}

  private static Ended ended(Process process, String input) throws IOException {
    try {
      Thread errors = drain(process);
      try (OutputStream in = process.getOutputStream()) {
        in.write(input.getBytes(StandardCharsets.UTF_8));
      } catch (IOException gone) {
        // it ended without reading all; its answer tells
      }
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      errors.join();
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        throw Verdict.failed("a script did not end within a minute");
      }
      return new Ended(process.exitValue(), out);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Verdict.notRun("interrupted");
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static Thread drain(Process process) {
    Thread thread =
        new OwnThreads("tck")
            .newThread(
                () -> {
                  try {
                    process.getErrorStream().transferTo(OutputStream.nullOutputStream());
                  } catch (IOException closed) {
                    // the process was ended
                  }
                });
    thread.start();
    return thread;
  }

  /** What the stand-ins were called with. */
  String calls() {
    try {
      Path calls = home.resolve("calls");
      return Files.exists(calls) ? Files.readString(calls) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Every path with its mode and content, but for what the engine keeps for undo.
   *
   * @param mayStay paths, as regular expression, that need not be looked at
   */
  Map<String, String> tree(String mayStay) {
    Map<String, String> tree = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : paths.toList()) {
        String name = "/" + root.relativize(path);
        if (!name.matches("/var/lib/horai(/.*)?|/run/tck|" + mayStay)) {
          String mode =
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
          String content =
              Files.isRegularFile(path) ? Files.readString(path, StandardCharsets.ISO_8859_1) : "";
          tree.put(name, mode + " " + content);
        }
      }
      return tree;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
