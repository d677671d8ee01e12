package org.horai.sandbox.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kernel links, Docker's own networks, and who reaches whom over them. */
class SegmentsTest {
  @TempDir Path directory;
  private TestHosts hosts;

  @BeforeEach
  void startTwo() throws IOException {
    hosts = new TestHosts(directory, "1.5.2", 2);
  }

  @AfterEach
  void stop() {
    hosts.close();
  }

  private String run(String host, String command) throws IOException {
    TestHosts.Result result = hosts.run(host, command);
    assertThat(result.exit()).as(host + " $ " + command + ": " + result.err()).isZero();
    return result.out();
  }

  private void join(int me, int other) throws IOException {
    run(
        "h" + me,
        "ip link add br1 type bridge && ip link add vx1 type vxlan id 42 dstport 4789 local 127.88.0."
            + me
            + " && ip link set vx1 mtu 1450 master br1 up && ip link set br1 up && ip addr add"
            + " 127.88.65."
            + 16 * me
            + "/24 dev br1 && bridge fdb append 00:00:00:00:00:00 dev vx1 dst 127.88.0."
            + other);
  }

  @Test
  void twoEndsThatSendToEachOtherMeet() throws IOException {
    join(1, 2);
    assertThat(hosts.run("h1", "ping -c 1 -W 1 127.88.65.32").exit()).isEqualTo(1);
    join(2, 1);
    assertThat(run("h1", "ping -c 1 -W 1 127.88.65.32")).contains("0% packet loss");
    assertThat(run("h1", "ip -d -o link show dev vx1"))
        .contains(" mtu 1450 ", " master br1 ", "vxlan id 42 local 127.88.0.1 ", "dstport 4789 ");
    assertThat(run("h1", "bridge fdb show dev vx1"))
        .contains("00:00:00:00:00:00 dst 127.88.0.2 self permanent");
    run("h2", "bridge fdb del 00:00:00:00:00:00 dev vx1 dst 127.88.0.1");
    assertThat(hosts.medium.hostReaches(hosts.host("h1"), "127.88.65.32")).isFalse();
  }

  @Test
  void aCutOrARebootEndsIt() throws IOException {
    join(1, 2);
    join(2, 1);
    hosts.medium.cut("127.88.0.1", "127.88.0.2");
    assertThat(hosts.run("h1", "ping -c 1 127.88.65.32").exit()).isEqualTo(1);
    hosts.medium.heal("127.88.0.1");
    assertThat(hosts.run("h1", "ping -c 1 127.88.65.32").exit()).isZero();
    hosts.host("h2").reboot();
    assertThat(hosts.run("h1", "ping -c 1 127.88.65.32").exit()).isEqualTo(1);
    assertThat(hosts.run("h2", "ip link show dev vx1").exit()).isEqualTo(1);
  }

  @Test
  void containersOfADockerNetworkAreReachedFromTheOtherHost() throws IOException {
    join(1, 2);
    join(2, 1);
    run(
        "h2",
        "docker network create -d bridge --subnet 127.88.65.0/24 --ip-range 127.88.65.32/28"
            + " --gateway 127.88.65.32 -o com.docker.network.bridge.name=br1 horai");
    String container = hosts.host("h2").join("horai", "task-1");
    assertThat(container).isEqualTo("127.88.65.33");
    assertThat(hosts.host("h2").join("horai", "task-1")).isEqualTo(container);
    assertThat(hosts.host("h2").join("horai", "task-2")).isEqualTo("127.88.65.34");
    assertThat(hosts.medium.hostReaches(hosts.host("h1"), container)).isTrue();
    assertThat(hosts.medium.containerReaches(hosts.host("h2"), "127.88.65.34", container)).isTrue();
    assertThat(hosts.run("h2", "docker network rm horai").err()).contains("has active endpoints");
    hosts.host("h2").leave("task-1");
    hosts.host("h2").leave("task-2");
    assertThat(hosts.medium.hostReaches(hosts.host("h1"), container)).isFalse();
    run("h2", "docker network rm horai");
    assertThatThrownBy(() -> hosts.host("h2").join("horai", "task-3"))
        .hasMessageContaining("network horai not found");
  }

  @Test
  void aDockerNetworkBringsItsBridgeBackAfterAReboot() throws IOException {
    run("h1", "docker network create --subnet 127.88.66.0/24 --gateway 127.88.66.1 plain");
    hosts.host("h1").reboot();
    assertThat(run("h1", "ip -4 -o addr show to 127.88.66.1")).contains("inet 127.88.66.1/24");
    assertThat(run("h1", "ip -4 route show")).contains("127.88.66.0/24 dev br-");
  }

  @Test
  void whatCannotBeIsRefusedInTheToolsOwnWords() throws IOException {
    hosts.host("h1").fault("no-vxlan", true);
    assertThat(hosts.run("h1", "ip link add vx type vxlan id 1 dstport 4789").err())
        .isEqualTo("RTNETLINK answers: Operation not supported\n");
    assertThat(hosts.run("h1", "ip link set nope up").err())
        .isEqualTo("Cannot find device \"nope\"\n");
    run("h1", "ip link add b type bridge");
    assertThat(hosts.run("h1", "ip link add b type bridge").err()).contains("File exists");
  }
}
