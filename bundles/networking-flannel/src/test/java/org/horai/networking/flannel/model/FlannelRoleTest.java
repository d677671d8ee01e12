package org.horai.networking.flannel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.horai.networking.flannel.model.Overlays.overlay;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.horai.api.HoraiException;
import org.horai.api.host.Absent;
import org.horai.api.host.Download;
import org.horai.api.host.FileContent;
import org.horai.api.host.Resource;
import org.horai.api.host.Service;
import org.horai.api.host.Unit;
import org.horai.api.network.OverlaySpec;
import org.horai.api.secret.SecretRef;
import org.junit.jupiter.api.Test;

class FlannelRoleTest {
  @Test
  void everyHostJoinsAndOnlyAgentsGetADockerNetwork() {
    assertThat(new FlannelRole(overlay(Map.of())).stages())
        .extracting(stage -> stage.stage() + " " + stage.host())
        .containsExactly(
            "flannel:up h1",
            "flannel:up h2",
            "flannel:up h3",
            "flannel:network h2",
            "flannel:network h3");
  }

  @Test
  void theConfigurationIsThatOfTheBackend() {
    assertThat(file(overlay(Map.of()), "network.json"))
        .isEqualTo(
            "{\"Network\":\"10.60.0.0/16\",\"SubnetLen\":24,"
                + "\"Backend\":{\"Type\":\"vxlan\",\"VNI\":1,\"Port\":8472}}\n");
    assertThat(file(overlay(Map.of("backend", "udp", "subnetLen", "26")), "network.json"))
        .isEqualTo(
            "{\"Network\":\"10.60.0.0/16\",\"SubnetLen\":26,"
                + "\"Backend\":{\"Type\":\"udp\",\"Port\":8285}}\n");
    assertThat(file(overlay(Map.of("backend", "udp")), "settings")).contains("DEVICE=flannel0\n");
    assertThat(file(overlay(Map.of("vni", "7")), "settings")).contains("DEVICE=flannel.7\n");
  }

  @Test
  void etcdIsThatOfTheMastersUnlessTold() {
    assertThat(file(overlay(Map.of()), "settings")).contains("ETCD=http://10.88.0.1:2379\n");
    assertThat(file(overlay(Map.of("etcd", "https://kv:2379", "etcdCa", "/etc/ca")), "settings"))
        .contains("ETCD=https://kv:2379\n", "CA=/etc/ca\n", "LOCAL=10.88.0.2\n");
  }

  @Test
  void theApiOfEtcdFollowsTheVersion() {
    assertThat(file(version("0.9.1"), "settings")).contains("API=2\n");
    assertThat(file(version("0.18.1"), "settings")).contains("API=2\n");
    assertThat(file(version("0.19.0"), "settings")).contains("API=3\n");
    assertThat(file(version("1.0.0"), "settings")).contains("API=3\n");
    assertThat(file(overlay(Map.of("etcdApi", "3")), "settings")).contains("API=3\n");
  }

  @Test
  void comesBackAtBootAndIsRestartedWhenItsConfigurationChanges() {
    List<Resource> up = new FlannelRole(overlay(Map.of())).stages().get(0).resources();

    assertThat(up)
        .anyMatch(r -> r instanceof Unit u && !u.oneshot())
        .anyMatch(
            r ->
                r instanceof Service s
                    && s.enabled()
                    && s.running()
                    && s.restartWhen().contains("/etc/horai-flannel/network.json"));
  }

  @Test
  void aPinnedProgramIsInstalledAndRemovedAgain() {
    FlannelRole role = new FlannelRole(overlay(Map.of("source", "file:/f", "sha256", "ab")));

    assertThat(role.stages().get(0).resources())
        .anyMatch(r -> r instanceof Download d && d.path().equals("/usr/local/bin/flanneld"));
    assertThat(role.removal().get(0).disruptive()).isTrue();
    assertThat(absent(role))
        .contains(
            "/usr/local/bin/flanneld",
            "/etc/horai-flannel",
            "/etc/systemd/system/horai-flannel.service");
    assertThat(absent(new FlannelRole(overlay(Map.of()))))
        .doesNotContain("/usr/local/bin/flanneld");
  }

  @Test
  void refusesWhatItCannotDo() {
    refused(overlay(Map.of("vnii", "1")), "overlay.options.vnii is not known");
    refused(overlay(Map.of("backend", "host-gw")), "neither vxlan nor udp");
    refused(overlay(Map.of("vni", "0")), "overlay.options.vni \"0\"");
    refused(overlay(Map.of("etcdApi", "4")), "overlay.options.etcdApi \"4\"");
    refused(overlay(Map.of("subnetLen", "16")), "overlay.options.subnetLen \"16\"");
    refused(overlay(Map.of("subnetLen", "17")), "3 hosts do not fit into the 1 parts");
    refused(overlay(Map.of("source", "file:/x")), "only one is set");
    refused(overlay(Map.of("etcd", "http://x;reboot")), "overlay.options.etcd has a character");
    refused(version("latest"), "overlay.version \"latest\"");
    refused(
        new OverlaySpec(
            "flannel",
            "0.9.1",
            "10.60.0.0/16",
            "10.60.0.0/16",
            Optional.of(SecretRef.parse("env:P")),
            overlay(Map.of()).hosts(),
            Map.of()),
        "in the clear");
  }

  private static void refused(OverlaySpec spec, String why) {
    assertThatThrownBy(() -> new FlannelRole(spec))
        .isInstanceOf(HoraiException.class)
        .hasMessageContaining(why);
  }

  private static OverlaySpec version(String version) {
    OverlaySpec spec = overlay(Map.of());
    return new OverlaySpec(
        "flannel",
        version,
        spec.range(),
        spec.subnet(),
        Optional.empty(),
        spec.hosts(),
        new HashMap<>());
  }

  private static List<String> absent(FlannelRole role) {
    return role.removal().get(0).resources().stream()
        .filter(Absent.class::isInstance)
        .map(r -> ((Absent) r).path())
        .toList();
  }

  private static String file(OverlaySpec spec, String name) {
    return new FlannelRole(spec)
        .stages().stream()
            .filter(stage -> stage.host().equals("h2"))
            .flatMap(stage -> stage.resources().stream())
            .filter(r -> r instanceof FileContent f && f.path().endsWith("/" + name))
            .map(r -> ((FileContent) r).text())
            .findFirst()
            .orElseThrow();
  }
}
