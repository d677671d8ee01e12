package org.horai.networking.openvswitch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.horai.networking.openvswitch.model.Overlays.overlay;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

class OvsProviderTest {
  private final OvsProvider provider = new OvsProvider("1.0.0");
  private final OverlaySpec wanted = overlay(Map.of());

  @Test
  void plansNothingForConvergedHosts() {
    assertThat(provider.plan(wanted, view(ResourceState.Status.OK))).isEmpty();
  }

  @Test
  void plansTheSameTwice() {
    OverlayView now = view(ResourceState.Status.CHANGED);

    assertThat(provider.plan(wanted, now)).isNotEmpty().isEqualTo(provider.plan(wanted, now));
  }

  @Test
  void declaresEveryColumnOfTheComparison() {
    assertThat(provider.info().capabilities()).containsOnlyKeys(Capability.values());
  }

  @Test
  void joinsByNameInEveryEraAndLeavesNoProxyBetween() {
    for (String version : List.of("1.1.1", "1.4.8", "1.11.0")) {
      WorkloadAttachment attachment =
          provider.attach(
              new WorkloadNetwork("10.66.1.0/24", List.of(8081)), MarathonDialect.parse(version));

      boolean old = version.equals("1.1.1");
      assertThat(attachment.mode())
          .isEqualTo(old ? WorkloadAttachment.Mode.BRIDGE : WorkloadAttachment.Mode.NAMED);
      assertThat(attachment.networkName())
          .isEqualTo(old ? Optional.empty() : Optional.of("horai-ovs"));
      assertThat(attachment.dockerParameters())
          .isEqualTo(old ? Map.of("net", "horai-ovs") : Map.of());
      assertThat(attachment.agentFlags()).containsEntry("docker_socket", "/var/run/docker.sock");
      assertThat(attachment.mastersReachContainers()).isTrue();
    }
  }

  private OverlayView view(ResourceState.Status status) {
    Map<String, HostFacts> hosts = new HashMap<>();
    for (HostProbes probes : provider.probes(wanted)) {
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
