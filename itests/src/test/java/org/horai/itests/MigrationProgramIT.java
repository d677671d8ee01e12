package org.horai.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.horai.itests.LiveProgram.Ended;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** A running Chronos with a job every five seconds goes from one network to another. */
@Timeout(value = 300, threadMode = ThreadMode.SEPARATE_THREAD)
class MigrationProgramIT {
  private static final String UP = "sandbox:up --masters 1 --agents 3";
  private static final String JOB =
      "job:put --name beat --command true --schedule R/2020-01-01T00:00:00Z/PT5S --yes";
  private static final List<String> OTHERS =
      List.of("flannel", "calico", "docker-overlay", "openvswitch");

  @TempDir Path folder;

  /** The cluster lives in one program; that of the operator dies on the way. */
  @Test
  void itTurnsBackAfterKillDashNineAndGetsThereWithoutAMissedRun() throws Exception {
    Program operator = new Program(Files.createDirectory(folder.resolve("operator")));
    Program sandbox = new Program(Files.createDirectory(folder.resolve("cluster")));
    try (Running cluster =
        sandbox.start("-c", UP + " -o json; chronos:apply --yes; " + JOB + "; sleep 280")) {
      String file = cluster.until("\"file\"").split("\"")[3];
      cluster.until("beat");
      Running killed =
          operator.start("-c", "cluster:use " + file + "; net:migrate --to static --yes");
      killed.until("replacing");
      killed.until("1 new");
      killed.kill();

      Program.Ended status = operator.run("-c", "net:status");
      assertThat(status.out())
          .contains("A move to static has not ended: run:resume, or net:migrate --back.");
      Program.Ended back = operator.run("-c", "net:migrate --back --yes; net:doctor");
      assertThat(back.code()).as(back.out() + back.err()).isZero();
      assertMoved(back.out(), "weave", "static");

      Program.Ended there =
          operator.run(
              "-c",
              "net:migrate --to static --yes; net:status; net:doctor;"
                  + " chronos:plan --detailed-exitcode");
      assertThat(there.code()).as(there.out() + there.err()).isZero();
      assertMoved(there.out(), "static", "weave");
      assertThat(there.out()).contains("static was chosen by net:use or net:migrate");
    }
  }

  /** The worker's token does not exist before the manager does: the first apply stops there. */
  @Test
  void aSwarmIsMadeProvenAndLeftForAnotherNetwork() throws Exception {
    Path token = folder.resolve("token");
    try (LiveProgram program = LiveProgram.start(Files.createDirectory(folder.resolve("state")))) {
      program.must("sandbox:up --masters 1 --agents 2");
      Path file = onlyOneIn(folder.resolve("state/sandbox")).resolve("cluster.yaml");
      Path swarm = folder.resolve("swarm.yaml");
      Files.writeString(
          swarm,
          Files.readString(file)
              .replaceFirst("name: sandbox", "name: swarmed")
              .replaceFirst("store: '[^']*'", "mode: swarm\n      token: 'file:" + token + "'"));

      program.must("cluster:use " + swarm + "; net:use docker-overlay");
      assertThat(program.must("net:plan").replaceAll("\\s+", " "))
          .contains("token by docker swarm join-token -q worker on");
      Ended first = program.run("net:apply --yes");
      assertThat(first.code()).as(first.all()).isEqualTo(2);
      assertThat(first.all().replaceAll("\\s+", " "))
          .contains("secret file " + token + " does not exist", "next: write the secret to it");
      Files.copy(workerToken(file), token);
      Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
      program.must("run:resume --yes; net:plan --detailed-exitcode");
      assertThat(program.must("net:doctor")).contains("docker-overlay is healthy on 3 hosts");

      program.must("chronos:apply --yes; net:migrate --to weave --yes");
      assertThat(workerToken(file).resolveSibling("networks")).isEmptyDirectory();
      assertThat(program.must("net:doctor")).contains("weave is healthy on 3 hosts");
    }
  }

  private static Path workerToken(Path sandboxFile) throws IOException {
    return onlyOneIn(sandboxFile.resolveSibling("overlay/swarms")).resolve("worker");
  }

  private static Path onlyOneIn(Path parent) throws IOException {
    try (Stream<Path> all = Files.list(parent)) {
      return all.findFirst().orElseThrow();
    }
  }

  private static void assertMoved(String said, String to, String from) {
    assertThat(said.replaceAll("\\s+", " "))
        .contains("over " + to + " (12 of 12 pairs)")
        .contains("over " + to + " beside " + from + " (12 of 12 pairs)")
        .contains("every instance over " + to + " (12 of 12 pairs)")
        .containsPattern("the longest time without an answer of the API was \\d+ ms")
        .contains("0 runs of 1 scheduled jobs were missed")
        .contains("the framework id was kept")
        .contains(to + " is healthy on 4 hosts");
  }

  @Test
  void itStopsWhereItFailsAndGoesOn() throws Exception {
    try (LiveProgram program = LiveProgram.start(Files.createDirectory(folder.resolve("state")))) {
      program.must("sandbox:up --masters 1 --agents 2");
      refusesWhatCannotBe(program);
      choosesForOneCluster(program);
      program.must("chronos:apply --yes; " + JOB);
      plansTheOtherMoves(program);

      program.must("sandbox:fault no-vxlan agent-2");
      Ended stopped = program.run("net:migrate --to static --yes");
      assertThat(stopped.code()).isEqualTo(1);
      assertThat(stopped.all())
          .contains("Or turn back: net:migrate --back", "cannot start horai-static");
      assertThat(program.run("net:use flannel").all()).contains("net:migrate --back");
      program.must("sandbox:fault clear");
      assertThat(program.must("run:resume").replaceAll("\\s+", " "))
          .contains("0 runs of 1 scheduled jobs were missed", "over static (6 of 6 pairs)");
      assertThat(program.must("net:doctor")).contains("static is healthy on 3 hosts");
      Ended between = program.run("net:migrate --to flannel --dry-run");
      assertThat(between.code()).as("two networks of Docker's own").isEqualTo(4);
      assertThat(between.all()).contains("Docker starts a container on one network only");
    }
  }

  private static void refusesWhatCannotBe(LiveProgram program) {
    Ended missing = program.run("net:use flanel");
    assertThat(missing.code()).isEqualTo(2);
    assertThat(missing.all()).contains("networking-flanel", "flannel");
    assertThat(program.run("net:migrate --to flanel --yes").code()).isEqualTo(2);
    assertThat(program.run("net:migrate --to weave --yes").code()).isEqualTo(2);
    assertThat(program.run("net:migrate --back").code()).isEqualTo(2);
  }

  private static void choosesForOneCluster(LiveProgram program) {
    program.must("net:use static");
    assertThat(program.must("net:status -o json"))
        .containsPattern("\"provider\" *: *\"static\"")
        .containsPattern("\"selectedBy\" *: *\"net:use\"");
    program.must("net:use weave");
    assertThat(program.must("net:list -o json"))
        .containsPattern("\"selectedBy\" *: *\"cluster file\"");
  }

  private static void plansTheOtherMoves(LiveProgram program) {
    for (String to : OTHERS) {
      Ended plan = program.run("net:migrate --to " + to + " --dry-run");
      assertThat(plan.code()).as(to + plan.all()).isZero();
      assertThat(plan.all()).contains("on both networks", "on " + to + " alone");
    }
  }
}
