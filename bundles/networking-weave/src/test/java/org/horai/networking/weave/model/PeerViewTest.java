package org.horai.networking.weave.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.horai.api.host.HostFacts;
import org.horai.api.host.ProbeOutput;
import org.horai.api.network.Subnet;
import org.junit.jupiter.api.Test;

/** What real hosts printed, read. */
class PeerViewTest {
  private static final Subnet SUBNET = Subnet.parse("10.32.1.0/24").orElseThrow();

  @Test
  void readsAReadyPeerOfTheFirstGeneration() {
    PeerView view =
        view(
            Map.of(
                WeaveProbes.REPORT, Recorded.of("1.5.2/09-status-ready.txt", "weave report"),
                WeaveProbes.EXPOSED, Recorded.of("1.5.2/08-expose.txt", "weave ps weave:expose"),
                WeaveProbes.BRIDGE,
                    new ProbeOutput(
                        0, "15: weave    inet 10.32.1.138/24 scope global weave\n", "")));

    assertThat(view.running()).isTrue();
    assertThat(view.version()).isEqualTo("1.5.2");
    assertThat(view.name()).isEqualTo("92:4f:e6:a5:50:3f");
    assertThat(view.connections())
        .containsExactlyInAnyOrder("f2:1d:e6:d8:45:8a", "3a:bf:04:b7:20:49");
    assertThat(view.range()).contains(Subnet.parse("10.32.0.0/12").orElseThrow());
    assertThat(view.owners()).hasSize(3);
    assertThat(view.unknownOwners()).isEmpty();
    assertThat(view.waiting()).isEmpty();
    assertThat(view.recorded()).isEqualTo("10.32.1.138/24");
    assertThat(view.onBridge()).isTrue();
  }

  @Test
  void readsAPeerOfTheSecondGenerationAndForgivesItItself() {
    PeerView view = view(Map.of(WeaveProbes.REPORT, Recorded.file("2.8.1/report.json")));

    assertThat(view.version()).isEqualTo("2.8.1");
    assertThat(view.range()).contains(Subnet.parse("10.32.0.0/12").orElseThrow());
    assertThat(view.connections()).hasSize(2);
    assertThat(view.problems()).isEmpty();
  }

  @Test
  void knowsARouterThatDoesNotRun() {
    PeerView view = view(Map.of(WeaveProbes.REPORT, new ProbeOutput(7, "", "")));

    assertThat(view.running()).isFalse();
    assertThat(view.proxyAnswers()).isFalse();
  }

  @Test
  void seesAnAddressThatIsRecordedButNotOnTheBridge() {
    PeerView view =
        view(
            Map.of(
                WeaveProbes.EXPOSED,
                Recorded.of("1.5.2/08-expose.txt", "weave ps weave:expose"),
                WeaveProbes.BRIDGE,
                new ProbeOutput(0, "", "")));

    assertThat(view.recorded()).isEqualTo("10.32.1.138/24");
    assertThat(view.onBridge()).isFalse();
  }

  @Test
  void survivesAReportThatIsNoJson() {
    assertThat(view(Map.of(WeaveProbes.REPORT, new ProbeOutput(0, "<html>", ""))).running())
        .isFalse();
  }

  @Test
  void readsRoutesButNotThoseOfTheBridge() {
    PeerView view =
        view(
            Map.of(
                WeaveProbes.ROUTES,
                new ProbeOutput(
                    0,
                    "default via 10.88.0.254 dev eth0\n10.40.0.0/16 dev eth0\n"
                        + "10.32.1.0/24 dev weave proto kernel\n",
                    "")));

    assertThat(view.routes()).containsExactly(Subnet.parse("10.40.0.0/16").orElseThrow());
  }

  private static PeerView view(Map<String, ProbeOutput> probes) {
    return PeerView.of(
        new HostFacts("h1", java.util.Optional.empty(), probes, Map.of()),
        SUBNET,
        new ObjectMapper());
  }
}
