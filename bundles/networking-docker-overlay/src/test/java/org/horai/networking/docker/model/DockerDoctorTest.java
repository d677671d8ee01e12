package org.horai.networking.docker.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.horai.networking.docker.model.Overlays.overlay;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.horai.api.host.HostFacts;
import org.horai.api.host.ProbeOutput;
import org.horai.api.network.OverlayHealth;
import org.horai.api.network.OverlaySpec;
import org.horai.api.network.OverlayView;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DockerDoctorTest {
  private static final String LIST = "NETWORK ID     NAME    DRIVER    SCOPE\n";
  private OverlaySpec wanted = overlay(Map.of("store", "etcd://10.88.0.9:2379"));
  private final Map<String, Map<String, ProbeOutput>> said = new HashMap<>();

  @BeforeEach
  void allIsWell() {
    said.put("h1", new HashMap<>(Map.of(DockerProbes.PEERS, ok("10.88.0.2\n10.88.0.3\n"))));
    said.put("h2", agent("10.88.0.3\n"));
    said.put("h3", agent("10.88.0.2\n"));
  }

  private static Map<String, ProbeOutput> agent(String peers) {
    Map<String, ProbeOutput> probes = new HashMap<>();
    probes.put(DockerProbes.INFO, ok(" Cluster Store: etcd://10.88.0.9:2379\n Swarm: inactive\n"));
    probes.put(
        DockerProbes.NETWORKS, ok(LIST + "0a090fd8604a   horai-docker   overlay   global\n"));
    probes.put(DockerProbes.NETWORK, ok("[{\"Subnet\": \"10.66.0.0/16\"}]"));
    probes.put(DockerProbes.NODES, new ProbeOutput(1, "", "not a swarm manager"));
    probes.put(DockerProbes.PEERS, ok(peers));
    probes.put(DockerProbes.ROUTES, ok("10.88.0.0/24 dev eth0 scope link\n"));
    return probes;
  }

  private static ProbeOutput ok(String text) {
    return new ProbeOutput(0, text, "");
  }

  private OverlayHealth judge() {
    Map<String, HostFacts> hosts = new HashMap<>();
    said.forEach(
        (host, probes) -> hosts.put(host, new HostFacts(host, Optional.empty(), probes, Map.of())));
    return new DockerDoctor(wanted, new DockerRole(wanted), new OverlayView(hosts)).judge();
  }

  private List<String> findings() {
    return judge().findings().stream()
        .map(f -> f.code() + " " + f.subject() + " " + f.what())
        .toList();
  }

  @Test
  void nothingIsSaidOfAHealthyOverlay() {
    assertThat(judge().findings()).isEmpty();
    assertThat(judge().peers())
        .containsExactly(
            new OverlayHealth.PeerHealth("h1", "up", 2, 2, "", "outside, dials host ports"),
            new OverlayHealth.PeerHealth("h2", "up", 1, 1, "", ""),
            new OverlayHealth.PeerHealth("h3", "up", 1, 1, "", ""));
  }

  @Test
  void aCutShowsOnBothSidesAndOnMasters() {
    said.get("h2").put(DockerProbes.PEERS, ok(""));
    said.get("h3").put(DockerProbes.PEERS, ok(""));
    said.get("h1").put(DockerProbes.PEERS, ok("10.88.0.2\n"));

    assertThat(findings())
        .containsExactly(
            "DOV-107 h1 does not reach h3",
            "DOV-103 h2 does not reach h3",
            "DOV-103 h3 does not reach h2");
  }

  @Test
  void aDaemonWithoutTheStoreIsNotOnTheOverlay() {
    said.get("h3").put(DockerProbes.INFO, ok(" Swarm: inactive\n"));

    assertThat(findings()).containsExactly("DOV-102 h3 is not on the overlay");
    assertThat(judge().peers().get(2).state()).isEqualTo("down");
  }

  @Test
  void anotherNetworkOfTheSameNameIsFound() {
    said.get("h3")
        .put(DockerProbes.NETWORKS, ok(LIST + "ffffffffffff   horai-docker   overlay   global\n"));
    said.get("h2").put(DockerProbes.NETWORK, ok("[{\"Subnet\": \"10.77.0.0/16\"}]"));

    assertThat(findings())
        .containsExactly(
            "DOV-104 h2 has horai-docker with 10.77.0.0/16",
            "DOV-104 horai-docker is not one network");
  }

  @Test
  void aMissingNetworkADeadDaemonAndARouteAreFound() {
    said.get("h2").put(DockerProbes.NETWORKS, ok(LIST));
    said.get("h2").put(DockerProbes.ROUTES, ok("10.66.7.0/24 dev docker0\n"));
    said.get("h3").put(DockerProbes.NETWORKS, new ProbeOutput(1, "", "Cannot connect"));

    assertThat(findings())
        .containsExactly(
            "DOV-104 h2 has no network horai-docker",
            "DOV-106 h2 the range 10.66.0.0/16 overlaps the route to 10.66.7.0/24",
            "DOV-101 h3 Docker does not answer");
  }

  @Test
  void aSwarmLosesANode() {
    wanted = overlay(Map.of("mode", "swarm", "token", "file:/t"));
    said.get("h2").put(DockerProbes.INFO, ok(" Swarm: active\n  Is Manager: true\n"));
    said.get("h3").put(DockerProbes.INFO, ok(" Swarm: active\n  Is Manager: false\n"));
    said.get("h3").put(DockerProbes.NETWORKS, ok(LIST));

    assertThat(findings()).as("a worker learns of the network later").isEmpty();
    assertThat(judge().peers().get(1).note()).isEqualTo("manager");
    said.get("h2")
        .put(
            DockerProbes.NODES,
            ok("x1m82oz78iwb0ie02ogsbo2iu     h3         Down      Active     20.10.24\n"));
    assertThat(findings()).containsExactly("DOV-105 h2 has lost the node h3");
  }
}
