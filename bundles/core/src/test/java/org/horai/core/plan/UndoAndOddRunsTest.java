package org.horai.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.horai.core.plan.Plans.onHosts;
import static org.horai.core.plan.Plans.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.horai.api.HoraiException;
import org.horai.api.host.FileContent;
import org.horai.api.host.ResourceState;
import org.horai.api.plan.Report;
import org.horai.api.plan.RunListener;
import org.horai.api.time.Deadline;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UndoAndOddRunsTest {
  private static final RunListener QUIET = new RunListener() {};
  private static final FileContent A = FileContent.of("/etc/a", "a\n");

  @TempDir Path folder;
  private World world;

  @BeforeEach
  void world() {
    world = new World(folder, "h1", "h2", "h3");
  }

  @AfterEach
  void end() {
    world.close();
  }

  @Test
  void undoPutsBackFilesOnEveryHostAndNamesTheSilentOne() {
    world.machines.get("h1").write("/etc/a", "before\n");
    Report report =
        world.runner.run(world.cluster(), plan(onHosts("net:a", 0, A, "h1", "h2", "h3")), QUIET);
    world.cut.add("h3");

    Map<String, List<ResourceState>> restored =
        world.runner.undo(world.cluster(), report.runId(), line -> {}, Deadline::after);

    assertThat(world.machines.get("h1").read("/etc/a")).isEqualTo("before\n");
    assertThat(world.machines.get("h2").exists("/etc/a")).isFalse();
    assertThat(restored.get("h3").get(0).status()).isEqualTo(ResourceState.Status.FAILED);
    assertThat(world.locks.holders).isEmpty();
  }

  @Test
  void strangeFoldersAndUnknownRunsAreNoTrouble() throws IOException {
    Files.createDirectories(world.state.resolve("runs/r-20261123-0907-abc"));
    Files.createDirectories(world.state.resolve("runs/else"));
    assertThat(world.runner.runs()).isEmpty();
    assertThat(world.runner.find("../../etc")).isEmpty();
    assertThatThrownBy(() -> world.runner.resume(world.cluster(), "r-1", QUIET))
        .isInstanceOf(HoraiException.class)
        .hasMessageContaining("no run r-1");
    assertThatThrownBy(() -> world.runner.resume(world.cluster(), "", QUIET))
        .isInstanceOf(HoraiException.class)
        .hasMessageContaining("no unfinished run of test");
  }
}
