package org.horai.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What a stranger has: the published artifacts in a Maven repository, an empty repository of their
 * own, and Maven. The plugins and libraries come from the repository of this build, so nothing is
 * fetched from elsewhere.
 */
final class PublishedArtifacts {
  private static final Path SOURCE = Shipped.HOME.resolve("../../..").normalize();
  private static final String VERSION = version();

  private final Path folder;
  private final Path settings;

  PublishedArtifacts(Path folder) throws IOException {
    this.folder = folder;
    this.settings = folder.resolve("settings.xml");
    publish("horai", SOURCE, false);
    publish("bundles", SOURCE.resolve("bundles"), false);
    publish("api", SOURCE.resolve("bundles/api"), true);
    publish("core", SOURCE.resolve("bundles/core"), true);
    publish("overlay-tck", SOURCE.resolve("itests/overlay-tck"), true);
    publish(
        "overlay-provider-archetype",
        SOURCE.resolve("archetypes/overlay-provider-archetype"),
        true);
    Files.writeString(settings, settings());
  }

  private static String version() {
    try (Stream<Path> jars = Files.list(SOURCE.resolve("bundles/api/target"))) {
      return jars.map(jar -> jar.getFileName().toString())
          .filter(name -> name.matches("api-.*\\.jar"))
          .map(name -> name.substring("api-".length(), name.length() - ".jar".length()))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  static String horaiVersion() {
    return VERSION;
  }

  private void publish(String name, Path module, boolean jar) throws IOException {
    String file = name + "-" + VERSION;
    Path place = Files.createDirectories(repository("org/horai/" + name + "/" + VERSION));
    Files.copy(module.resolve("pom.xml"), place.resolve(file + ".pom"));
    if (jar) {
      Files.copy(module.resolve("target/" + file + ".jar"), place.resolve(file + ".jar"));
    }
  }

  private Path repository(String path) {
    return folder.resolve("published").resolve(path);
  }

  private String settings() {
    String local = Path.of(System.getProperty("horai.local.repository")).toUri().toString();
    String policy = "<checksumPolicy>ignore</checksumPolicy>";
    String one =
        "<id>%s</id><url>%s</url><releases>"
            + policy
            + "</releases>"
            + "<snapshots><enabled>true</enabled>"
            + policy
            + "</snapshots>";
    String published = one.formatted("published", folder.resolve("published").toUri());
    String plugins = one.formatted("build", local);
    return "<settings><profiles><profile><id>strangers</id><repositories>"
        + ("<repository>" + published + "</repository><repository>" + plugins + "</repository>")
        + ("</repositories><pluginRepositories><pluginRepository>" + plugins)
        + "</pluginRepository></pluginRepositories></profile></profiles>"
        + "<activeProfiles><activeProfile>strangers</activeProfile></activeProfiles></settings>";
  }

  /** Runs Maven in a folder; gives what it said. Fails unless it succeeds. */
  String maven(Path where, String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("maven.home"), "bin", "mvn").toString());
    command.addAll(List.of("-B", "-o", "-ntp", "-s", settings.toString()));
    command.add("-Dmaven.repo.local=" + folder.resolve("m2"));
    command.add("-Daether.offline.protocols=file");
    command.addAll(List.of(words));
    Path log = Files.createTempFile(folder, "maven", ".log");
    ProcessBuilder builder = new ProcessBuilder(command).directory(where.toFile());
    builder.environment().remove("MAVEN_OPTS");
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    Process process = builder.start();
    try {
      assertThat(process.waitFor(300, TimeUnit.SECONDS)).as("ended in time").isTrue();
      String said = Files.readString(log);
      assertThat(process.exitValue()).as(said).isZero();
      return said;
    } finally {
      process.destroyForcibly();
    }
  }

  /** Copies a folder of this source tree, without what was built there. */
  Path copyOf(String source) throws IOException {
    Path from = SOURCE.resolve(source);
    Path to = folder.resolve("copy-of-" + from.getFileName());
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path name = from.relativize(file);
        if (!name.startsWith("target")) {
          Files.createDirectories(to.resolve(name).getParent());
          Files.copy(file, to.resolve(name));
        }
      }
    }
    return to;
  }

  /** Puts a jar into a repository as its author would; gives the repository's URL. */
  String deploy(String group, String artifact, String version, Path jar) throws IOException {
    Path vendor = folder.resolve("vendor");
    Path place = vendor.resolve(group.replace('.', '/')).resolve(artifact).resolve(version);
    Files.createDirectories(place);
    Files.copy(jar, place.resolve(artifact + "-" + version + ".jar"));
    return vendor.toUri().toString();
  }
}
