package org.horai.networking.vxlan.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.horai.networking.vxlan.model.Overlays.overlay;

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

/** The answers of iproute2 6.1 on three hosts, as captured, reduced to what is read. */
class StaticDoctorTest {
  private static final String LINK =
      "49: horai-vx: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1450 qdisc noqueue master horai0 state"
          + " UNKNOWN mode DEFAULT group default qlen 1000\\    link/ether 46:20:74:ed:6a:5d brd"
          + " ff:ff:ff:ff:ff:ff promiscuity 1  allmulti 1 minmtu 68 maxmtu 65535 \\    vxlan id 42"
          + " local 10.88.0.1 srcport 0 0 dstport 4789 ttl auto ageing 300 udpcsum \n";
  private static final String BRIDGE =
      "48: horai0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1450 qdisc noqueue state UP mode DEFAULT\n";

  private final OverlaySpec wanted = overlay(Map.of());
  private final Map<String, Map<String, ProbeOutput>> said = new HashMap<>();

  @BeforeEach
  void allIsWell() {
    for (int i = 1; i <= 3; i++) {
      Map<String, ProbeOutput> probes = new HashMap<>();
      probes.put(StaticProbes.LINK, ok(LINK));
      probes.put(StaticProbes.BRIDGE, ok(BRIDGE));
      probes.put(
          StaticProbes.ADDRESS,
          ok("48: horai0    inet 10.66." + 16 * i + ".1/16 scope global horai0\\   valid_lft\n"));
      StringBuilder entries = new StringBuilder("46:20:74:ed:6a:5d master horai0 permanent\n");
      StringBuilder pings = new StringBuilder();
      for (int j = 1; j <= 3; j++) {
        if (i != j) {
          entries.append("00:00:00:00:00:00 dst 10.88.0." + j + " self permanent\n");
          pings.append("10.66." + 16 * j + ".1\n");
        }
      }
      probes.put(StaticProbes.FORWARDING, ok(entries + "ee:5f:1f:68:ea:4d dst 10.88.0.2 self \n"));
      probes.put(
          StaticProbes.ROUTES,
          ok(
              "default via 10.88.0.254 dev eth0 \n10.66.0.0/16 dev horai0 proto kernel scope link"
                  + " src 10.66.16.1 \n"));
      probes.put(StaticProbes.PING.id(), ok(pings.toString()));
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
    return new StaticDoctor(wanted, new StaticRole(wanted), new OverlayView(hosts)).judge();
  }

  private List<String> findings() {
    return judge().findings().stream().map(StaticDoctorTest::line).toList();
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
    said.get("h1").put(StaticProbes.PING.id(), ok("10.66.32.1\n"));
    said.get("h3").put(StaticProbes.PING.id(), ok("10.66.32.1\n"));

    assertThat(findings())
        .containsExactly("STA-103 h1 does not reach h3", "STA-103 h3 does not reach h1");
  }

  @Test
  void aHostThatIsDownIsToldOnce() {
    said.get("h2").put(StaticProbes.LINK, new ProbeOutput(1, "", "Device does not exist."));
    said.get("h1").put(StaticProbes.PING.id(), ok("10.66.48.1\n"));
    said.get("h3").put(StaticProbes.PING.id(), ok("10.66.16.1\n"));

    assertThat(findings()).containsExactly("STA-101 h2 the overlay is down");
    assertThat(judge().peers().get(1).state()).isEqualTo("down");
  }

  @Test
  void entriesMustBeThoseOfThePeers() {
    said.get("h1")
        .put(
            StaticProbes.FORWARDING,
            ok(
                "00:00:00:00:00:00 dst 10.88.0.2 self permanent\n"
                    + "00:00:00:00:00:00 dst 10.88.0.77 self permanent\n"));

    assertThat(findings())
        .containsExactly(
            "STA-104 h1 has no forwarding entry for h3",
            "STA-104 h1 forwards to 10.88.0.77, which is no peer");
  }

  @Test
  void addressesMayBeLostOrOld() {
    said.get("h1").put(StaticProbes.ADDRESS, ok(""));
    said.get("h2").put(StaticProbes.ADDRESS, ok("4: horai0    inet 10.66.5.1/16 scope global\n"));

    assertThat(findings())
        .containsExactly(
            "STA-102 h1 has no address on the overlay",
            "STA-107 h2 has 10.66.5.1/16, wanted is 10.66.32.1");
  }

  @Test
  void differentSizesAndOverlappingRoutesAreFound() {
    said.get("h3").put(StaticProbes.LINK, ok(LINK.replace("mtu 1450", "mtu 8951")));
    said.get("h2").put(StaticProbes.ROUTES, ok("10.66.7.0/24 dev docker0 scope link\n"));

    assertThat(findings())
        .containsExactly(
            "STA-106 h2 the range 10.66.0.0/16 overlaps the route to 10.66.7.0/24",
            "STA-105 static the MTU differs between peers");
  }

  @Test
  void withoutPingNothingIsClaimed() {
    said.get("h1").put(StaticProbes.PING.id(), new ProbeOutput(3, "", ""));

    assertThat(findings()).containsExactly("STA-109 h1 has no ping");
  }

  @Test
  void aSilentHostIsUnknown() {
    said.remove("h3");

    assertThat(findings()).contains("STA-108 h3 cannot be asked");
    assertThat(judge().peers().get(2).state()).isEqualTo("unknown");
  }
}
