package org.horai.chronos.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.horai.chronos.model.Clusters.app;
import static org.horai.chronos.model.Clusters.candidate;

import java.util.List;
import java.util.Optional;
import org.horai.api.cluster.HostPort;
import org.junit.jupiter.api.Test;

class TopologyTest {
  @Test
  void knowsInstancesByTheirOverlayAddressAndReachesThemThroughTheirHosts() {
    Topology topology =
        Topology.of(Optional.of(app(3)), List.of(candidate(2), candidate(1), candidate(3)));

    ChronosInstance leader = topology.leading().orElseThrow();
    assertThat(leader.task().taskId()).isEqualTo("chronos.2");
    assertThat(leader.endpoint()).contains(new HostPort("10.0.1.2", 31002));
    assertThat(leader.address()).isEqualTo("10.32.1.2:8081");
  }

  @Test
  void replacesTheLeaderLast() {
    Topology topology =
        Topology.of(Optional.of(app(3)), List.of(candidate(1), candidate(2), candidate(3)));

    assertThat(topology.replacementOrder())
        .extracting(i -> i.task().taskId())
        .containsExactly("chronos.2", "chronos.3", "chronos.1");
  }

  @Test
  void knowsInstancesOnTheHostsNetworkByTheirHostPort() {
    Topology topology = Topology.of(Optional.of(app(3)), List.of(new HostPort("10.0.1.3", 31003)));

    assertThat(topology.leading())
        .hasValueSatisfying(leader -> assertThat(leader.task().taskId()).isEqualTo("chronos.3"));
  }

  @Test
  void joinsTheOnlyUnknownCandidateWithTheOnlyUnknownInstance() {
    Topology topology =
        Topology.of(
            Optional.of(app(3)),
            List.of(new HostPort("10.99.0.9", 8081), candidate(2), candidate(3)));

    assertThat(topology.leading())
        .hasValueSatisfying(leader -> assertThat(leader.task().taskId()).isEqualTo("chronos.1"));
  }

  @Test
  void hasNoLeaderWhenNobodyStands() {
    assertThat(Topology.of(Optional.of(app(3)), List.of()).leader()).isEmpty();
  }
}
