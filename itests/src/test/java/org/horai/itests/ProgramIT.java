package org.horai.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.horai.itests.Program.Ended;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as an operator starts it, against the sandbox. */
class ProgramIT {
  @TempDir Path state;

  @Test
  void theExampleDeploysRestartsAndPurges() throws Exception {
    Path example = Program.DISTRIBUTION.resolve("../../../examples/deploy-ha.gogo").normalize();

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
                + " chronos:plan --detailed-exitcode; chronos:restart --maintain --yes");

    assertThat(run.code()).as(run.err() + run.out()).isZero();
    assertThat(run.out()).contains("No changes");
  }

  @Test
  void aConvergedClusterHasNothingToChange() throws Exception {
    Ended run = horai("-c", "sandbox:up; chronos:apply --yes; chronos:plan --detailed-exitcode");

    assertThat(run.code()).as(run.out()).isZero();
    assertThat(run.out()).contains("No changes");
  }

  @Test
  void wrongUseAndRefusalsHaveTheirExitCodes() throws Exception {
    assertThat(horai("run", "no-such.gogo").code()).isEqualTo(2);
    assertThat(horai("-c", "cluster:use no-such.yaml").code()).isEqualTo(2);
    assertThat(horai("-c", "sandbox:up; chronos:apply").code()).isEqualTo(4);
  }

  @Test
  void theCommandPagesAreThoseOfTheProgram() throws Exception {
    Path folder = Program.DISTRIBUTION.resolve("../../../docs/commands").normalize();
    Map<String, String> pages = new TreeMap<>();
    for (String page : horai("-c", "help --markdown").out().split("(?m)^(?=# )")) {
      pages.put(page.lines().findFirst().orElseThrow().substring(2) + ".md", page);
    }

    assertThat(pages).containsKeys("net.md", "shell.md").doesNotContainKey("README.md");
    for (Map.Entry<String, String> page : pages.entrySet()) {
      assertThat(folder.resolve(page.getKey()))
          .as("README.md there says how to write the pages")
          .hasContent(page.getValue());
    }
    assertThat(folder.toFile().list()).hasSize(pages.size() + 1);
  }

  private Ended horai(String... words) throws IOException, InterruptedException {
    return new Program(state).run(words);
  }
}
