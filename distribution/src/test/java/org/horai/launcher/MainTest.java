package org.horai.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.horai.launcher.Launched.End;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
  private static final Path ETC = Path.of("src/main/distribution/etc");

  @TempDir Path folder;
  private Path home;
  private Path state;

  @BeforeEach
  void makeDistribution() throws IOException {
    home = folder.resolve("a home");
    state = folder.resolve("a state");
    Files.createDirectories(home.resolve("bundles"));
    Files.createDirectories(home.resolve("etc"));
    for (String name : List.of("framework.properties", "logging.properties")) {
      Files.copy(ETC.resolve(name), home.resolve("etc").resolve(name));
    }
  }

  private Path shipped(String startLevel, String jar) {
    return home.resolve("bundles").resolve(startLevel).resolve(jar);
  }

  private void shipProgram() throws Exception {
    TestBundles.program(shipped("20", "program.jar"), "1.0.0");
  }

  private End run(String... args) throws Exception {
    try (Launched launched = Launched.java(home, state, args)) {
      return launched.end();
    }
  }

  /** The framework's cache of a run that has ended. */
  private Path storage() throws Exception {
    Path storage = Path.of(run("storage").out().strip());
    assertThat(storage).startsWith(state).isDirectory();
    return storage;
  }

  private String log() throws IOException {
    return Files.readString(state.resolve("log/horai.log"));
  }

  @Test
  void exitCodeIsWhatTheProgramReturns() throws Exception {
    shipProgram();

    assertThat(run().code()).isZero();
    assertThat(run("42").code()).isEqualTo(42);
  }

  @Test
  void programHasTheRealStreamsAndTheFolders() throws Exception {
    shipProgram();

    Path sameHome = home.resolve("."); // as horai.bat says it
    Path sameState = state.resolve(".");
    try (Launched launched =
        Launched.java(sameHome, sameState, "in", "err", "folders", "properties")) {
      launched.type("typed");
      End end = launched.end();

      String folders = home + " " + state;
      assertThat(end.out().lines()).containsExactly("read typed", folders, folders);
      assertThat(end.err()).isEqualTo("on stderr\n");
    }
  }

  @Test
  void whatBundlesPrintGoesToTheLogAndNotToTheTerminal() throws Exception {
    shipProgram();

    End end = run();

    assertThat(end.out()).isEmpty();
    assertThat(end.err()).isEmpty();
    assertThat(log()).contains("INFO stdout", "noise on stdout", "noise on stderr");
  }

  @Test
  void missingProgramIsSaid() throws Exception {
    TestBundles.empty(shipped("20", "other.jar"), "org.horai.other", "1.0.0");

    End end = run();

    assertThat(end.code()).isEqualTo(70);
    assertThat(end.err())
        .startsWith("horai: No bundle offers the shell (a service with horai.role=main).")
        .contains("Next: ");
  }

  @Test
  void bundlesThatKeepTheProgramFromStartingAreNamed() throws Exception {
    TestBundles.unresolvable(shipped("20", "broken.jar"), "org.horai.broken", "org.nowhere");

    End end = run();

    assertThat(end.code()).isEqualTo(70);
    assertThat(end.err()).contains("org.horai.broken: ", "org.nowhere", "Next: ");
    assertThat(end.err()).doesNotContain("\tat ", "org.apache.felix.framework:");
  }

  @Test
  void brokenBundleDoesNotKeepAnotherProgramFromRunning() throws Exception {
    shipProgram();
    TestBundles.unresolvable(shipped("10", "broken.jar"), "org.horai.broken", "org.nowhere");

    assertThat(run("7").code()).isEqualTo(7);
    assertThat(log()).contains("org.nowhere");
  }

  @Test
  void failureOfTheProgramIsSaidWithoutAStackTrace() throws Exception {
    shipProgram();

    End end = run("fail");

    assertThat(end.code()).isEqualTo(70);
    assertThat(end.err()).contains("no such thing", "Next: ").doesNotContain("\tat ");
    assertThat(log()).contains("\tat ");
  }

  @Test
  void stateFolderThatCannotBeWrittenIsSaid() throws Exception {
    shipProgram();
    Files.writeString(state, "a file");

    End end = run();

    assertThat(end.code()).isEqualTo(3);
    assertThat(end.err()).contains(state.toString(), "HORAI_HOME");
  }

  @Test
  void laterRunsUseTheCacheOfTheFirst() throws Exception {
    shipProgram();

    String installed = run("installed").out();

    assertThat(installed).isNotBlank().isEqualTo(run("installed").out());
  }

  @Test
  void changedBundleIsSeen() throws Exception {
    shipProgram();
    assertThat(run("version").out()).isEqualTo("1.0.0\n");

    TestBundles.program(shipped("20", "program.jar"), "1.0.1");

    assertThat(run("version").out()).isEqualTo("1.0.1\n");
  }

  @Test
  void newerBundleInADeployFolderReplacesTheShippedOne() throws Exception {
    shipProgram();
    for (Path deploy : List.of(home.resolve("deploy"), state.resolve("deploy"))) {
      Path jar = TestBundles.program(deploy.resolve("newer.jar"), "1.1.0");
      assertThat(run("version").out()).isEqualTo("1.1.0\n");
      assertThat(run("version").out()).isEqualTo("1.1.0\n");

      Files.delete(jar);
      assertThat(run("version").out()).isEqualTo("1.0.0\n");
    }
  }

  @Test
  void brokenFileInTheDeployFolderDoesNoHarm() throws Exception {
    shipProgram();
    Files.createDirectories(state.resolve("deploy"));
    Files.writeString(state.resolve("deploy/broken.jar"), "not a jar");

    assertThat(run("7")).isEqualTo(new End(7, "", ""));
    assertThat(log()).contains("Cannot install", "broken.jar");
  }

  @Test
  void libraryIsInstalledAndNotStarted() throws Exception {
    TestBundles.program(shipped("00", "program.jar"), "1.0.0");

    assertThat(run().err()).startsWith("horai: No bundle offers the shell");
    assertThat(state.resolve("stopped")).doesNotExist();
  }

  @Test
  void processesOfTheSameTimeHaveTheirOwnCaches() throws Exception {
    shipProgram();
    try (Launched first = Launched.java(home, state, "storage", "in");
        Launched second = Launched.java(home, state, "storage", "in")) {
      String ofFirst = first.readLine();
      String ofSecond = second.readLine();
      assertThat(ofFirst).isNotNull().isNotEqualTo(ofSecond);

      first.type("go on");
      second.type("go on");
      assertThat(first.end().code()).isZero();
      assertThat(second.end().code()).isZero();
      assertThat(storage().toString()).isIn(ofFirst, ofSecond);
    }
  }

  @Test
  void damagedCacheIsMadeAnew() throws Exception {
    shipProgram();
    try (Stream<Path> entries = Files.walk(storage())) {
      for (Path file : entries.filter(Files::isRegularFile).toList()) {
        Files.writeString(file, "damaged");
      }
    }

    assertThat(run("7").code()).isEqualTo(7);
  }

  @Test
  void halfMadeCacheIsMadeAnew() throws Exception {
    shipProgram();
    Path storage = storage();
    Files.delete(storage.resolveSibling("complete"));
    Files.move(storage.resolve("bundle1"), storage.resolve("bundle2"));

    assertThat(run("7").code()).isEqualTo(7);
  }

  @Test
  void interruptEndsWith130AndStopsTheBundles() throws Exception {
    shipProgram();
    try (Launched launched = Launched.java(home, state, "storage", "in")) {
      assertThat(launched.readLine()).isNotNull();

      launched.interrupt();

      assertThat(launched.end().code()).isEqualTo(130);
      assertThat(state.resolve("stopped")).exists();
    }
  }

  @Test
  void warmUpRunsACommandUnseen() throws Exception {
    shipProgram();

    assertThat(run("--warm-up")).isEqualTo(new End(0, "", ""));

    assertThat(log()).contains("asked for help");
  }
}
