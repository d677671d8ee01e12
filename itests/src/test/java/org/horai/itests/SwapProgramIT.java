package org.horai.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jars dropped into the deploy folder of a program that runs commands all the time. */
class SwapProgramIT {
  private static final String LOOP =
      "sandbox:up; chronos:apply --yes; while { platform:list } { chronos:status -o json }";
  private static final List<String> NAMES =
      List.of("marathon", "networking-weave", "zookeeper", "chronos-3x", "chronos");
  private static final String NEW_VERSION = "9.9.9";

  @TempDir Path state;

  /** A line of output, or the end of it. */
  private record Line(String text, long nanos) {}

  @Test
  void bundlesDroppedAndTakenAwayUnderALoopOfLooksAreNotNoticedByIt() throws Exception {
    Path deploy = Files.createDirectories(state.resolve("home/deploy"));
    Process program = start();
    try {
      Running running = new Running(program, state.resolve("err.txt"));
      running.awaitLook();
      for (String name : NAMES) {
        running.awaitVersion(name, "0\\.1\\.0\\S*", "active");
        Path jar = deploy.resolve(name + ".jar");
        Path fresh = Files.write(state.resolve(name), newer(name));
        Files.move(fresh, jar);
        running.awaitVersion(name, NEW_VERSION, "active");
        running.awaitVersion(name, "0\\.1\\.0\\S*", "stopped");
        running.awaitLook();
        double dropped = running.longestPauseMillis();

        Files.delete(jar);
        running.awaitVersion(name, "0\\.1\\.0\\S*", "active");
        running.awaitLook();
        System.out.printf(
            Locale.ROOT,
            "%-20s deployed: longest pause between two looks %.0f ms; taken away: %.0f ms%n",
            name,
            dropped,
            running.longestPauseMillis());
      }
    } finally {
      program.destroy();
      program.waitFor(30, TimeUnit.SECONDS);
      program.destroyForcibly();
    }
  }

  private Process start() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(Shipped.HOME.resolve("bin/horai").toString(), "-c", LOOP);
    builder.environment().put("HORAI_HOME", state.resolve("home").toString());
    builder.redirectInput(Path.of("/dev/null").toFile());
    builder.redirectError(state.resolve("err.txt").toFile());
    return builder.start();
  }

  /** The shipped bundle as a later version of itself. */
  private static byte[] newer(String name) throws IOException {
    Shipped shipped =
        Shipped.house().stream()
            .filter(one -> one.name().equals("org.horai." + name))
            .findFirst()
            .orElseThrow();
    var bytes = new java.io.ByteArrayOutputStream();
    try (JarInputStream in = new JarInputStream(Files.newInputStream(shipped.jar()))) {
      Manifest manifest = in.getManifest();
      manifest.getMainAttributes().put(new Attributes.Name("Bundle-Version"), NEW_VERSION);
      try (JarOutputStream out = new JarOutputStream(bytes, manifest)) {
        copy(in, out);
      }
    }
    return bytes.toByteArray();
  }

  private static void copy(JarInputStream in, JarOutputStream out) throws IOException {
    for (JarEntry entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry()) {
      out.putNextEntry(new JarEntry(entry.getName()));
      in.transferTo(out);
      out.closeEntry();
    }
  }

  /** The program's output as it comes. */
  private static final class Running {
    private static final long LIMIT_SECONDS = 120;

    private final Path err;
    private final BlockingQueue<Line> lines = new LinkedBlockingQueue<>();
    private long lastLook;
    private long longestPause;

    Running(Process program, Path err) {
      this.err = err;
      Thread reader = new Thread(() -> read(program), "program-output");
      reader.setDaemon(true);
      reader.start();
    }

    private void read(Process program) {
      try (BufferedReader out = program.inputReader(StandardCharsets.UTF_8)) {
        out.lines().forEach(line -> lines.add(new Line(line, System.nanoTime())));
      } catch (UncheckedIOException | IOException e) {
        lines.add(new Line("the output broke: " + e, System.nanoTime()));
      } finally {
        lines.add(new Line(null, System.nanoTime()));
      }
    }

    void awaitVersion(String name, String version, String state) throws Exception {
      await("\\s*" + name + "\\s+\\d+\\s+" + version + "\\s+" + state + "\\s*");
    }

    /** The next status that finds three healthy instances. */
    void awaitLook() throws Exception {
      await(".*\"healthy\" : 3.*");
    }

    private void await(String pattern) throws Exception {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
      while (true) {
        Line line = lines.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        assertThat(line).as(() -> "waited for " + pattern + said()).isNotNull();
        assertThat(line.text())
            .as(() -> "the loop ended, waited for " + pattern + said())
            .isNotNull();
        if (line.text().contains("\"leader\" : {")) {
          longestPause = Math.max(longestPause, lastLook == 0 ? 0 : line.nanos() - lastLook);
          lastLook = line.nanos();
        }
        if (line.text().matches(pattern)) {
          return;
        }
      }
    }

    /** Of the looks since it was asked last. */
    double longestPauseMillis() {
      double millis = longestPause / 1e6;
      longestPause = 0;
      return millis;
    }

    private String said() {
      try {
        String text = Files.readString(err);
        return "; it said: " + text.substring(Math.max(0, text.length() - 2000));
      } catch (IOException e) {
        return "; " + e;
      }
    }
  }
}
