package org.horai.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.horai.itests.LiveProgram.Ended;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** A running Chronos 2.4.0 with chained jobs goes to 3.0.2 and back. */
@Timeout(value = 180, threadMode = ThreadMode.SEPARATE_THREAD)
class UpgradeProgramIT {
  private static final String OLD =
      "sandbox:up --masters 1 --agents 2 --chronos 2.4.0 --marathon 1.1.1 --mesos 0.28";
  private static final String UPGRADE = "chronos:upgrade --to 3.0.2 --yes";

  private static final String JOBS =
      """
      [{"name":"root","command":"true","schedule":"R/2020-01-01T00:00:00Z/PT2S","epsilon":"PT15M"},
       {"name":"child","command":"true","parents":["root"]},
       {"name":"grandchild","command":"true","parents":["child"]},
       {"name":"weekly","command":"true","schedule":"R/2030-01-01T00:00:00Z/P7D","epsilon":"PT2H"},
       {"name":"daily report","command":"true","schedule":"R/2030-01-01T00:00:00Z/P1D"},
       {"name":"after_report","command":"true","parents":["daily report"]},
       {"name":"slow","command":"true","async":true,"schedule":"R/2030-01-01T00:00:00Z/P1D"}]
      """;
  private static final String MENDED =
      """
      [{"name":"daily_report","command":"true","schedule":"R/2030-01-01T00:00:00Z/P1D"},
       {"name":"after_report","command":"true","parents":["daily_report"]},
       {"name":"slow","command":"true","async":false,"schedule":"R/2030-01-01T00:00:00Z/P1D"}]
      """;
  private static final List<String> NAMES =
      List.of("after_report", "child", "daily_report", "grandchild", "root", "slow", "weekly");

  @TempDir Path folder;

  @Test
  void itGoesThereWithABundleThatComesWhileTheShellRunsAndBack() throws Exception {
    Path jobs = Files.writeString(folder.resolve("jobs.json"), JOBS);
    Path mended = Files.writeString(folder.resolve("mended.json"), MENDED);
    try (LiveProgram program = LiveProgram.start(Files.createDirectory(folder.resolve("state")))) {
      program.must(OLD + "; chronos:apply --yes; job:put " + jobs + " --yes");
      String records = program.must("zk:get /chronos/state/state/J_weekly");

      refusesWhileJobsWouldBreak(program);
      assertThat(program.must("zk:get /chronos/state/state/J_weekly")).isEqualTo(records);
      assertThat(program.must("chronos:status -o json")).contains("\"version\" : \"2.4.0\"");
      program.must("job:put " + mended + " --yes; job:delete 'daily report' --yes");

      program.must("platform:uninstall chronos-3x --yes");
      Ended without = program.run(UPGRADE);
      assertThat(without.code()).isNotZero();
      assertThat(without.all())
          .contains("no dialect for Chronos 3.0.2", "bundle chronos-3x brings it", "2.3 to 2.5")
          .contains("platform:install");
      program.must("platform:install " + dialect());

      interruptAndResume(program);
      assertThat(program.must("chronos:status"))
          .contains("Chronos 3.0.2, 2 of 2 healthy")
          .contains("was chosen by chronos:upgrade")
          .contains("chronos.version: 3.0.2");
      assertThat(program.run("chronos:plan --detailed-exitcode").code()).isZero();
      awaitRewritten(program);

      assertThat(program.must("chronos:upgrade --back --yes"))
          .contains("7 jobs shown by the API, 7 stored in ZooKeeper", "the framework id was kept");
      assertThat(names(program)).containsExactlyElementsOf(NAMES);
      assertThat(program.must("zk:get /chronos/state/state/J_root")).contains("PT15M");
      assertThat(program.must("zk:get /chronos/state/state/J_weekly")).contains("PT2H");
      assertThat(program.must("chronos:status"))
          .contains("Chronos 2.4.0, 2 of 2 healthy")
          .doesNotContain("chosen by");
      assertThat(program.run("chronos:upgrade --back --yes").all()).contains("CHR-340");
    }
  }

