package org.horai.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The built program as an operator starts it, with a state folder of its own and no terminal. */
final class Program {
  static final Path DISTRIBUTION = Path.of(System.getProperty("horai.distribution"));

  private static final String PROGRAM = DISTRIBUTION.resolve("bin/horai").toString();
  private static final int LIMIT_SECONDS = 400;

  private final Path folder;

  /** What a run left. */
  record Ended(int code, String out, String err) {}

  /**
   * @param folder in which it runs; its state goes to {@code home} below
   */
  Program(Path folder) {
    this.folder = folder;
  }

  Path home() {
    return folder.resolve("home");
  }

  /** Runs it to its end. */
  Ended run(String... words) throws IOException, InterruptedException {
    return runAs(PROGRAM, words);
  }

  /** The same by another name of the program, seen from the folder. */
  Ended runAs(String program, String... words) throws IOException, InterruptedException {
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    ProcessBuilder builder = builder(program, words);
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    int code = end(builder.start());
    return new Ended(code, Files.readString(out), Files.readString(err));
  }

  /**
   * Runs a script to its end and gives what each of its parts said. The script must run through:
   * what fails in it is guarded.
   */
  Answers answers(Script script) throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve("script.gogo"), script.text());
    Path all = folder.resolve("all.txt");
    ProcessBuilder builder = builder(PROGRAM, "run", file.toString());
    builder.redirectErrorStream(true).redirectOutput(all.toFile());
    int code = end(builder.start());
    String said = Files.readString(all);
    assertThat(code).as(said).isZero();
    return Answers.of(said);
  }

  /** Starts it and lets it run. */
  Running start(String... words) throws IOException {
    return new Running(builder(PROGRAM, words).redirectErrorStream(true).start());
  }

  private ProcessBuilder builder(String program, String... words) {
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(folder.toFile());
    builder.environment().put("HORAI_HOME", home().toString());
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.redirectInput(Path.of("/dev/null").toFile());
    return builder;
  }

  private static int end(Process process) throws InterruptedException {
    try {
      assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).as("ended in time").isTrue();
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }
}
