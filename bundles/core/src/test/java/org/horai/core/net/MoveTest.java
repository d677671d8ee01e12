package org.horai.core.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.horai.api.HoraiException;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.jobs.JobView;
import org.horai.api.network.OverlaySpec;
import org.horai.api.network.WorkloadAttachment;
import org.horai.api.network.WorkloadAttachment.Mode;
import org.horai.api.plan.PlanRequest;
import org.horai.api.plan.Stage;
import org.horai.api.plan.Step.ActionStep;
import org.horai.core.net.model.Move;
import org.horai.core.net.model.RunsDue;
import org.horai.core.plan.model.StepCluster;
import org.horai.core.testing.TestClusters;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MoveTest {
  @TempDir Path folder;
  private ClusterSpec cluster;

  @BeforeEach
  void readIt() {
    cluster = cluster("10.48.0.0/12");
  }

  private ClusterSpec cluster(String range) {
    ClusterSpec plain = TestClusters.read(folder, TestClusters.LAB);
    OverlaySpec other =
        new OverlaySpec(
            "static", "", range, range, Optional.empty(), plain.overlay().hosts(), Map.of());
    return plain.describing(List.of(plain.overlay(), other));
  }

  private static Move move(ClusterSpec cluster) {
    return Move.of(
        new PlanRequest(cluster, Move.GOAL, Set.of(), Map.of("from", "weave", "to", "static")));
  }

  @Test
  void theClusterIsOnBothInBetweenWithTheAddressesOfTheNewOne() {
    Move move = move(cluster);

    assertThat(move.joined().overlay().provider()).isEqualTo("static");
    assertThat(move.joined().beside().map(OverlaySpec::provider)).contains("weave");
    assertThat(move.moved().beside()).isEmpty();
  }

  @Test
  void rangesThatOverlapAreRefused() {
    assertThat(move(cluster).overlap()).isEmpty();
    assertThat(move(cluster("10.32.4.0/24")).overlap().orElseThrow().code()).isEqualTo("NET-106");
  }

  @Test
  void stepsOfBothLegsDifferAndKnowTheirNetworkAfterAResume() {
    Move move = move(cluster);
    Stage stage = move.end();
    Stage joined = Move.leg(move.joined(), "on both", List.of(stage)).get(0);
    Stage moved = Move.leg(move.moved(), "alone", List.of(stage)).get(0);

    assertThat(joined.steps().get(0).id()).isNotEqualTo(moved.steps().get(0).id());
    ActionStep step = (ActionStep) joined.steps().get(0);
    assertThat(StepCluster.of(cluster, step.arguments())).isEqualTo(move.joined());
    ActionStep last = (ActionStep) moved.steps().get(0);
    assertThat(StepCluster.of(cluster, last.arguments())).isEqualTo(move.moved());
    assertThat(StepCluster.of(cluster, Map.of())).isEqualTo(cluster);
  }

  private static WorkloadAttachment attachment(Mode mode, String name, String socket) {
    return new WorkloadAttachment(
        Map.of("FROM_" + name, "1"),
        mode,
        mode == Mode.NAMED ? Optional.of(name) : Optional.empty(),
        Map.of(),
        Map.of("docker_socket", socket),
        "address of " + name,
        true);
  }

  @Test
  void aContainerJoinsBothThroughTheProxyAndByName() {
    WorkloadAttachment proxy = attachment(Mode.BRIDGE, "A", "/var/run/weave/weave.sock");
    WorkloadAttachment named = attachment(Mode.NAMED, "B", "/var/run/docker.sock");

    for (WorkloadAttachment both : List.of(proxy.alsoOn(named), named.alsoOn(proxy))) {
      assertThat(both.mode()).isEqualTo(Mode.NAMED);
      assertThat(both.networkName()).contains("B");
      assertThat(both.environment()).containsOnlyKeys("FROM_A", "FROM_B");
      assertThat(both.agentFlags()).containsEntry("docker_socket", "/var/run/weave/weave.sock");
    }
    assertThat(named.alsoOn(proxy).addressCommand()).isEqualTo("address of B");
  }

  /** Whatever address is advertised: Marathon dials the one on the network that has a name. */
  @Test
  void marathonReachesWhatItReachesOnTheNamedNetwork() {
    WorkloadAttachment proxy = attachment(Mode.BRIDGE, "A", "/var/run/weave/weave.sock");
    WorkloadAttachment named =
        new WorkloadAttachment(
            Map.of(), Mode.NAMED, Optional.of("B"), Map.of(), Map.of(), "address of B", false);

    for (WorkloadAttachment both : List.of(proxy.alsoOn(named), named.alsoOn(proxy))) {
      assertThat(both.marathonReachesContainers()).isFalse();
    }
    assertThat(proxy.alsoOn(named).mastersReachContainers()).isTrue();
    assertThat(proxy.marathonReachesContainers()).isTrue();
  }

  @Test
  void twoNetworksOfDockersOwnAreRefused() {
    WorkloadAttachment one = attachment(Mode.NAMED, "B", "/var/run/docker.sock");
    WorkloadAttachment other = attachment(Mode.NAMED, "C", "/var/run/docker.sock");

    assertThatThrownBy(() -> one.alsoOn(other))
        .isInstanceOf(HoraiException.class)
        .hasMessageContaining("cannot be on both networks");
    assertThatThrownBy(
            () ->
                attachment(Mode.BRIDGE, "A", "/a.sock")
                    .alsoOn(attachment(Mode.NAMED, "B", "/b.sock")))
        .hasMessageContaining("cannot be on both networks");
  }

  private static Optional<RunsDue> job(String schedule, long successes) {
    return RunsDue.of(
        JobView.parse(
            Map.of(
                "name", "beat", "schedule", schedule, "successCount", successes, "errorCount", 1)));
  }

  @Test
  void runsAreCountedByTheSchedule() {
    RunsDue before = job("R/2026-11-23T10:00:00.000Z/PT2S", 10).orElseThrow();

    assertThat(before.next()).isEqualTo(Instant.parse("2026-11-23T10:00:00Z"));
    assertThat(before.period()).isEqualTo(Duration.ofSeconds(2));
    assertThat(before.missing(job("R/2026-11-23T10:01:00.000Z/PT2S", 40).orElseThrow())).isZero();
    assertThat(before.missing(job("R/2026-11-23T10:01:00.000Z/PT2S", 37).orElseThrow()))
        .isEqualTo(3);
    assertThat(job("R/2026-11-23T10:00:00.000Z/P1M", 1)).isEmpty();
    assertThat(job("", 1)).isEmpty();
  }
}
