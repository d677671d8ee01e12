package org.horai.networking.weave.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.horai.networking.weave.model.Overlays.overlay;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.horai.api.HoraiException;
import org.horai.api.host.Absent;
import org.horai.api.host.FileContent;
import org.horai.api.host.HostStage;
import org.horai.api.host.KernelParameter;
import org.horai.api.host.Resource;
import org.horai.api.host.Service;
import org.horai.api.host.Unit;
import org.horai.api.network.OverlaySpec;
import org.horai.api.secret.SecretRef;
import org.junit.jupiter.api.Test;

class WeaveRoleTest {
  @Test
  void startsRouterAndProxyApartInTheFirstGeneration() {
    List<Resource> peer = stage("1.5.2", "h1", "weave:up");

    String router =
        "weave launch-router --no-restart --no-dns --ipalloc-init consensus=3"
            + " --ipalloc-range 10.32.0.0/12 $(cat \"${HORAI_ROOT:-}/etc/weave/peers\")";
    assertThat(unit(peer, "weave").start())
        .containsExactly(
            router
                + " || { weave stop-router; "
                + router
                + "; } || { docker logs --tail 3 weave >&2; false; }");
    String proxy =
        "timeout 60 weave launch-proxy --no-restart --no-detect-tls --rewrite-inspect"
            + " --no-default-ipalloc";
    assertThat(unit(peer, "weaveproxy").start())
        .singleElement(STRING)
        .startsWith(proxy + " || { [ $? -eq 124 ] && timeout 10 docker -H ")
        .endsWith("; } || { weave stop-proxy; " + proxy + "; }");
    assertThat(unit(peer, "weaveproxy").after()).contains("weave");
  }

  @Test
  void startsOneContainerInTheSecondGeneration() {
    List<Resource> peer = stage("2.8.1", "h1", "weave:up");

    assertThat(unit(peer, "weave").start().get(0))
        .startsWith("weave launch --no-restart --no-dns ")
        .contains("--rewrite-inspect --no-default-ipalloc");
    assertThat(peer).noneMatch(r -> r instanceof Service s && s.name().equals("weaveproxy"));
  }

  @Test
  void countsInitialPeersTheOldWayBeforeOneFive() {
    assertThat(unit(stage("1.4.6", "h1", "weave:up"), "weave").start().get(0))
        .contains("--init-peer-count 3")
        .doesNotContain("--ipalloc-init")
        .doesNotContain("--no-dns");
  }

  @Test
  void namesAllOthersAsPeersAndNeverTheHostItself() {
    assertThat(file(stage("1.5.2", "h2", "weave:up"), "/etc/weave/peers").text())
        .isEqualTo("10.88.0.1\n10.88.0.3\n");
  }

  @Test
  void forwardsPacketsForAsLongAsItIsThere() {
    KernelParameter held =
        new KernelParameter("ip_forward", "net.ipv4.ip_forward", "1").heldBy("weave");
    assertThat(stage("1.5.2", "h1", "weave:up")).contains(held);
    assertThat(new WeaveRole(overlay("1.5.2", Map.of(), Optional.empty())).removal())
        .allSatisfy(stage -> assertThat(stage.resources()).contains(held.release()));
  }

  @Test
  void keepsThePasswordOutOfTheTextByReference() {
    OverlaySpec wanted =
        overlay("1.5.2", Map.of(), Optional.of(SecretRef.parse("env:WEAVE_SECRET")));
    FileContent environment =
        file(new WeaveRole(wanted).stages().get(0).resources(), "/etc/weave/weave.env");

    assertThat(environment.text()).contains("WEAVE_PASSWORD={{secret:weave}}");
    assertThat(environment.mode()).isEqualTo("0600");
    assertThat(environment.secrets()).containsKey("weave");
  }

  @Test
  void bug16RepeatsExposeAtEveryBootAfterRouterAndProxy() {
    List<Resource> exposed = stage("1.5.2", "h1", "weave:expose");

    Unit unit = unit(exposed, "weave-expose");
    assertThat(unit.after()).containsExactly("weave", "weaveproxy");
    assertThat(unit.requires()).containsExactly("weave");
    assertThat(unit.start())
        .containsExactly("timeout 60 weave prime", "timeout 60 weave expose net:10.32.1.0/24");
    assertThat(exposed).anyMatch(r -> r instanceof Service s && s.enabled() && s.running());
  }

  @Test
  void exposesOnMastersAndAgentsAfterAllPeersAreUp() {
    assertThat(new WeaveRole(overlay("1.5.2", Map.of())).stages())
        .extracting(HostStage::stage)
        .containsExactly(
            "weave:up", "weave:up", "weave:up", "weave:expose", "weave:expose", "weave:expose");
  }

  @Test
  void refusesASubnetOutsideTheRange() {
    OverlaySpec bad =
        new OverlaySpec(
            "weave",
            "1.5.2",
            "10.32.0.0/12",
            "10.99.0.0/24",
            Optional.empty(),
            List.of(),
            Map.of());

    assertThatThrownBy(() -> new WeaveRole(bad))
        .isInstanceOf(HoraiException.class)
        .hasMessageContaining("10.99.0.0/24 is not inside overlay.range 10.32.0.0/12");
  }

  @Test
  void refusesADownloadWithoutItsDigest() {
    assertThatThrownBy(() -> new WeaveRole(overlay("1.5.2", Map.of("source", "file:weave"))))
        .isInstanceOf(HoraiException.class)
        .hasMessageContaining("sha256");
  }

  @Test
  void leavesOnAllHostsAtOnceAndTakesWhatItBroughtAway() {
    Map<String, String> pinned = Map.of("source", "file:weave", "sha256", "00");
    List<HostStage> removal = new WeaveRole(overlay("1.5.2", pinned)).removal();

    assertThat(removal).extracting(HostStage::stage).containsOnly("weave:remove").hasSize(3);
    assertThat(removal.get(0).resources())
        .contains(
            new Absent("program", "/usr/local/bin/weave"),
            new Absent("sysv-weaveproxy", "/etc/init.d/weaveproxy"),
            new Absent("files", "/etc/weave"))
        .extracting(Resource::id)
        .doesNotHaveDuplicates()
        .contains("runlevels-weave", "runlevels-weave-expose");
    assertThat(new WeaveRole(overlay("1.5.2", Map.of())).removal().get(0).resources())
        .noneMatch(r -> r.id().equals("program"));
  }

  private static List<Resource> stage(String version, String host, String stage) {
    return new WeaveRole(overlay(version, Map.of()))
        .stages().stream()
            .filter(s -> s.host().equals(host) && s.stage().equals(stage))
            .findFirst()
            .orElseThrow()
            .resources();
  }

  private static Unit unit(List<Resource> resources, String name) {
    return resources.stream()
        .filter(r -> r instanceof Unit u && u.name().equals(name))
        .map(Unit.class::cast)
        .findFirst()
        .orElseThrow();
  }

  private static FileContent file(List<Resource> resources, String path) {
    return resources.stream()
        .filter(r -> r instanceof FileContent f && f.path().equals(path))
        .map(FileContent.class::cast)
        .findFirst()
        .orElseThrow();
  }
}
