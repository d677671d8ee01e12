package org.horai.networking.docker.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.horai.api.host.HostFacts;
import org.horai.api.host.ProbeOutput;
import org.junit.jupiter.api.Test;

/** What real daemons printed, read. Their networks had other names. */
class DaemonViewTest {
  @Test
  void readsADaemonWithAKeyValueStore() {
    ProbeOutput said = Recorded.of("docker-clusterstore/01.txt", "docker info");
    DaemonView view =
        view(
            Map.of(
                DockerProbes.INFO, said,
                DockerProbes.NETWORKS, part(said, "NETWORK ID", "ovc"),
                DockerProbes.NETWORK, inspected()));

    assertThat(view.answers()).isTrue();
    assertThat(view.store()).isEqualTo("etcd://10.88.0.3:2379");
    assertThat(view.networkId()).isEqualTo("0a090fd8604a");
    assertThat(view.subnets()).containsExactly("10.51.0.0/16");
    assertThat(view.remote()).as("the container of the other host").isEqualTo(1);
    assertThat(view.active()).isFalse();
  }

  @Test
  void seesOneNetworkWithOneIdOnBothHosts() {
    ProbeOutput other = Recorded.of("docker-clusterstore/01.txt", "docker run -d --name k2");

    assertThat(view(Map.of(DockerProbes.NETWORKS, part(other, "NETWORK ID", "ovc"))).networkId())
        .isEqualTo("0a090fd8604a");
  }

  @Test
  void readsTheManagerOfASwarm() {
    ProbeOutput said = Recorded.of("docker-swarm/03-net.txt", "docker node ls");
    DaemonView view =
        view(
            Map.of(
                DockerProbes.NODES, part(said, "ID  ", ""),
                DockerProbes.NETWORKS, part(said, "NETWORK ID", "ov1")));

    assertThat(view.notReady()).isEmpty();
    assertThat(view.networkId()).isEqualTo("upardtkc3lpc");
    ProbeOutput lost =
        new ProbeOutput(0, said.stdout().replace("h3         Ready", "h3         Down "), "");
    assertThat(view(Map.of(DockerProbes.NODES, lost)).notReady()).containsExactly("h3");
  }

  @Test
  void seesAWorkerAndWhoIsInNoSwarm() {
    ProbeOutput init = Recorded.of("docker-swarm/01-init.txt", "docker swarm init");

    assertThat(view(Map.of(DockerProbes.NODES, init)).notReady()).isEmpty();
    DaemonView worker =
        view(
            Map.of(
                DockerProbes.INFO,
                new ProbeOutput(0, " Swarm: active\n  NodeID: x\n  Is Manager: false\n", "")));
    assertThat(worker.active()).isTrue();
    assertThat(worker.manager()).isFalse();
  }

  @Test
  void knowsADaemonThatDoesNotAnswer() {
    DaemonView view =
        view(Map.of(DockerProbes.NETWORKS, new ProbeOutput(1, "", "Cannot connect to the Docker")));

    assertThat(view.answers()).isFalse();
    assertThat(view.reached()).isEmpty();
  }

  private static ProbeOutput inspected() {
    return part(Recorded.of("docker-clusterstore/02.txt", "docker network inspect"), "[\n", "ovc");
  }

  /** The answer of one of several commands that were typed on one line. */
  private static ProbeOutput part(ProbeOutput all, String from, String name) {
    String text = all.stdout().substring(all.stdout().indexOf(from));
    return new ProbeOutput(0, name.isEmpty() ? text : text.replace(name, "horai-docker"), "");
  }

  private static DaemonView view(Map<String, ProbeOutput> probes) {
    return DaemonView.of(new HostFacts("h1", Optional.empty(), probes, Map.of()));
  }
}
