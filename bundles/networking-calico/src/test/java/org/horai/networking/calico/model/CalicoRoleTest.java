package org.horai.networking.calico.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.horai.networking.calico.model.Overlays.overlay;

import java.util.List;
import java.util.Map;
import org.horai.api.HoraiException;
import org.horai.api.host.Absent;
import org.horai.api.host.FileContent;
import org.horai.api.host.Package;
import org.horai.api.host.Resource;
import org.horai.api.host.Service;
import org.horai.api.host.Unit;
import org.horai.api.network.OverlaySpec;
import org.junit.jupiter.api.Test;

class CalicoRoleTest {
  @Test
  void everyHostJoinsAndOnlyAgentsGetADockerNetwork() {
    assertThat(new CalicoRole(overlay(Map.of())).stages())
        .extracting(stage -> stage.stage() + " " + stage.host())
        .containsExactly(
            "calico:up h1",
            "calico:up h2",
            "calico:up h3",
            "calico:network h2",
            "calico:network h3");
  }

  @Test
  void everyHostHasASessionWithEachOther() {
    String conf = file(overlay(Map.of("as", "64999")), "bird.conf.in");

    assertThat(conf)
        .contains("router id 10.88.0.2;", "route @BLOCK@ blackhole;")
        .contains("protocol bgp Mesh_10_88_0_1 { local 10.88.0.2 as 64999; neighbor 10.88.0.1 as")
        .contains("protocol bgp Mesh_10_88_0_3 ")
        .doesNotContain("Mesh_10_88_0_2");
  }

  @Test
  void blocksAreAsLongAsCalicosUnlessTheNetworkIsSmall() {
    assertThat(file(overlay(Map.of()), "settings"))
        .contains("SUBNET=192.168.0.0/16\n", "LENGTH=26\n", "COUNT=1024\n", "FIRST=2\n")
        .contains("ETCD=http://10.88.0.1:2379\n", "API=3\n", "PREFIX=/calico\n");
    OverlaySpec small = overlay("192.168.4.0/24", Map.of(), overlay(Map.of()).hosts());
    assertThat(file(small, "settings")).contains("LENGTH=28\n", "COUNT=16\n");
  }

  @Test
  void comesBackAtBoot() {
    List<Resource> up = new CalicoRole(overlay(Map.of())).stages().get(0).resources();

    assertThat(up)
        .anyMatch(r -> r instanceof Unit u && !u.oneshot() && u.start().get(0).endsWith("up"))
        .anyMatch(r -> r instanceof Service s && s.enabled() && s.running())
        .noneMatch(Package.class::isInstance);
  }

  @Test
  void thePackagesOwnServiceIsSwitchedOffWhenItIsInstalled() {
    List<Resource> up =
        new CalicoRole(overlay(Map.of("package", "bird2"))).stages().get(0).resources();

    assertThat(up)
        .anyMatch(r -> r instanceof Package p && p.name().equals("bird2"))
        .anyMatch(r -> r instanceof Service s && s.name().equals("bird") && !s.enabled());
  }

  @Test
  void removalTakesFilesAndServiceAway() {
    assertThat(new CalicoRole(overlay(Map.of())).removal().get(0).resources())
        .filteredOn(Absent.class::isInstance)
        .extracting(r -> ((Absent) r).path())
        .contains("/etc/horai-calico", "/etc/systemd/system/horai-calico.service");
  }

  @Test
  void refusesWhatItCannotDo() {
    refused(overlay(Map.of("ass", "1")), "overlay.options.ass is not known to calico");
    refused(overlay(Map.of("as", "0")), "overlay.options.as \"0\"");
    refused(overlay(Map.of("blockLen", "16")), "overlay.options.blockLen \"16\"");
    refused(overlay(Map.of("blockLen", "17")), "3 hosts do not fit into the 2 blocks");
    refused(overlay(Map.of("prefix", "/a b")), "overlay.options.prefix has a character");
    refused(
        overlay(
            "192.168.0.0/16",
            Map.of(),
            List.of(Overlays.host(1), Overlays.host("n", "node.example", Map.of()))),
        "\"node.example\" of n is not numeric");
    refused(overlay("10.9.0.0/24", Map.of(), List.of()), "is not inside 192.168.0.0/16");
    refused(overlay("192.168.0.0/24", Map.of(), List.of()), "there is no master");
  }

  private static void refused(OverlaySpec spec, String why) {
    assertThatThrownBy(() -> new CalicoRole(spec))
        .isInstanceOf(HoraiException.class)
        .hasMessageContaining(why);
  }

  private static String file(OverlaySpec spec, String name) {
    return new CalicoRole(spec)
        .stages().stream()
            .filter(stage -> stage.host().equals("h2"))
            .flatMap(stage -> stage.resources().stream())
            .filter(r -> r instanceof FileContent f && f.path().endsWith("/" + name))
            .map(r -> ((FileContent) r).text())
            .findFirst()
            .orElseThrow();
  }
}
