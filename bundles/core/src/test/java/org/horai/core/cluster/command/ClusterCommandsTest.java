package org.horai.core.cluster.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.horai.api.command.Command;
import org.horai.api.command.View;
import org.horai.core.cluster.model.KnownClusters;
import org.horai.core.cluster.model.KnownClusters.Checked;
import org.horai.core.testing.TestCall;
import org.horai.core.testing.TestClusters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterCommandsTest {
  @TempDir Path folder;

  @Test
  void useReadsAFileAndSaysWhatIsUsed() {
    Path file = TestClusters.write(folder, "p.yaml", TestClusters.LAB + "production: true\n");
    KnownClusters clusters = TestClusters.registry(folder);

    View view = run(new UseCommand(clusters), Map.of("cluster", file.toString()));

    assertThat(view.blocks().get(0))
        .isEqualTo(View.Line.of("Using lab (production: disruptive plans ask for its name)."));
    assertThat(view.names()).containsExactly("lab");
    assertThat(clusters.require().name()).isEqualTo("lab");
  }

  @Test
  void listShowsWantedCheckedAndBrokenClusters() throws Exception {
    KnownClusters clusters = TestClusters.using(folder, TestClusters.LAB);
    Path broken = TestClusters.write(folder, "b.yaml", TestClusters.LAB.replace("lab", "old"));
    clusters.use(broken.toString());
    clusters.use("lab");
    clusters.checked("lab", new Checked("healthy", Instant.now().minus(Duration.ofMinutes(4))));
    Files.writeString(broken, "name: old\n");

    View view = run(new ListCommand(clusters), Map.of());

    View.Table table = (View.Table) view.blocks().get(0);
    assertThat(table.rows())
        .extracting("mark", "name", "masters", "agents", "overlay", "chronos", "state")
        .containsExactly(
            tuple("*", "lab", 1, 2, "weave", "3.0.2 x 3", "healthy (checked 4 min ago)"),
            tuple(" ", "old", null, null, null, null, "invalid"));
    assertThat(view.blocks().get(1).toString()).contains("b.yaml:1:1: hosts is missing");
    assertThat(view.names()).containsExactly("lab", "old");
    assertThat(view.data().toString())
        .contains("selected=true", "state=healthy", "chronosInstances=3")
        .doesNotContain("mark");
  }

  @Test
  void listOfNothingSaysWhatToDo() {
    View.Table table =
        (View.Table) run(new ListCommand(TestClusters.registry(folder)), Map.of()).blocks().get(0);

    assertThat(table.rows()).isEmpty();
    assertThat(table.empty()).contains("cluster:use FILE").contains("sandbox:up");
  }

  @Test
  void hostsShowsHowEachIsReached() {
    View view =
        run(
            new HostsCommand(
                TestClusters.using(folder, TestClusters.LAB + "ssh: {user: ec2, port: 2200}\n")),
            Map.of());

    assertThat(view.names()).containsExactly("m1", "a1", "a2");
    assertThat(((View.Table) view.blocks().get(0)).rows().get(0))
        .containsEntry("address", "10.0.0.1")
        .containsEntry("roles", List.of("master", "zookeeper"))
        .containsEntry("ssh", "ec2@10.0.0.1:2200");
  }

  private static View run(Command command, Map<String, String> words) {
    assertThat(command.spec().examples()).hasSizeGreaterThanOrEqualTo(2);
    return command.run(new TestCall(words));
  }
}
