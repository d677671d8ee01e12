package org.horai.itests.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.horai.itests.hosts.OverlayOnHosts.await;
import static org.horai.itests.hosts.OverlayOnHosts.awaitServed;
import static org.horai.itests.hosts.OverlayOnHosts.container;
import static org.horai.itests.hosts.OverlayOnHosts.dials;
import static org.horai.itests.hosts.OverlayOnHosts.startDocker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.horai.api.network.OverlaySpec;
import org.horai.networking.docker.DockerOverlayProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Docker's own overlays between real daemons: by a key-value store, and by a swarm. */
@OnRealHosts
class DockerOverlayIT {
  private OverlayOnHosts net;

  @TempDir Path folder;

  @BeforeEach
  void up() {
    net = new OverlayOnHosts(new DockerOverlayProvider("1.0.0"), 3);
    List.of(net.host(2), net.host(3)).forEach(OverlayOnHosts::startDocker);
  }

  @AfterEach
  void down() {
    net.close();
  }

  private void etcd() {
    String url = "http://" + net.host(1).address() + ":2379";
    net.host(1)
        .sh(
            "setsid nohup etcd --enable-v2=true --data-dir /tmp/etcd --listen-client-urls "
                + url
                + " --advertise-client-urls "
                + url
                + " >/run/etcd.log 2>&1 </dev/null &");
    await("etcd", () -> net.host(1).exec("curl", "-sf", url + "/health").code() == 0);
  }

  @Test
  void daemonsWithOneStoreShareANetworkThroughPartitionAndReboot() throws Exception {
    etcd();
    RealHost two = net.host(2);
    RealHost three = net.host(3);
    String before = "{\n  \"debug\": false\n}";
    two.sh("mkdir -p /etc/docker");
    two.write("/etc/docker/daemon.json", before, "644");
    Footprint whole = Footprint.of(two);
    OverlaySpec wanted =
        net.wanted(3, Map.of("store", "etcd://" + net.host(1).address() + ":2379"));
    net.apply(wanted);
    net.awaitFindings(wanted);
    net.assertAllMeet(wanted);
    meet(two, three);

    net.hosts().partition(two, three);
    net.awaitFindings(wanted, "DOV-103 h2 does not reach h3", "DOV-103 h3 does not reach h2");
    net.hosts().unpartition(two, three);
    net.awaitFindings(wanted);
    awaitServed(two, OverlayOnHosts.address(three, "horai-docker"));

    three.kill();
    three.boot();
    startDocker(three);
    net.awaitFindings(wanted);
    // as init does at boot
    three.sh("service horai-docker start");
    net.awaitFindings(wanted);
    three.sh("docker start " + OverlayOnHosts.web(three));
    awaitServed(two, OverlayOnHosts.address(three, "horai-docker"));

    Map<String, String> swarm =
        Map.of("mode", "swarm", "token", "file:" + token("SWMTKN-1-unknown"));
    assertThat(net.firstFailure(net.wanted(3, swarm))).get().asString().contains("net:migrate");

    List.of(two, three).forEach(host -> host.sh("docker rm -f " + OverlayOnHosts.web(host)));
    net.apply(OverlayOnHosts.elsewhere(wanted));
    net.remove(wanted);
    assertThat(two.read("/etc/docker/daemon.json")).isEqualTo(before);
    assertThat(three.exec("ls", "/etc/docker/daemon.json").code()).isNotZero();
    assertThat(three.sh("docker network ls"))
        .doesNotContain("horai-docker")
        .doesNotContain("gwbridge");
    assertThat(three.sh("docker info 2>&1")).doesNotContain("Cluster Store");
    whole.assertIsThatOf(two);
  }

  @Test
  void aDaemonThatCannotStartWithTheStoreIsAsBefore() {
    OverlaySpec wanted = net.wanted(3, Map.of("store", "etcd://127.0.0.1:1", "advertisePort", "0"));
    assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> net.look(wanted)))
        .hasMessageContaining("advertisePort");
    OverlaySpec nobody = net.wanted(3, Map.of("store", "zk://127.0.0.1:1:x"));

    assertThat(net.firstFailure(nobody)).isPresent();
    assertThat(net.host(2).exec("docker", "version").code()).isZero();
    assertThat(net.host(2).exec("ls", "/etc/docker/daemon.json").code()).isNotZero();
  }

  private Path token(String text) throws IOException {
    Path token = Files.writeString(folder.resolve("token"), text);
    return Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void nodesOfASwarmShareANetwork() throws Exception {
    Path token = token("SWMTKN-1-unknown");
    OverlaySpec wanted = net.wanted(3, Map.of("mode", "swarm", "token", "file:" + token));
    RealHost two = net.host(2);
    RealHost three = net.host(3);
    Footprint whole = Footprint.of(three);
    assertThat(net.firstFailure(wanted)).get().asString().contains("docker-overlay:join on h3");
    Files.writeString(token, two.sh("docker swarm join-token -q worker").strip());
    net.apply(wanted);
    net.awaitFindings(wanted);
    net.assertAllMeet(wanted);
    OverlaySpec store = net.wanted(3, Map.of("store", "etcd://" + net.host(1).address() + ":2379"));
    assertThat(net.firstFailure(store)).get().asString().contains("net:migrate");
    net.apply(wanted);
    meet(two, three);

    three.kill();
    three.boot();
    startDocker(three);
    net.awaitFindings(wanted);
    // the manager may need some time until it gives a returned worker its networks again
    three.sh(
        "for i in 1 2 3 4 5; do docker start "
            + OverlayOnHosts.web(three)
            + " && exit; done; exit 1");
    awaitServed(two, OverlayOnHosts.address(three, "horai-docker"));

    List.of(two, three).forEach(host -> host.sh("docker rm -f " + OverlayOnHosts.web(host)));
    net.remove(wanted);
    assertThat(two.sh("docker info 2>/dev/null")).contains("Swarm: inactive");
    assertThat(three.sh("docker info 2>/dev/null")).contains("Swarm: inactive");
    whole.assertIsThatOf(three);
  }

  /** Containers meet on the overlay; the master dials the host's port, and never the container. */
  private void meet(RealHost two, RealHost three) {
    String first = container(two, "horai-docker");
    String second = container(three, "horai-docker");
    assertThat(first).startsWith("10.66.1.").isNotEqualTo(second);
    awaitServed(two, second);
    awaitServed(three, first);
    assertThat(dials(net.host(1), first).code()).isNotZero();
    assertThat(dials(net.host(1), two.address() + ":8080").out()).isEqualTo("hello\n");
  }
}
