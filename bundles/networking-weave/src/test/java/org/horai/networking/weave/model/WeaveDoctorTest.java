package org.horai.networking.weave.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.horai.networking.weave.model.Overlays.overlay;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.horai.api.health.Finding;
import org.horai.api.network.Subnet;
import org.junit.jupiter.api.Test;

class WeaveDoctorTest {
  private static final Subnet RANGE = Subnet.parse("10.32.0.0/12").orElseThrow();

  @Test
  void findsNothingWhenAllPeersSeeEachOther() {
    assertThat(codes(peers())).isEmpty();
  }

  @Test
  void namesTheMinorityOfASplitRingAndHowToMendIt() {
    List<PeerView> peers = peers();
    peers.set(2, with(peers.get(2), Set.of("p9")));

    assertThat(findings(peers))
        .filteredOn(f -> f.code().equals("WEA-106"))
        .singleElement()
        .satisfies(
            f -> {
              assertThat(f.subject()).isEqualTo("h3");
              assertThat(f.why()).contains("h1, h2");
              assertThat(f.next()).contains("weave reset on h3");
            });
  }

  @Test
  void takesAViewThatLagsBehindForTheSameRing() {
    List<PeerView> peers = peers();
    peers.set(2, with(peers.get(2), Set.of("p1", "p2")));

    assertThat(codes(peers)).doesNotContain("WEA-106");
  }

  @Test
  void tellsALostAddressFromOneThatNeverWas() {
    List<PeerView> peers = peers();
    peers.set(0, exposed(peers.get(0), "10.32.1.7/24", false));
    peers.set(1, exposed(peers.get(1), "", false));

    assertThat(findings(peers))
        .filteredOn(f -> f.code().equals("WEA-110"))
        .extracting(f -> f.subject() + " " + f.what())
        .containsExactly("h1 lost its address 10.32.1.7/24", "h2 has no address on 10.32.1.0/24");
  }

  @Test
  void findsTwoPeersOfOneName() {
    List<PeerView> peers = peers();
    peers.set(2, peer(3, p -> "p2"));

    assertThat(findings(peers))
        .filteredOn(f -> f.code().equals("WEA-112"))
        .extracting(Finding::subject)
        .containsExactly("h2, h3");
  }

  @Test
  void findsARangeThatOverlapsARoute() {
    List<PeerView> peers = peers();
    peers.set(0, routed(peers.get(0), Subnet.parse("10.40.0.0/16").orElseThrow()));

    assertThat(codes(peers)).containsExactly("WEA-109");
  }

  @Test
  void findsUnencryptedPeersWhenAPasswordIsWanted() {
    List<Finding> found =
        new WeaveDoctor(
                overlay(
                    "1.5.2", Map.of(), Optional.of(org.horai.api.secret.SecretRef.parse("env:X"))),
                peers())
            .judge()
            .findings();

    assertThat(found).extracting(Finding::code).containsExactly("WEA-104");
  }

  @Test
  void saysWhatItCannotKnow() {
    List<PeerView> peers = peers();
    peers.set(
        1,
        new PeerView(
            "h2",
            Optional.of("connection refused"),
            false,
            "",
            "",
            false,
            Optional.empty(),
            Set.of(),
            List.of(),
            Set.of(),
            Set.of(),
            "",
            "",
            false,
            false,
            List.of()));

    assertThat(findings(peers))
        .filteredOn(f -> f.subject().equals("h2"))
        .extracting(Finding::code)
        .containsExactly("WEA-113");
  }

  @Test
  void aVersionIsNotedOnlyWhereItIsNotTheWantedOne() {
    assertThat(new WeaveDoctor(overlay("1.5.2", Map.of()), peers()).judge().peers())
        .allSatisfy(peer -> assertThat(peer.note()).isEmpty());
    assertThat(new WeaveDoctor(overlay("2.8.1", Map.of()), peers()).judge().peers())
        .allSatisfy(peer -> assertThat(peer.note()).isEqualTo("runs weave 1.5.2"));
  }

  private static List<Finding> findings(List<PeerView> peers) {
    return new WeaveDoctor(overlay("1.5.2", Map.of()), peers).judge().findings();
  }

  private static List<String> codes(List<PeerView> peers) {
    return findings(peers).stream().map(Finding::code).toList();
  }

  private static List<PeerView> peers() {
    return new ArrayList<>(List.of(peer(1, p -> p), peer(2, p -> p), peer(3, p -> p)));
  }

  private static PeerView peer(int number, UnaryOperator<String> naming) {
    Set<String> others = new TreeSet<>(Set.of("p1", "p2", "p3"));
    String name = naming.apply("p" + number);
    others.remove(name);
    return new PeerView(
        "h" + number,
        Optional.empty(),
        true,
        "1.5.2",
        name,
        false,
        Optional.of(RANGE),
        others,
        List.of(),
        Set.of("p1", "p2", "p3"),
        Set.of(),
        "",
        "10.32.1." + number + "/24",
        true,
        true,
        List.of());
  }

  private static PeerView with(PeerView p, Set<String> owners) {
    return copy(p, owners, p.recorded(), p.onBridge(), p.routes());
  }

  private static PeerView exposed(PeerView p, String recorded, boolean onBridge) {
    return copy(p, p.owners(), recorded, onBridge, p.routes());
  }

  private static PeerView routed(PeerView p, Subnet route) {
    return copy(p, p.owners(), p.recorded(), p.onBridge(), List.of(route));
  }

  private static PeerView copy(
      PeerView p, Set<String> owners, String recorded, boolean onBridge, List<Subnet> routes) {
    return new PeerView(
        p.host(),
        p.unknown(),
        p.running(),
        p.version(),
        p.name(),
        p.encrypted(),
        p.range(),
        p.connections(),
        p.problems(),
        owners,
        p.unknownOwners(),
        p.waiting(),
        recorded,
        onBridge,
        p.proxyAnswers(),
        routes);
  }
}
