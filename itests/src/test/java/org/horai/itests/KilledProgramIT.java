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
    }
  }
}
