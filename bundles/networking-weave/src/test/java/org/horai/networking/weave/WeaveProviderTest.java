package org.horai.networking.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.horai.networking.weave.model.Overlays.overlay;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.horai.api.HoraiException;
import org.horai.api.deployer.MarathonDialect;
import org.horai.api.host.HostFacts;
import org.horai.api.host.HostProbes;
import org.horai.api.host.HostStage;
import org.horai.api.host.Resource;
import org.horai.api.host.ResourceState;
import org.horai.api.network.Capability;
import org.horai.api.network.OverlaySpec;
import org.horai.api.network.OverlayView;
import org.horai.api.network.WorkloadAttachment;
import org.horai.api.network.WorkloadNetwork;
import org.junit.jupiter.api.Test;

class WeaveProviderTest {
  private final WeaveProvider weave = new WeaveProvider("1.0.0");
  private final OverlaySpec wanted = overlay("1.5.2", Map.of());

  @Test
  void plansNothingForConvergedHosts() {
    assertThat(weave.plan(wanted, view(ResourceState.Status.OK))).isEmpty();
  }

  @Test
  void plansEveryHostThatWasNeverSeen() {
    assertThat(weave.plan(wanted, new OverlayView(Map.of())))
        .extracting(HostStage::host)
        .containsExactly("h1", "h2", "h3", "h1", "h2", "h3");
  }

  @Test
  void asksForAPlanWhatIsCheckedOnly() {
    assertThat(weave.planProbes(wanted)).allSatisfy(q -> assertThat(q.probes()).isEmpty());
    assertThat(weave.planProbes(wanted).stream().map(HostProbes::checks))
        .containsExactlyElementsOf(weave.probes(wanted).stream().map(HostProbes::checks).toList());
  }

  @Test
  void plansTheSameTwice() {
    OverlayView now = view(ResourceState.Status.CHANGED);

    assertThat(weave.plan(wanted, now)).isEqualTo(weave.plan(wanted, now));
  }

  @Test
  void declaresEveryColumnOfTheComparison() {
    assertThat(weave.info().capabilities()).containsOnlyKeys(Capability.values());
  }

  @Test
  void joinsByEnvironmentAndSocketInEveryEra() {
    for (String version : List.of("1.1.1", "1.4.8", "1.11.0")) {
      WorkloadAttachment attachment =
          weave.attach(
              new WorkloadNetwork("10.32.1.0/24", List.of(8081)), MarathonDialect.parse(version));

      assertThat(attachment.environment()).containsEntry("WEAVE_CIDR", "net:10.32.1.0/24");
      assertThat(attachment.mode()).isEqualTo(WorkloadAttachment.Mode.BRIDGE);
      assertThat(attachment.agentFlags())
          .containsEntry("docker_socket", "/var/run/weave/weave.sock");
    }
  }

  @Test
  void takesTheOneAddressOfTheSubnetWhenTheNameHasSeveral() throws Exception {
    String command =
        weave
            .attach(
                new WorkloadNetwork("10.32.1.0/24", List.of(8081)), MarathonDialect.parse("1.1.1"))
            .addressCommand();

    Process shell =
        new ProcessBuilder(
                "/bin/sh", "-c", "hostname() { echo 172.17.0.4 10.32.1.9 10.32.10.1; }; " + command)
            .start();
    assertThat(new String(shell.getInputStream().readAllBytes()).strip()).isEqualTo("10.32.1.9");
  }

  @Test
  void refusesOptionsItDoesNotKnow() {
    assertThatThrownBy(() -> weave.probes(overlay("1.5.2", Map.of("sourc", "x"))))
        .isInstanceOf(HoraiException.class)
        .hasMessageContaining("overlay.options.sourc");
  }

  private OverlayView view(ResourceState.Status status) {
    Map<String, HostFacts> hosts = new HashMap<>();
    for (HostProbes probes : weave.probes(wanted)) {
      Map<String, ResourceState> states = new HashMap<>();
      for (HostStage stage : probes.checks()) {
        for (Resource resource : stage.resources()) {
          states.put(HostFacts.key(stage, resource), new ResourceState(status, "", 1));
        }
      }
      hosts.put(probes.host(), new HostFacts(probes.host(), Optional.empty(), Map.of(), states));
    }
    return new OverlayView(hosts);
  }
}
