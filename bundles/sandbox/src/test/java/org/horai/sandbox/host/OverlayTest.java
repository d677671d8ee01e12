package org.horai.sandbox.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three hosts, their overlay, and what becomes of it under faults. */
class OverlayTest {

  private static final String RANGE = "--no-dns --ipalloc-range 127.88.128.0/17 ";
  private static final String UNIT =
      """
      [Unit]
      Requires=docker.service
      After=docker.service%s

      [Service]
      Type=oneshot
      RemainAfterExit=yes
      ExecStart=/usr/local/bin/weave %s

      [Install]
      WantedBy=multi-user.target
      """;

  @TempDir Path directory;
  private TestHosts hosts;

  @BeforeEach
  void startThree() throws IOException {
    hosts = new TestHosts(directory, "1.5.2", 3);
  }

  @AfterEach
  void stop() {
    hosts.close();
  }

  private String weave(String host, String arguments) throws IOException {
    TestHosts.Result result = hosts.run(host, "weave " + arguments);
    assertThat(result.exit()).as(host + " $ weave " + arguments + ": " + result.err()).isZero();
    return result.out();
  }

  private void launchAll() throws IOException {
    weave("h1", "launch-router " + RANGE + "127.88.0.2 127.88.0.3");
    weave("h2", "launch-router " + RANGE + "127.88.0.1 127.88.0.3");
    weave("h3", "launch-router " + RANGE + "127.88.0.1 127.88.0.2");
  }

  @Test
  void anExposedHostReachesAContainerOnAnother() throws IOException {
    launchAll();
    String container = hosts.host("h2").allocate("task-1", "net:127.88.129.0/24");
    assertThat(hosts.host("h2").allocate("task-1", "net:127.88.129.0/24")).isEqualTo(container);
    assertThat(hosts.host("h3").allocate("task-2", "net:127.88.129.0/24")).isNotEqualTo(container);
    SimHost master = hosts.host("h1");
    assertThat(hosts.medium.hostReaches(master, container)).as("not exposed").isFalse();
    assertThat(hosts.medium.containerReaches(master, container)).isTrue();
    String exposed = weave("h1", "expose net:127.88.129.0/24").strip();
    assertThat(master.exposedAddresses()).containsExactly(exposed + "/24");
    assertThat(hosts.run("h1", "ip -4 -o addr show dev weave").out()).contains(exposed + "/24");
    assertThat(hosts.medium.hostReaches(master, container)).isTrue();
    hosts.host("h2").release("task-1");
    assertThat(hosts.medium.hostReaches(master, container)).isFalse();
  }

  @Test
  void anExposureInAnotherSubnetDoesNotHelp() throws IOException {
    launchAll();
    String container = hosts.host("h2").allocate("task", "net:127.88.129.0/24");
    weave("h1", "expose net:127.88.130.0/24");
    assertThat(hosts.medium.hostReaches(hosts.host("h1"), container)).isFalse();
  }

  @Test
  void aCutLinkIsRelayedAndACutHostIsLost() throws IOException {
    launchAll();
    String container = hosts.host("h2").allocate("task", "net:127.88.129.0/24");
    weave("h1", "expose net:127.88.129.0/24");
    hosts.medium.cut("127.88.0.1", "127.88.0.2");
    assertThat(weave("h1", "status connections"))
        .contains("-> 127.88.0.2:6783       failed      dial tcp4 :0->127.88.0.2:6783")
        .contains("established sleeve");
    assertThat(weave("h1", "status")).contains("Peers: 3 (with 4 established connections)");
    assertThat(hosts.medium.hostReaches(hosts.host("h1"), container)).isTrue();
    hosts.host("h2").unreachable(true);
    assertThat(weave("h1", "status")).contains("Peers: 2 (with 2 established connections)");
    assertThat(hosts.medium.hostReaches(hosts.host("h1"), container)).isFalse();
    assertThat(weave("h1", "report")).contains("\"IsKnownPeer\": false");
    assertThat(weave("h1", "status ipam")).contains("unreachable!");
    hosts.host("h2").unreachable(false);
    assertThat(weave("h1", "status")).contains("Peers: 3 (with 6 established connections)");
  }

