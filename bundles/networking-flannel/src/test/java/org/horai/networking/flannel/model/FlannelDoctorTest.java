package org.horai.networking.flannel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.horai.networking.flannel.model.Overlays.overlay;

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

/** Three hosts with the parts 10.60.1.0/24 to 10.60.3.0/24, in the words of flanneld 0.9.1. */
class FlannelDoctorTest {
  private static final String LINK =
      "78: flannel.1: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1450 qdisc noqueue state UNKNOWN\n";

  private final OverlaySpec wanted = overlay(Map.of());
  private final Map<String, Map<String, ProbeOutput>> said = new HashMap<>();

  @BeforeEach
  void allIsWell() {
    StringBuilder leases = new StringBuilder();
    for (int i = 1; i <= 3; i++) {
      leases.append("10.60." + i + ".0-24 {\"PublicIP\":\"10.88.0." + i + "\"}\n");
    }
    for (int i = 1; i <= 3; i++) {
      Map<String, ProbeOutput> probes = new HashMap<>();
      probes.put(
          FlannelProbes.SUBNET,
          ok(
              "FLANNEL_NETWORK=10.60.0.0/16\nFLANNEL_SUBNET=10.60."
                  + i
                  + ".1/24\nFLANNEL_MTU=1450\nFLANNEL_IPMASQ=true\n"));
      probes.put(FlannelProbes.LINK, ok(LINK));
      probes.put(FlannelProbes.LEASES, ok(leases.toString()));
      probes.put(FlannelProbes.DOCKER, ok("10.60." + i + ".0/24\n"));
      StringBuilder routes = new StringBuilder("default via 10.88.0.254 dev eth0 \n");
      StringBuilder pings = new StringBuilder();
      for (int j = 1; j <= 3; j++) {
        if (i != j) {
          routes.append("10.60." + j + ".0/24 via 10.60." + j + ".0 dev flannel.1 onlink \n");
          pings.append("10.60." + j + ".0-24\n");
        }
      }
      probes.put(FlannelProbes.ROUTES, ok(routes.toString()));
      probes.put(FlannelProbes.PING, ok(pings.toString()));
      said.put("h" + i, probes);
    }
  }

  private static ProbeOutput ok(String text) {
    return new ProbeOutput(0, text, "");
  }

  private OverlayHealth judge() {
    Map<String, HostFacts> hosts = new HashMap<>();
    said.forEach(
        (host, probes) -> hosts.put(host, new HostFacts(host, Optional.empty(), probes, Map.of())));
    return new FlannelDoctor(wanted, new FlannelRole(wanted), new OverlayView(hosts)).judge();
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
            new OverlayHealth.PeerHealth("h1", "up", 2, 2, "10.60.1.0/24", "mtu 1450"),
            new OverlayHealth.PeerHealth("h2", "up", 2, 2, "10.60.2.0/24", "mtu 1450"),
            new OverlayHealth.PeerHealth("h3", "up", 2, 2, "10.60.3.0/24", "mtu 1450"));
  }

  @Test
  void aCutShowsOnBothSides() {
    said.get("h1").put(FlannelProbes.PING, ok("10.60.2.0-24\n"));
    said.get("h3").put(FlannelProbes.PING, ok("10.60.2.0-24\n"));

    assertThat(findings())
        .containsExactly("FLA-103 h1 does not reach h3", "FLA-103 h3 does not reach h1");
  }

  @Test
  void aHostThatWaitsForEtcdSaysWhy() {
    said.get("h2").put(FlannelProbes.SUBNET, new ProbeOutput(1, "", "No such file"));
    said.get("h2")
        .put(
            FlannelProbes.LOG,
            ok("E1122 22:35:51.0 40199 main.go:348] Couldn't fetch network config: 100: Key\n"));

    assertThat(findings()).containsExactly("FLA-101 h2 flanneld has no part of the network");
    assertThat(judge().findings().get(0).why())
        .isEqualTo("Couldn't fetch network config: 100: Key");
    assertThat(judge().peers().get(1).state()).isEqualTo("down");
  }

  @Test
  void anotherPartThanDockersIsAnError() {
    said.get("h2").put(FlannelProbes.DOCKER, ok("10.60.9.0/24\n"));
    said.get("h3").put(FlannelProbes.DOCKER, new ProbeOutput(1, "", "No such network"));
    said.get("h1").put(FlannelProbes.DOCKER, new ProbeOutput(1, "", "no agent runs here"));

    assertThat(findings())
        .containsExactly(
            "FLA-107 h2 Docker's network is of 10.60.9.0/24, the host has 10.60.2.0/24",
            "FLA-107 h3 Docker has no network horai-flannel");
  }

  @Test
  void theOldNetworkIsTold() {
    said.get("h1")
        .put(
            FlannelProbes.SUBNET,
            ok("FLANNEL_NETWORK=10.70.0.0/16\nFLANNEL_SUBNET=10.70.4.1/24\nFLANNEL_MTU=1450\n"));

    assertThat(findings())
        .containsExactly("FLA-102 h1 has a part of 10.70.0.0/16, wanted is 10.60.0.0/16");
  }

  @Test
  void partsOfStrangersAndLostRoutesAreFound() {
    said.get("h1")
        .put(
            FlannelProbes.LEASES,
            ok(
                "10.60.1.0-24 {\"PublicIP\":\"10.88.0.1\"}\n10.60.8.0-24 {\"PublicIP\":\"10.88.0.77\"}\n"));
    said.get("h3")
        .put(FlannelProbes.ROUTES, ok("10.60.1.0/24 via 10.60.1.0 dev flannel.1 onlink \n"));

    assertThat(findings())
        .containsExactly(
            "FLA-104 h3 has no route to h2",
            "FLA-110 flannel etcd knows a part 10.60.8.0/24 of 10.88.0.77, which is no host of ours");
  }

  @Test
  void differentSizesAndOverlappingRoutesAreFound() {
    said.get("h3")
        .put(
            FlannelProbes.SUBNET,
            ok("FLANNEL_NETWORK=10.60.0.0/16\nFLANNEL_SUBNET=10.60.3.1/24\nFLANNEL_MTU=8951\n"));
    said.get("h2")
        .merge(
            FlannelProbes.ROUTES,
            ok("10.60.7.0/24 dev docker0 scope link\n"),
            (old, more) -> ok(old.stdout() + more.stdout()));

    assertThat(findings())
        .containsExactly(
            "FLA-106 h2 the network 10.60.0.0/16 overlaps the route to 10.60.7.0/24",
            "FLA-105 flannel the MTU differs between peers");
  }

  @Test
  void withoutEtcdOrPingNothingIsClaimed() {
    said.get("h1").put(FlannelProbes.LEASES, new ProbeOutput(1, "", "timeout"));
    said.get("h1").put(FlannelProbes.PING, ok(""));
    said.get("h2").put(FlannelProbes.PING, new ProbeOutput(3, "", ""));

    assertThat(findings())
        .containsExactly("FLA-111 h1 etcd tells this host nothing", "FLA-109 h2 has no ping");
  }

  @Test
  void aSilentHostIsUnknown() {
    said.remove("h3");

    assertThat(findings()).contains("FLA-108 h3 cannot be asked");
    assertThat(judge().peers().get(2).state()).isEqualTo("unknown");
  }
}
