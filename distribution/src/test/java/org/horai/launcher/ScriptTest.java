package org.horai.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.horai.launcher.Launched.End;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/horai}, in a distribution of its own with the program of the tests. */
@DisabledOnOs(OS.WINDOWS)
class ScriptTest {
  private static final Path SOURCES = Path.of("src/main/distribution");
  private static final Path MANIFEST = Path.of("src/main/manifest/MANIFEST.MF");

  @TempDir Path folder;
  private Path home;
  private Path state;

  @BeforeEach
  void makeDistribution() throws Exception {
    home = folder.resolve("home"); // no space: Java archives no classes of such a path
    state = folder.resolve("a state");
    copy(SOURCES, home);
    assertThat(script().toFile().setExecutable(true)).isTrue();
    Files.createDirectories(home.resolve("lib"));
    for (String entry : Launched.classPath()) {
      if (Files.isDirectory(Path.of(entry))) {
        jar(Path.of(entry), home.resolve("lib/horai-launcher.jar"));
      } else {
        String name =
            Path.of(entry).getFileName().toString().replaceFirst("-[0-9.]+\\.jar", ".jar");
        Files.copy(Path.of(entry), home.resolve("lib").resolve(name));
      }
    }
    TestBundles.program(home.resolve("bundles/20/program.jar"), "1.0.0");
  }

  private Path script() {
    return home.resolve("bin/horai");
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> entries = Files.walk(from)) {
      for (Path entry : entries.toList()) {
        Files.copy(entry, to.resolve(from.relativize(entry).toString()));
      }
    }
  }

  private static void jar(Path classes, Path jar) throws IOException {
    try (InputStream manifest = Files.newInputStream(MANIFEST);
        OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, new Manifest(manifest));
        Stream<Path> entries = Files.walk(classes)) {
      for (Path entry : entries.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new JarEntry(classes.relativize(entry).toString()));
        Files.copy(entry, out);
      }
    }
  }

  private ProcessBuilder command(Path script, String... args) {
    ProcessBuilder builder = new ProcessBuilder(script.toString());
    builder.command().addAll(List.of(args));
    builder.environment().put("HORAI_HOME", state.toString());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return builder;
  }

  private End run(String... args) throws Exception {
    return run(command(script(), args));
  }

  private static End run(ProcessBuilder builder) throws Exception {
    try (Launched launched = Launched.start(builder)) {
      return launched.end();
    }
  }

  private List<Path> archives() throws IOException {
    try (Stream<Path> entries = Files.list(state.resolve("cache"))) {
      return entries.filter(entry -> entry.toString().endsWith(".jsa")).toList();
    }
  }

  @Test
  void passesArgumentsAndExitCode() throws Exception {
    home = Files.move(home, folder.resolve("a home"));
    End end = run("folders", "42");

    assertThat(end.out()).isEqualTo(home.toRealPath() + " " + state.toRealPath() + "\n");
    assertThat(end.err()).isEmpty();
    assertThat(end.code()).isEqualTo(42);
  }

  @Test
  void firstRunMakesAClassArchiveThatTheSecondUses() throws Exception {
    run();
    assertThat(archives()).hasSize(1);

    Path classes = folder.resolve("classes.log");
    ProcessBuilder second = command(script(), "7");
    second.environment().put("HORAI_OPTS", "-Xlog:class+load:file=" + folder.relativize(classes));
    second.directory(folder.toFile());

    assertThat(run(second)).isEqualTo(new End(7, "", ""));
    assertThat(Files.readString(classes))
        .contains("org.horai.launcher.Main source: shared objects file (top)");
  }

  @Test
  void damagedClassArchiveDoesNoHarm() throws Exception {
    run();
    Files.delete(archives().get(0));
    ProcessBuilder again = command(script(), "7");
    run(again);
    Path archive = archives().get(0);
    assertThat(archive.toFile().setWritable(true)).isTrue();
    Files.writeString(archive, "damaged");

    assertThat(run("7")).isEqualTo(new End(7, "", ""));
  }

  @Test
  void anotherJarMeansAnotherClassArchive() throws Exception {
    run();
    Path jar = home.resolve("lib/slf4j-jdk14.jar");
    Path same = Files.copy(jar, folder.resolve("same.jar"));
    Files.move(same, jar, StandardCopyOption.REPLACE_EXISTING);

    assertThat(run("7")).isEqualTo(new End(7, "", ""));
    assertThat(archives()).hasSize(2);
  }

  @Test
  void warmUpMakesTheArchiveAnew() throws Exception {
    assertThat(run("--warm-up").code()).isZero();
    assertThat(archives()).hasSize(1);
  }

  @Test
  void worksThroughSymbolicLinks() throws Exception {
    Path bin = Files.createDirectories(folder.resolve("elsewhere/bin"));
    Path absolute = Files.createSymbolicLink(folder.resolve("absolute"), script());
    Path relative = Files.createSymbolicLink(bin.resolve("relative"), Path.of("../../absolute"));

    assertThat(run(command(relative, "folders")).out()).startsWith(home.toRealPath() + " ");
    assertThat(absolute).isSymbolicLink();
  }

  @Test
  void helpAndVersionNeedNoJava() throws Exception {
    ProcessBuilder help = command(script(), "--help");
    ProcessBuilder version = command(script(), "--version");
    for (ProcessBuilder builder : List.of(help, version)) {
      builder.environment().put("JAVA_HOME", "/nowhere");
    }

    assertThat(run(help).out()).contains("Usage:", "--warm-up");
    assertThat(run(version).out()).startsWith("horai ");
    assertThat(state).doesNotExist();
  }

  @Test
  void missingJavaIsSaid() throws Exception {
    ProcessBuilder builder = new ProcessBuilder("/bin/sh", script().toString());
    builder.environment().remove("JAVA_HOME");
    builder.environment().put("PATH", folder.toString());

    End end = run(builder);

    assertThat(end.code()).isEqualTo(3);
    assertThat(end.err()).startsWith("horai: There is no Java.").contains("Next: ");
  }

  @Test
  void tooOldJavaIsSaid() throws Exception {
    Path java = folder.resolve("old/bin/java");
    Files.createDirectories(java.getParent());
    Files.writeString(java, "#!/bin/sh\necho 'openjdk version \"1.8.0_392\"' >&2\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    ProcessBuilder builder = command(script());
    builder.environment().put("JAVA_HOME", folder.resolve("old").toString());

    End end = run(builder);

    assertThat(end.code()).isEqualTo(3);
    assertThat(end.err()).contains("version 1; 17 is needed");
  }

  @Test
  void stateFolderThatCannotBeMadeIsSaid() throws Exception {
    Files.writeString(state, "a file");

    End end = run();

    assertThat(end.code()).isEqualTo(3);
    assertThat(end.err()).contains(state.toString(), "HORAI_HOME");
  }
}
