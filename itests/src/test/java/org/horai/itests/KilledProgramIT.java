package org.horai.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.horai.itests.Program.Ended;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** The operator's program dies in the middle of a change; the cluster, in another one, lives on. */
class KilledProgramIT {
  @TempDir Path folder;

  @Test
  @Timeout(value = 240, threadMode = ThreadMode.SEPARATE_THREAD)
  void aRunGoesOnInANewProgramAfterKillDashNine() throws Exception {
    Path released = folder.resolve("released");
    Program operator = new Program(Files.createDirectory(folder.resolve("operator")));
    try (Running cluster =
        new Program(Files.createDirectory(folder.resolve("cluster")))
            .start(
                "-c",
                "sandbox:up -o json; sandbox:fault stall; until { cat "
                    + released
                    + " } { sleep 0.3 };"
                    + " sandbox:fault clear; sleep 240")) {
      String file = cluster.until("\"file\"").split("\"")[3];
      cluster.until("Fault: stall");
      Running killed = operator.start("-c", "cluster:use " + file + "; chronos:apply --yes");
      killed.until("app /chronos");
      killed.until("0 of 3 healthy");

      Ended other = operator.run("-c", "run:resume");
      assertThat(other.code()).as(other.err()).isEqualTo(4);
      assertThat(other.err()).contains("HOR-040", "(pid " + killed.pid() + "), chronos.deploy");

      Ended stuck = operator.run("-c", "marathon:deployments; marathon:why /chronos");
      assertThat(stuck.code()).as(stuck.err()).isZero();
      assertThat(stuck.out()).contains("/chronos", "ScaleApplication");

      killed.kill();
      Files.createFile(released);
      Ended resumed = operator.run("-c", "run:resume");

      assertThat(resumed.code()).as(resumed.err() + resumed.out()).isZero();
      assertThat(resumed.err()).doesNotContain("restart the agent");
      assertThat(resumed.out()).contains("a canary job ran");
      assertThat(operator.run("-c", "chronos:plan --detailed-exitcode").code()).isZero();
      assertThat(operator.run("-c", "run:list -o json").out())
          .containsOnlyOnce("\"run\"")
          .contains("\"status\" : \"done\"");

      aChangeCutInHalfIsFinished(operator);
    }
  }

  /**
   * On this Marathon a change of the app hangs until its instances are killed by hand; who comes
   * back after that must go on killing. The canary of the killed program counts for nothing.
   */
  private static void aChangeCutInHalfIsFinished(Program operator) throws Exception {
    Ended left =
        operator.run(
            "-c",
            "job:put --name horai-canary --schedule R1/2100-01-01T00:00:00Z/P1D --command 'exit 1'"
                + " --retries 0; job:run horai-canary --watch || echo left behind");
    assertThat(left.out()).as(left.err()).contains("left behind");

    Running killed = operator.start("-c", "chronos:upgrade --to 3.0.1 --yes");
    killed.until("3 in the election, 0 new");
    killed.kill();
    Ended half = operator.run("-c", "chronos:upgrade --to 3.0.1 --dry-run");
    assertThat(half.out()).as(half.err()).contains("instances of an older version:");
    Ended resumed = operator.run("-c", "run:resume");

    assertThat(resumed.code()).as(resumed.err() + resumed.out()).isZero();
    assertThat(resumed.err()).contains("replaced by hand");
    assertThat(resumed.out()).contains("a canary job ran", "the framework id was kept");
    assertThat(operator.run("-c", "marathon:deployments -o name; job:list -o name").out())
        .isEmpty();
  }
}
