package org.horai.networking.openvswitch.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.horai.networking.openvswitch.model.Overlays.overlay;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.horai.api.health.Finding;
import org.horai.api.host.HostFacts;
import org.horai.api.host.ProbeOutput;
import org.horai.api.network.OverlayHealth;
import org.horai.api.network.OverlaySpec;
import org.horai.api.network.OverlayView;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The answers of iproute2 6.1 and Open vSwitch 3.1 on three hosts, reduced to what is read. */
class OvsDoctorTest {
  private static final String LINK =
      "49: horai-ovs: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1450 qdisc noqueue master horai-ob state"
          + " UNKNOWN mode DEFAULT group default qlen 1000\\    link/ether 46:20:74:ed:6a:5d brd"
          + " ff:ff:ff:ff:ff:ff\n";
  private static final String BRIDGE =
      "48: horai-ob: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1450 qdisc noqueue state UP mode DEFAULT\n";

  private final OverlaySpec wanted = overlay(Map.of());
  private final Map<String, Map<String, ProbeOutput>> said = new HashMap<>();

  @BeforeEach
  void allIsWell() {
    for (int i = 1; i <= 3; i++) {
      Map<String, ProbeOutput> probes = new HashMap<>();
      probes.put(OvsProbes.LINK, ok(LINK));
      probes.put(OvsProbes.BRIDGE, ok(BRIDGE));
      probes.put(
          OvsProbes.ADDRESS,
          ok("48: horai-ob    inet 10.66." + 16 * i + ".1/16 scope global horai0\\   valid_lft\n"));
      StringBuilder entries = new StringBuilder(show(""));
      StringBuilder pings = new StringBuilder();
      for (int j = 1; j <= 3; j++) {
        if (i != j) {
          entries.append(tunnel("10.88.0." + j));
          pings.append("10.66." + 16 * j + ".1\n");
        }
      }
      probes.put(OvsProbes.SHOW, ok(entries.toString()));
      probes.put(
          OvsProbes.ROUTES,
          ok(
              "default via 10.88.0.254 dev eth0 \n10.66.0.0/16 dev horai-ob proto kernel scope link"
                  + " src 10.66.16.1 \n"));
      probes.put(OvsProbes.PING.id(), ok(pings.toString()));
      said.put("h" + i, probes);
    }
  }

  private static String show(String ports) {
    return "bf735a8c-e981-4954-bb84-c6fc401813b8\n"
        + "    Bridge horai-ovs\n        Port horai-ovs\n            Interface horai-ovs\n"
        + "                type: internal\n"
        + ports;
  }

  private static String tunnel(String peer) {
    return "        Port hv\n            Interface hv\n                type: vxlan\n"
        + "                options: {key=\"42\", remote_ip=\""
        + peer
        + "\"}\n";
  }

  @Test
  void aDaemonThatIsGoneAndAPortThatFailsAreFound() {
    said.get("h2").put(OvsProbes.SHOW, new ProbeOutput(1, "", "database connection failed"));
    String broken = "                error: \"could not open network device eth99\"\n";
    said.get("h3")
        .put(OvsProbes.SHOW, ok(show(tunnel("10.88.0.1") + tunnel("10.88.0.2") + broken)));

    assertThat(findings())
        .containsExactly(
            "OVS-110 h2 Open vSwitch does not answer", "OVS-104 h3 has a port that does not work");
  }

  private static ProbeOutput ok(String text) {
    return new ProbeOutput(0, text, "");
  }

  private OverlayHealth judge() {
    Map<String, HostFacts> hosts = new HashMap<>();
    said.forEach(
        (host, probes) -> hosts.put(host, new HostFacts(host, Optional.empty(), probes, Map.of())));
    return new OvsDoctor(wanted, new OvsRole(wanted), new OverlayView(hosts)).judge();
  }

  private List<String> findings() {
    return judge().findings().stream().map(OvsDoctorTest::line).toList();
  }

  private static String line(Finding finding) {
    return finding.code() + " " + finding.subject() + " " + finding.what();
  }

  @Test
  void nothingIsSaidOfAHealthyOverlay() {
    assertThat(judge().findings()).isEmpty();
    assertThat(judge().peers())
        .containsExactly(
            new OverlayHealth.PeerHealth("h1", "up", 2, 2, "10.66.16.1/16", "mtu 1450"),
            new OverlayHealth.PeerHealth("h2", "up", 2, 2, "10.66.32.1/16", "mtu 1450"),
            new OverlayHealth.PeerHealth("h3", "up", 2, 2, "10.66.48.1/16", "mtu 1450"));
  }

  @Test
  void aCutShowsOnBothSides() {
    said.get("h1").put(OvsProbes.PING.id(), ok("10.66.32.1\n"));
    said.get("h3").put(OvsProbes.PING.id(), ok("10.66.32.1\n"));

    assertThat(findings())
        .containsExactly("OVS-103 h1 does not reach h3", "OVS-103 h3 does not reach h1");
  }

  @Test
  void aHostThatIsDownIsToldOnce() {
    said.get("h2").put(OvsProbes.LINK, new ProbeOutput(1, "", "Device does not exist."));
    said.get("h1").put(OvsProbes.PING.id(), ok("10.66.48.1\n"));
    said.get("h3").put(OvsProbes.PING.id(), ok("10.66.16.1\n"));

    assertThat(findings()).containsExactly("OVS-101 h2 the overlay is down");
    assertThat(judge().peers().get(1).state()).isEqualTo("down");
  }

  @Test
  void tunnelsMustBeThoseOfThePeers() {
    said.get("h1").put(OvsProbes.SHOW, ok(show(tunnel("10.88.0.2") + tunnel("10.88.0.77"))));

    assertThat(findings())
        .containsExactly(
            "OVS-104 h1 has no tunnel to h3",
            "OVS-104 h1 has a tunnel to 10.88.0.77, which is no peer");
  }

  @Test
  void addressesMayBeLostOrOld() {
    said.get("h1").put(OvsProbes.ADDRESS, ok(""));
    said.get("h2").put(OvsProbes.ADDRESS, ok("4: horai-ob    inet 10.66.5.1/16 scope global\n"));

    assertThat(findings())
        .containsExactly(
            "OVS-102 h1 has no address on the overlay",
            "OVS-107 h2 has 10.66.5.1/16, wanted is 10.66.32.1");
  }

  @Test
  void differentSizesAndOverlappingRoutesAreFound() {
    said.get("h3").put(OvsProbes.LINK, ok(LINK.replace("mtu 1450", "mtu 8951")));
    said.get("h2").put(OvsProbes.ROUTES, ok("10.66.7.0/24 dev docker0 scope link\n"));

    assertThat(findings())
        .containsExactly(
            "OVS-106 h2 the range 10.66.0.0/16 overlaps the route to 10.66.7.0/24",
            "OVS-105 openvswitch the MTU differs between peers");
  }

  @Test
  void withoutPingNothingIsClaimed() {
    said.get("h1").put(OvsProbes.PING.id(), new ProbeOutput(3, "", ""));

    assertThat(findings()).containsExactly("OVS-109 h1 has no ping");
  }

  @Test
  void aSilentHostIsUnknown() {
    said.remove("h3");

    assertThat(findings()).contains("OVS-108 h3 cannot be asked");
    assertThat(judge().peers().get(2).state()).isEqualTo("unknown");
  }
}
