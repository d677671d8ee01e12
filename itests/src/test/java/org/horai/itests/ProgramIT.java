package org.horai.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as an operator starts it, against the sandbox. */
class ProgramIT {
  private static final Path DISTRIBUTION = Path.of(System.getProperty("horai.distribution"));

  @TempDir Path state;

  private record Ended(int code, String out, String err) {}

  @Test
  void theExampleDeploysRestartsAndPurges() throws Exception {
    Path example = DISTRIBUTION.resolve("../../../examples/deploy-ha.gogo").normalize();

    Ended run = horai("run", example.toString());

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("the framework id was kept", "a new framework id is in use", "a canary job ran");
  }

  @Test
  void theFirstGenerationDeploysToo() throws Exception {
    Ended run =
        horai(
            "-c",
            "sandbox:up --chronos 2.4.0 --marathon 1.1.1 --mesos 0.28; chronos:apply --yes;"
                + " chronos:apply --yes; chronos:restart --maintain --yes");

    assertThat(run.code()).as(run.err() + run.out()).isZero();
  }

  @Test
  void aConvergedClusterHasNothingToChange() throws Exception {
    Ended run = horai("-c", "sandbox:up; chronos:apply --yes; chronos:plan --detailed-exitcode");

    assertThat(run.code()).as(run.out()).isZero();
    assertThat(run.out()).contains("No changes");
  }

  @Test
  void aMissingExposureOnTheMastersIsFoundAndMended() throws Exception {
    Ended broken =
        horai(
            "-c",
            "sandbox:up; chronos:apply --yes; sandbox:fault unexpose masters;"
                + " chronos:verify --settle 1s");
    assertThat(broken.code()).isEqualTo(1);

    Ended mended =
        horai(
            "-c",
            "sandbox:up; chronos:apply --yes; sandbox:fault unexpose masters;"
                + " chronos:apply --yes; chronos:verify");
    assertThat(mended.code()).as(mended.out() + mended.err()).isZero();
  }

  @Test
  void wrongUseAndRefusalsHaveTheirExitCodes() throws Exception {
    assertThat(horai("run", "no-such.gogo").code()).isEqualTo(2);
    assertThat(horai("-c", "chronos:aply").code()).isEqualTo(2);
    assertThat(horai("-c", "chronos:plan --bogus").code()).isEqualTo(2);
    assertThat(horai("-c", "cluster:use no-such.yaml").code()).isEqualTo(2);
    assertThat(horai("-c", "sandbox:up; zk:rm /mesos --yes").code()).isEqualTo(4);
    assertThat(horai("-c", "sandbox:up; chronos:apply").code()).isEqualTo(4);
  }

  private Ended horai(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(DISTRIBUTION.resolve("bin/horai").toString()));
    command.addAll(List.of(words));
    Path out = state.resolve("out.txt");
    Path err = state.resolve("err.txt");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("HORAI_HOME", state.resolve("home").toString());
    builder.redirectInput(Path.of("/dev/null").toFile());
    builder.redirectOutput(out.toFile());
    builder.redirectError(err.toFile());
    Process process = builder.start();
    try {
      assertThat(process.waitFor(180, TimeUnit.SECONDS)).as("ended in time").isTrue();
      return new Ended(
          process.exitValue(),
          Files.readString(out, StandardCharsets.UTF_8),
          Files.readString(err, StandardCharsets.UTF_8));
    } finally {
      process.destroyForcibly();
    }
  }
}