  @Test
  void twoGroupsThatStartedApartDoNotMerge() throws IOException {
    hosts.medium.cut("127.88.0.3");
    weave("h1", "launch-router " + RANGE + "--ipalloc-init consensus=1 127.88.0.3");
    weave("h3", "launch-router " + RANGE + "--ipalloc-init consensus=1 127.88.0.1");
    weave("h1", "prime");
    weave("h3", "prime");
    hosts.medium.heal("127.88.0.3");
    assertThat(weave("h1", "status connections"))
        .contains("IP allocation was seeded by different peers");
    weave("h3", "reset");
    weave("h3", "launch-router " + RANGE + "127.88.0.1");
    assertThat(weave("h1", "status connections")).contains("established");
  }

  @Test
  void aWrongPasswordIsSeenOnlyInTheConnections() throws IOException {
    weave("h1", "launch-router " + RANGE + "--password right 127.88.0.2");
    assertThat(
            hosts
                .run("h2", "WEAVE_PASSWORD=wrong weave launch-router " + RANGE + "127.88.0.1")
                .exit())
        .isZero();
    assertThat(weave("h2", "status connections")).contains("connection reset by peer");
    assertThat(weave("h2", "status")).contains("Encryption: enabled");
    assertThat(hosts.host("h2").readFile("/var/lib/horai/launched").orElse(""))
        .doesNotContain("wrong");
  }

  @Test
  void staticAddressesOfOthersAreRefused() throws IOException {
    launchAll();
    hosts.host("h2").allocate("c2", "ip:127.88.129.9/24");
    assertThatThrownBy(() -> hosts.host("h3").allocate("c3", "ip:127.88.129.9/24"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is owned by other peer");
    assertThatThrownBy(() -> hosts.host("h3").allocate("c4", "net:10.1.0.0/24"))
        .hasMessageContaining("out of bounds: 127.88.128.0-127.88.255.255");
  }

  @Test
  void aRebootLosesTheExposureAndGenerationOnesRouter() throws IOException {
    launchAll();
    weave("h1", "launch-proxy --no-detect-tls");
    weave("h1", "expose net:127.88.129.0/24");
    hosts.host("h1").reboot();
    assertThat(hosts.host("h1").exposedAddresses()).isEmpty();
    assertThat(hosts.host("h1").overlayRunning()).isFalse();
    assertThat(hosts.run("h1", "docker ps -a --format '{{.Names}} {{.Status}}'").out())
        .contains("weave Restarting (1)");
    assertThat(hosts.events).contains("h1 start docker", "h1 start mesos-slave");
  }

  @Test
  void unitsThatRepeatTheExposureBringEverythingBack() throws IOException {
    SimHost host = hosts.host("h1");
    host.writeFile(
        "/etc/systemd/system/weave.service",
        UNIT.formatted("", "launch-router " + RANGE + "--ipalloc-init consensus=1"));
    host.writeFile(
        "/etc/systemd/system/weave-expose.service",
        UNIT.formatted(" weave.service", "expose net:127.88.129.0/24"));
    hosts.run("h1", "systemctl enable --now weave weave-expose");
    List<String> before = host.exposedAddresses();
    assertThat(before).hasSize(1);
    host.reboot();
    assertThat(host.overlayRunning()).isTrue();
    assertThat(host.exposedAddresses()).isEqualTo(before);
  }

  @Test
  void theProxyMayHangOrDie() throws IOException {
    SimHost host = hosts.host("h1");
    host.fault("hang-proxy", true);
    assertThat(hosts.run("h1", "timeout 1 weave launch-proxy --no-detect-tls").exit())
        .isEqualTo(124);
    host.fault("hang-proxy", false);
    host.fault("dead-proxy", true);
    weave("h1", "stop-proxy");
    weave("h1", "launch-proxy --no-detect-tls");
    assertThat(host.proxySocketAlive()).isFalse();
    assertThat(weave("h1", "env")).contains("DOCKER_HOST=unix:///var/run/weave/weave.sock");
  }

  @Test
  void aDockerRestartBringsTheRouterBackButNotTheExposureRecordedElsewhere() throws IOException {
    launchAll();
    weave("h1", "expose net:127.88.129.0/24");
    hosts.run("h1", "systemctl restart docker");
    assertThat(hosts.host("h1").overlayRunning()).isTrue();
    hosts.host("h1").loseExposure();
    assertThat(weave("h1", "ps weave:expose")).contains("/24");
    assertThat(hosts.host("h1").exposedAddresses()).isEmpty();
  }
}
