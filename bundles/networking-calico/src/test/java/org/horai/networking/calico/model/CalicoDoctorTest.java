package org.horai.networking.calico.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.horai.networking.calico.model.Overlays.overlay;

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

/** Three hosts with the blocks 192.168.1.0/26 to 192.168.3.0/26, in the words of bird 2.0.12. */
class CalicoDoctorTest {
  private final OverlaySpec wanted = overlay(Map.of());
  private final Map<String, Map<String, ProbeOutput>> said = new HashMap<>();

  @BeforeEach
  void allIsWell() {
    for (int i = 1; i <= 3; i++) {
      StringBuilder protocols = new StringBuilder("BIRD 2.0.12 ready.\n");
      StringBuilder learned = new StringBuilder("BIRD 2.0.12 ready.\nTable master4:\n");
      StringBuilder pings = new StringBuilder();
      for (int j = 1; j <= 3; j++) {
        if (i != j) {
          protocols.append(session(j, "up     22:46:40.854  Established   "));
          learned.append(
              "192.168." + j + ".0/26       unicast [Mesh_10_88_0_" + j + " 22:46] * (100) [i]\n");
          pings.append("192.168." + j + ".0/26\n");
        }
      }
      Map<String, ProbeOutput> probes = new HashMap<>();
      probes.put(CalicoProbes.BLOCK, ok("192.168." + i + ".0/26\n"));
      probes.put(CalicoProbes.PROTOCOLS, ok(protocols.toString()));
      probes.put(CalicoProbes.LEARNED, ok(learned.toString()));
      probes.put(CalicoProbes.PING.id(), ok(pings.toString()));
      probes.put(CalicoProbes.DOCKER, ok("192.168." + i + ".0/26\n"));
      probes.put(
          CalicoProbes.ROUTES,
          ok(
              "default via 10.88.0.254 dev eth0 \nblackhole 192.168."
                  + i
                  + ".0/26 proto bird metric 32 \n192.168.9.0/26 via 10.88.0.9 dev eth0 proto bird"
                  + " metric 32 \n"));
      said.put("h" + i, probes);
    }
  }

  private static String session(int peer, String state) {
    return "Mesh_10_88_0_" + peer + " BGP        ---        " + state + "\n";
  }

  private static ProbeOutput ok(String text) {
    return new ProbeOutput(0, text, "");
  }

  private void change(String host, String probe, String old, String now) {
    String text = said.get(host).get(probe).stdout();
    assertThat(text).contains(old);
    said.get(host).put(probe, ok(text.replace(old, now)));
  }

  private OverlayHealth judge() {
    Map<String, HostFacts> hosts = new HashMap<>();
    said.forEach(
        (host, probes) -> hosts.put(host, new HostFacts(host, Optional.empty(), probes, Map.of())));
    return new CalicoDoctor(wanted, new CalicoRole(wanted), new OverlayView(hosts)).judge();
  }

  private List<String> findings() {
    return judge().findings().stream()
        .map(f -> f.code() + " " + f.subject() + " " + f.what())
        .toList();
  }

  @Test
  void nothingIsSaidOfAHealthyMesh() {
    assertThat(judge().findings()).isEmpty();
    assertThat(judge().peers())
        .containsExactly(
            new OverlayHealth.PeerHealth("h1", "up", 2, 2, "192.168.1.0/26", ""),
            new OverlayHealth.PeerHealth("h2", "up", 2, 2, "192.168.2.0/26", ""),
            new OverlayHealth.PeerHealth("h3", "up", 2, 2, "192.168.3.0/26", ""));
  }

  @Test
  void aLostSessionIsToldWithWhatBirdSaysOfIt() {
    String lost = session(3, "start  22:46:54.819  Idle          BGP Error: Hold timer expired");
    change("h1", CalicoProbes.PROTOCOLS, session(3, "up     22:46:40.854  Established   "), lost);

    assertThat(findings()).containsExactly("CAL-104 h1 has no BGP session with h3");
    assertThat(judge().findings().get(0).why()).isEqualTo("Idle: BGP Error: Hold timer expired");
    assertThat(judge().peers().get(0).connections()).isEqualTo(1);
  }

  @Test
  void aBirdThatDoesNotRunIsToldOnce() {
    said.get("h2").put(CalicoProbes.PROTOCOLS, new ProbeOutput(1, "", "Unable to connect"));

    assertThat(findings()).containsExactly("CAL-101 h2 bird does not run");
    assertThat(judge().peers().get(1).state()).isEqualTo("down");
  }

  @Test
  void routesThatWereNotToldAndPacketsThatGetLostAreFound() {
    change("h1", CalicoProbes.LEARNED, "192.168.2.0/26", "192.168.7.0/26");
    change("h3", CalicoProbes.PING.id(), "192.168.1.0/26\n", "");

    assertThat(findings())
        .containsExactly(
            "CAL-105 h1 has no route to the blocks of h2", "CAL-103 h3 does not reach h1");
  }

  @Test
  void blocksAreOfOneHostAndOfDockersNetworkThere() {
    said.get("h1").put(CalicoProbes.DOCKER, new ProbeOutput(1, "", "no agent runs here"));
    said.get("h2").put(CalicoProbes.DOCKER, ok("192.168.9.0/26\n"));
    said.get("h3").put(CalicoProbes.DOCKER, new ProbeOutput(1, "", "No such network"));

    assertThat(findings())
        .containsExactly(
            "CAL-107 h2 Docker's network is of 192.168.9.0/26, the host has 192.168.2.0/26",
            "CAL-107 h3 Docker has no network horai-calico");
    said.get("h3").put(CalicoProbes.BLOCK, ok("192.168.1.0/26\n"));
    assertThat(findings()).contains("CAL-110 h1, h3 have one block 192.168.1.0/26");
    said.get("h3").put(CalicoProbes.BLOCK, ok("10.1.1.0/26\n"));
    assertThat(findings()).contains("CAL-102 h3 has no block of 192.168.0.0/16");
  }

  @Test
  void overlappingRoutesAreFound() {
    change("h2", CalicoProbes.ROUTES, "default via", "192.168.40.0/24 dev eth1 \ndefault via");

    assertThat(findings())
        .containsExactly(
            "CAL-106 h2 the network 192.168.0.0/16 overlaps the route to 192.168.40.0/24");
  }

  @Test
  void withoutPingNothingIsClaimedAndASilentHostIsUnknown() {
    said.get("h1").put(CalicoProbes.PING.id(), new ProbeOutput(3, "", ""));
    said.remove("h3");

    assertThat(findings()).containsExactly("CAL-109 h1 has no ping", "CAL-108 h3 cannot be asked");
    assertThat(judge().peers().get(2).state()).isEqualTo("unknown");
  }
}
