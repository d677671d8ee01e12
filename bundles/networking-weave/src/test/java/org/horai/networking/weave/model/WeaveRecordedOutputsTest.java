package org.horai.networking.weave.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Optional;
import org.horai.api.host.HostFacts;
import org.horai.api.host.ProbeOutput;
import org.horai.api.network.Subnet;
import org.horai.recordings.Recordings;
import org.horai.recordings.Transcript;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every recorded output of a command that is a probe, read. */
class WeaveRecordedOutputsTest {
  private static final Subnet SUBNET = Subnet.parse("10.32.1.0/24").orElseThrow();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1.5.2/01-before-launch.txt | weave report | not running
          1.5.2/05-status-3peers.txt | weave report | 1.5.2 92:4f:e6:a5:50:3f range 10.32.0.0/12, 2 connected, 0 problems, 0 owners, 0 lost, ready
          1.5.2/09-status-ready.txt | weave report | 1.5.2 92:4f:e6:a5:50:3f range 10.32.0.0/12, 2 connected, 0 problems, 3 owners, 0 lost, ready
          1.5.2-unloaded-timings/timings.txt | weave report | 1.5.2 62:7c:ee:f5:0b:08 range 10.32.0.0/12, 1 connected, 0 problems, 0 owners, 0 lost, ready
          2.8.1/01-before.txt | weave report | not running
          2.8.1/03-status-peer-names-collision.txt | weave report | 2.8.1 0e:1d:12:1a:1a:88 range 10.32.0.0/12, 0 connected, 2 problems, 1 owners, 0 lost, ready
          2.8.1/report.json | - | 2.8.1 96:88:9f:43:62:85 range 10.32.0.0/12, 2 connected, 0 problems, 0 owners, 0 lost, ready
          """)
  void reportsAreUnderstood(String file, String command, String expected) {
    assertThat(words(view(WeaveProbes.REPORT, recorded(file, command)))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "1.5.2/01-before-launch.txt, 1.5.2",
    "1.5.2-unloaded-timings/timings.txt, 1.5.2",
    "2.8.1/01-before.txt, 2.8.1"
  })
  void versionsAreUnderstood(String file, String version) {
    ProbeOutput output = recorded(file, "weave version");

    assertThat(view(WeaveProbes.VERSION, new ProbeOutput(0, output.stdout(), "")).version())
        .isEqualTo(version);
  }

  @Test
  void theExposedAddressIsUnderstood() {
    PeerView view =
        view(WeaveProbes.EXPOSED, recorded("1.5.2/08-expose.txt", "weave ps weave:expose"));

    assertThat(view.recorded()).isEqualTo("10.32.1.138/24");
  }

  /** A report that ends the output of several commands begins where its line does. */
  private static ProbeOutput recorded(String file, String command) {
    if (command.equals("-")) {
      return new ProbeOutput(0, Recordings.text("weave/" + file), "");
    }
    Transcript.Step step = Transcript.read("weave/" + file).step(command);
    int json = step.command().endsWith("; " + command) ? step.out().indexOf("\n{") : 0;
    return new ProbeOutput(step.exit(), step.out().substring(Math.max(json, 0)), step.err());
  }

  private static PeerView view(String probe, ProbeOutput output) {
    HostFacts facts = new HostFacts("h1", Optional.empty(), Map.of(probe, output), Map.of());
    return PeerView.of(facts, SUBNET, new ObjectMapper());
  }

  private static String words(PeerView v) {
    if (!v.running()) {
      return "not running";
    }
    return ("%s %s range %s, %d connected, %d problems, %d owners, %d lost, %s")
        .formatted(
            v.version(),
            v.name(),
            v.range().map(Object::toString).orElse("none"),
            v.connections().size(),
            v.problems().size(),
            v.owners().size(),
            v.unknownOwners().size(),
            v.waiting().isEmpty() ? "ready" : v.waiting());
  }
}
