package org.horai.api.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.horai.api.host.HostFacts;
import org.horai.api.host.ProbeOutput;
import org.junit.jupiter.api.Test;

class PeerPingTest {
  private final PeerPing ping = new PeerPing("acme.ping");

  private static HostFacts said(int exitCode, String stdout) {
    return new HostFacts(
        "h1",
        Optional.empty(),
        Map.of("acme.ping", new ProbeOutput(exitCode, stdout, "")),
        Map.of());
  }

  @Test
  void asksAllPeersAtTheSameTime() {
    assertThat(ping.probe("acme0", List.of("10.0.0.2", "10.0.0.3")).script().lines())
        .filteredOn(line -> line.contains("ping -c 1"))
        .hasSize(2)
        .allMatch(line -> line.endsWith("&"));
  }

  @Test
  void tellsSilentPeersFromAHostThatCannotAsk() {
    assertThat(ping.answered(said(0, "10.0.0.2\n"))).contains(Set.of("10.0.0.2"));
    assertThat(ping.answered(said(0, ""))).contains(Set.of());
    assertThat(ping.answered(said(PeerPing.NO_PING, ""))).isEmpty();
    assertThat(ping.answered(HostFacts.unreachable("h1", "no route"))).isEmpty();
  }
}
