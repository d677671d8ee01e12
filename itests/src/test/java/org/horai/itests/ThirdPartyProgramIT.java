package org.horai.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a stranger does: builds a provider from published artifacts, and an operator installs it.
 */
class ThirdPartyProgramIT {
  @TempDir static Path folder;
  private static PublishedArtifacts published;
  private static Path jar;
  private static String built;

  private record Ended(int code, String out, String err) {}

  @BeforeAll
  static void buildTheExample() throws Exception {
    published = new PublishedArtifacts(folder);
    Path project = published.copyOf("examples/overlay-provider");
    built = published.maven(project, "verify");
    jar = project.resolve("target/overlay-hostgw-1.0.0.jar");
  }

  @Test
  void theExampleIsSmallAndConforms() throws Exception {
    Path source =
        folder.resolve(
            "copy-of-overlay-provider/src/main/java/com/example/hostgw/HostGwProvider.java");

    assertThat(Files.readAllLines(source)).hasSizeLessThan(150);
    assertThat(built).containsPattern("hostgw: (\\d+) of \\1");
  }

  @Test
  void theSkeletonOfTheArchetypeConforms() throws Exception {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    published.maven(
        empty,
        "org.apache.maven.plugins:maven-archetype-plugin:3.2.1:generate",
        "-DarchetypeCatalog=internal",
        "-DarchetypeGroupId=org.horai",
        "-DarchetypeArtifactId=overlay-provider-archetype",
        "-DarchetypeVersion=" + PublishedArtifacts.horaiVersion(),
        "-DgroupId=com.acme",
        "-DartifactId=overlay-acme",
        "-Dpackage=com.acme.overlay",
        "-Did=acme");

    String said = published.maven(empty.resolve("overlay-acme"), "verify");

    assertThat(said).containsPattern("acme: (\\d+) of \\1");
    assertThat(empty.resolve("overlay-acme/target/overlay-acme-1.0.0.jar")).exists();
  }

  @Test
  void aProviderComesByFileStaysAndGoes() throws Exception {
    Path state = folder.resolve("by-file");
    String pinned = jar + " --sha256 " + sha256(jar);

    Ended unverified = horai(state, "provider:install " + jar);
    assertThat(unverified.code()).isEqualTo(4);
    assertThat(unverified.err()).contains("PRV-003", "next:");

    String check = "; provider:conformance hostgw; provider:conformance weave";
    Ended installed = horai(state, "provider:install " + pinned + check);
    assertThat(installed.code()).as(installed.out() + installed.err()).isZero();
    assertThat(installed.out()).containsPattern("hostgw: (\\d+) of \\1");
    assertThat(installed.out()).as("with its tools").containsPattern("weave: (\\d+) of \\1");

    Ended later =
        horai(state, "provider:verify; net:list; provider:remove hostgw --yes; net:list -o name");
    assertThat(later.code()).as(later.err()).isZero();
    assertThat(later.out()).containsPattern("hostgw +1\\.0\\.0 +active").endsWith("weave\n");
  }

  @Test
  void aProviderComesFromARepository() throws Exception {
    Path state = folder.resolve("by-mvn");
    String vendor = published.deploy("com.example", "overlay-hostgw", "1.0.0", jar);

    Ended installed =
        horai(
            state,
            "provider:install mvn:com.example/overlay-hostgw/1.0.0 --repository "
                + vendor
                + " --sha256 "
                + sha256(jar)
                + "; provider:list -o wide");

    assertThat(installed.code()).as(installed.err()).isZero();
    assertThat(installed.out()).contains("mvn:com.example/overlay-hostgw/1.0.0");
  }

  @Test
  void chronosIsDeployedOverAProviderThatLeavesWithTheShellOpen() throws Exception {
    Ended run =
        horai(
            folder.resolve("deployed"),
            "provider:install "
                + jar
                + " --sha256 "
                + sha256(jar)
                + "; sandbox:up --overlay hostgw; chronos:apply --yes; net:status;"
                + " chronos:plan --detailed-exitcode; provider:remove hostgw --yes;"
                + " echo STILL OPEN; net:status");

    assertThat(run.out())
        .as(run.err())
        .contains("a canary job ran", "hostgw 1.0, range", "up on 6 of 6 hosts", "No changes")
        .contains("hostgw 1.0.0 removed", "STILL OPEN");
    assertThat(run.code()).as("the network's provider is gone").isEqualTo(3);
    assertThat(run.err()).contains("HOR-020", "hostgw");
  }

  private static String sha256(Path file) throws Exception {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
  }

  /** One run of the shell; its home folder, and so ~/.m2, is the state folder. */
  private static Ended horai(Path state, String line) throws IOException, InterruptedException {
    Files.createDirectories(state);
    List<String> command = new ArrayList<>(List.of(Shipped.HOME.resolve("bin/horai").toString()));
    command.addAll(List.of("-c", line));
    Path out = Files.createTempFile(state, "out", ".txt");
    Path err = Files.createTempFile(state, "err", ".txt");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("HORAI_HOME", state.resolve("home").toString());
    builder.environment().put("HORAI_OPTS", "-Duser.home=" + state);
    builder.redirectInput(Path.of("/dev/null").toFile());
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    Process process = builder.start();
    try {
      assertThat(process.waitFor(180, TimeUnit.SECONDS)).as("ended in time").isTrue();
      return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
    } finally {
      process.destroyForcibly();
    }
  }
}
