package org.horai.networking.calico.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.horai.api.host.HostFacts;
import org.horai.api.host.ProbeOutput;
import org.horai.recordings.Recordings;
import org.horai.recordings.Transcript;
import org.junit.jupiter.api.Test;

/** What bird 2.0.12 said on real hosts, read. */
class CalicoRecordedOutputsTest {
  @Test
  void anEstablishedSessionAndWhatItToldAreUnderstood() {
    String out = Transcript.read("bird-bgp/01.txt").step("show route").out();
    String second = out.substring(out.indexOf("BIRD ", 1), out.indexOf("default via"));
    String routes = out.substring(out.indexOf("default via"), out.indexOf("PING"));
    PeerView view =
        view(
            Map.of(
                CalicoProbes.PROTOCOLS,
                ok(out.substring(0, out.indexOf("BIRD ", 1))),
                CalicoProbes.LEARNED,
                ok(second),
                CalicoProbes.ROUTES,
                ok(routes)));

    assertThat(view.running()).isTrue();
    assertThat(view.sessions()).hasToString("{10.88.0.2=Established}");
    assertThat(view.talksTo("10.88.0.2")).isTrue();
    assertThat(view.learned()).hasToString("[192.168.2.5/32, 192.168.2.0/26]");
    assertThat(view.foreign()).hasToString("[10.88.0.0/24, 172.17.0.0/16, 172.18.0.0/16]");
  }

  @Test
  void aLostPeerIsUnderstood() {
    String out = Transcript.read("bird-bgp/02-peer-lost.txt").step("show protocols").out();
    PeerView view = view(Map.of(CalicoProbes.PROTOCOLS, ok(out)));

    assertThat(view.talksTo("10.88.0.2")).isFalse();
    assertThat(view.sessions()).hasToString("{10.88.0.2=Idle: BGP Error: Hold timer expired}");
  }

  @Test
  void aBirdThatDoesNotRunIsUnderstood() {
    Transcript.Step step = Transcript.read("bird-bgp/01.txt").step("/nope");
    assertThat(step.out()).endsWith("rc=1\n");

    PeerView view = view(Map.of(CalicoProbes.PROTOCOLS, new ProbeOutput(1, "", step.err())));
    assertThat(view.running()).isFalse();
    assertThat(view.sessions()).isEmpty();
  }

  /** The recorded host had one peer, and its block was another part of the same network. */
  @Test
  void theConfigurationIsThatOfTheRecordedHost() {
    var spec = Overlays.overlay(Map.of());
    CalicoRole role = new CalicoRole(spec);
    String ours = role.configuration(spec.hosts().get(0)).replace("@BLOCK@", "192.168.1.0/26");

    for (String line : Recordings.text("bird-bgp/bird-h1.conf").split("\n")) {
      if (line.startsWith("protocol bgp")) {
        // Ours says from where it speaks, takes only what is of the network, and tries again
        // sooner.
        String same =
            line.replace("local as", "local 10.88.0.1 as")
                .replace("connect retry", "connect delay time 2; connect retry")
                .replace("hold time", "error wait time 5, 30; hold time")
                .replace("import all", "import where net ~ [ 192.168.0.0/16+ ]");
        assertThat(lines(ours, "Mesh_10_88_0_2")).isEqualTo(same);
      } else if (line.startsWith("router id") || line.startsWith("protocol static")) {
        assertThat(ours).contains(line + "\n");
      } else {
        assertThat(ours).contains(line.replaceAll("^(protocol \\S+).*", "$1 "));
      }
    }
  }

  private static String lines(String text, String with) {
    return Arrays.stream(text.split("\n"))
        .filter(line -> line.contains(with))
        .collect(Collectors.joining("\n"));
  }

  private static ProbeOutput ok(String text) {
    return new ProbeOutput(0, text, "");
  }

  private static PeerView view(Map<String, ProbeOutput> probes) {
    return PeerView.of(new HostFacts("h1", Optional.empty(), probes, Map.of()));
  }
}
