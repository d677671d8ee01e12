package org.horai.networking.openvswitch.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.horai.networking.openvswitch.model.Overlays.overlay;

import java.util.List;
import java.util.Map;
import org.horai.api.HoraiException;
import org.horai.api.host.Absent;
import org.horai.api.host.FileContent;
import org.horai.api.host.HostStage;
import org.horai.api.host.Resource;
import org.horai.api.host.Service;
import org.horai.api.host.Unit;
import org.junit.jupiter.api.Test;

class OvsRoleTest {
  private final OvsRole role = new OvsRole(overlay(Map.of()));

  @Test
  void everyHostJoinsAndOnlyAgentsGetADockerNetwork() {
    assertThat(role.stages())
        .extracting(stage -> stage.stage() + " " + stage.host())
        .containsExactly(
            "openvswitch:up h1",
            "openvswitch:up h2",
            "openvswitch:up h3",
            "openvswitch:network h2",
            "openvswitch:network h3");
  }

  @Test
  void namesAllOthersAsPeersAndNeverTheHostItself() {
    assertThat(file("h2", "peers")).isEqualTo("10.88.0.1\n10.88.0.3\n");
  }

  @Test
  void tellsEachHostItsOwnEnds() {
    assertThat(file("h3", "settings"))
        .contains("LOCAL=10.88.0.3\n", "ADDRESS=10.66.48.1/16\n", "PART=10.66.48.0/20\n")
        .contains(
            "DATAPATH=system\n",
            "LOOPS=split-horizon\n",
            "VNI=42\n",
            "PORT=4789\n",
            "MTU=\n",
            "MAC=02:48:0a:42:30:01\n");
  }

  @Test
  void comesBackAtBootThroughAUnit() {
    List<Resource> up = role.stages().get(0).resources();

    assertThat(up)
        .anyMatch(
            r ->
                r instanceof Unit u
                    && u.oneshot()
                    && u.start()
                        .equals(List.of("sh \"${HORAI_ROOT:-}/etc/horai-openvswitch/overlay\" up")))
        .anyMatch(r -> r instanceof Service s && s.enabled() && s.running());
  }

  @Test
  void removalTakesFilesUnitAndLinksAway() {
    HostStage removal = role.removal().get(0);

    assertThat(removal.disruptive()).isTrue();
    assertThat(removal.resources())
        .filteredOn(Absent.class::isInstance)
        .extracting(r -> ((Absent) r).path())
        .contains("/etc/horai-openvswitch", "/etc/systemd/system/horai-openvswitch.service");
  }

  @Test
  void refusesWhatItCannotDo() {
    refused(Map.of("vnii", "1"), "overlay.options.vnii is not known");
    refused(Map.of("vni", "0"), "overlay.options.vni \"0\"");
    refused(Map.of("port", "x"), "overlay.options.port \"x\"");
    refused(Map.of("mtu", "100"), "overlay.options.mtu \"100\"");
    refused(Map.of("datapath", "dpdk"), "overlay.options.datapath \"dpdk\"");
    refused(Map.of("loops", "hope"), "overlay.options.loops \"hope\"");
    refused(Map.of("package", "a;b"), "overlay.options.package \"a;b\"");
    refused(Map.of("hostPrefix", "16"), "hostPrefix must be above 10.66.0.0/16");
    assertThatThrownBy(() -> new OvsRole(overlay("10.99.0.0/24", Map.of(), List.of())))
        .hasMessageContaining("overlay.subnet 10.99.0.0/24 is not inside 10.66.0.0/16");
  }

  private static void refused(Map<String, String> options, String why) {
    assertThatThrownBy(() -> new OvsRole(overlay(options)))
        .isInstanceOf(HoraiException.class)
        .hasMessageContaining(why);
  }

  private String file(String host, String name) {
    return role.stages().stream()
        .filter(stage -> stage.host().equals(host))
        .flatMap(stage -> stage.resources().stream())
        .filter(r -> r instanceof FileContent f && f.path().endsWith("/" + name))
        .map(r -> ((FileContent) r).text())
        .findFirst()
        .orElseThrow();
  }
}