  private static void refusesWhileJobsWouldBreak(LiveProgram program) {
    for (String way : List.of("--dry-run", "--yes")) {
      Ended refused = program.run("chronos:upgrade --to 3.0.2 " + way);
      assertThat(refused.code()).as(refused.all()).isEqualTo(4);
      assertThat(refused.all())
          .contains("CHR-341", "put it as daily_report", "these jobs wait for it: after_report")
          .contains("CHR-342", "CHR-343", "CHR-349")
          .contains("must not stand in one election");
    }
  }

  /** The dialect leaves when the old instances are gone, and comes back as an installed jar. */
  private static void interruptAndResume(LiveProgram program) throws Exception {
    LiveProgram.Running upgrade = program.start(UPGRADE);
    Wire.until("the old ones are gone", () -> upgrade.said().contains("app and tasks are gone"));
    program.must("platform:uninstall chronos-3x --yes");
    Ended interrupted = upgrade.end();
    assertThat(interrupted.code()).as(interrupted.all()).isNotZero();
    assertThat(interrupted.all()).contains("chronos-3x", "chronos:upgrade --back");

    program.must("platform:install " + dialect());
    assertThat(program.must("chronos:status")).contains("On its way from Chronos 2.4.0 to 3.0.2");
    assertThat(program.run("chronos:upgrade --to 2.5.1 --yes").all()).contains("CHR-340");
    assertThat(program.must("run:resume"))
        .contains("7 jobs shown by the API, 7 stored in ZooKeeper", "the framework id was kept");
    assertThat(names(program)).containsExactlyElementsOf(NAMES);
  }

  /** Chronos 3 writes a record anew after each run of its job. */
  private static void awaitRewritten(LiveProgram program) throws Exception {
    Wire.until(
        "Chronos 3 to drop the epsilon",
        () -> !program.must("zk:get /chronos/state/state/J_root").contains("PT15M"));
  }

  private static List<String> names(LiveProgram program) {
    return program.must("job:list -o name").lines().sorted().toList();
  }

  private static Path dialect() {
    return Shipped.house().stream()
        .filter(one -> one.name().equals("org.horai.chronos-3x"))
        .findFirst()
        .orElseThrow()
        .jar();
  }

  @Test
  void itTurnsBackInANewProgramAfterKillDashNine() throws Exception {
    Path jobs = Files.writeString(folder.resolve("mended.json"), MENDED);
    Program operator = new Program(Files.createDirectory(folder.resolve("operator")));
    try (Running cluster =
        new Program(Files.createDirectory(folder.resolve("cluster")))
            .start(
                "-c",
                OLD
                    + " -o json; chronos:apply --yes; job:put "
                    + jobs
                    + " --yes; sandbox:fault stall; sandbox:fault clear; sleep 170")) {
      String file = cluster.until("\"file\"").split("\"")[3];
      cluster.until("All lasting faults");
      Running killed = operator.start("-c", "cluster:use " + file + "; " + UPGRADE);
      killed.until("app and tasks are gone");
      killed.kill();

      Program.Ended stopped = operator.run("-c", "chronos:status; cluster:show");
      assertThat(stopped.out()).contains("On its way from Chronos 2.4.0 to 3.0.2");

      Program.Ended back = operator.run("-c", "chronos:upgrade --back --yes; job:list -o name");
      assertThat(back.code()).as(back.out() + back.err()).isZero();
      assertThat(back.out())
          .contains("3 jobs shown by the API, 3 stored in ZooKeeper", "daily_report");

      Program.Ended there = operator.run("-c", UPGRADE);
      assertThat(there.code()).as(there.out() + there.err()).isZero();
      assertThat(there.out().replaceAll("\\s+", " "))
          .contains("Write it into " + file + ", which says 2.4.0: chronos.version: 3.0.2");
    }
  }
}
