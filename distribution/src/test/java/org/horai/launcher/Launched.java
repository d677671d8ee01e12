package org.horai.launcher;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A process that runs the launcher or its script. */
final class Launched implements AutoCloseable {
  private final Process process;
  private final BufferedReader out;
  private final Path err;

  private Launched(Process process, Path err) {
    this.process = process;
    this.out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    this.err = err;
  }

  /** What a process left: its exit code and what it printed. */
  record End(int code, String out, String err) {}

  /** The launcher, with the class path that it has in a distribution. */
  static Launched java(Path home, Path state, String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-Dhorai.home=" + home, "-Dhorai.state=" + state));
    command.addAll(List.of("-cp", String.join(File.pathSeparator, classPath())));
    command.add(Main.class.getName());
    command.addAll(List.of(args));
    return start(new ProcessBuilder(command));
  }

  static Launched start(ProcessBuilder builder) throws IOException {
    Path err = Files.createTempFile("launched", ".err");
    return new Launched(builder.redirectError(err.toFile()).start(), err);
  }

  /** The class path that the launcher has in a distribution; its own classes come first. */
  static List<String> classPath() {
    URL own = Main.class.getProtectionDomain().getCodeSource().getLocation();
    Stream<String> libraries =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> entry.matches(".*(felix\\.framework|slf4j-api|slf4j-jdk14)-.*"));
    return Stream.concat(Stream.of(own.getPath()), libraries).toList();
  }

  String readLine() throws IOException {
    return out.readLine();
  }

  void type(String line) {
    PrintStream in = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    in.println(line);
  }

  void interrupt() throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
  }

  /** Waits for the end of the process. */
  End end() throws IOException, InterruptedException, TimeoutException {
    String rest = out.lines().map(line -> line + "\n").collect(Collectors.joining());
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new TimeoutException("still running: " + process.info());
    }
    return new End(process.exitValue(), rest, Files.readString(err));
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    Files.delete(err);
  }
}
