package org.horai.networking.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.horai.api.deployer.MarathonDialect;
import org.horai.api.network.Capability;
import org.horai.api.network.WorkloadAttachment;
import org.horai.api.network.WorkloadAttachment.Mode;
import org.horai.api.network.WorkloadNetwork;
import org.junit.jupiter.api.Test;

class DockerOverlayProviderTest {
  private final DockerOverlayProvider provider = new DockerOverlayProvider("1.0.0");

  @Test
  void declaresItsColumnOfTheComparison() {
    assertThat(provider.info().capabilities())
        .containsOnlyKeys(Capability.values())
        .containsEntry(Capability.NETWORK_MODEL, "VxLAN")
        .containsEntry(Capability.DISTRIBUTED_STORAGE, "yes")
        .containsEntry(Capability.IP_OVERLAP, "maybe")
        .containsEntry(Capability.SUBNET_RESTRICTION, "yes, not configurable after start");
  }

  @Test
  void joinsByNameOnceTheAgentChecksHealth() {
    for (String era : List.of("1.4.8", "1.5.0", "1.11.0")) {
      WorkloadAttachment attachment = attach(era);
      assertThat(attachment.mode()).as(era).isEqualTo(Mode.NAMED);
      assertThat(attachment.networkName()).contains("horai-docker");
    }
  }

  @Test
  void tellsDockerTheNameWhereMarathonWouldCheckTheContainersAddress() {
    for (String era : List.of("1.1.1", "1.3.0")) {
      WorkloadAttachment attachment = attach(era);
      assertThat(attachment.mode()).as(era).isEqualTo(Mode.BRIDGE);
      assertThat(attachment.dockerParameters()).isEqualTo(Map.of("net", "horai-docker"));
    }
  }

  @Test
  void saysThatMastersDoNotReachContainers() {
    assertThat(attach("1.1.1").mastersReachContainers()).isFalse();
    assertThat(attach("1.11.0").mastersReachContainers()).isFalse();
  }

  private WorkloadAttachment attach(String era) {
    return provider.attach(
        new WorkloadNetwork("10.66.0.0/16", List.of(8081)), MarathonDialect.parse(era));
  }
}
