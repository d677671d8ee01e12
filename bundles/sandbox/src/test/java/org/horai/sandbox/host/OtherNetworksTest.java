package org.horai.sandbox.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.horai.recordings.Transcript;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Docker's overlay by a key-value store, and Open vSwitch. */
class OtherNetworksTest {
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

  private void store(String host) throws IOException {
    hosts
        .host(host)
        .writeFile(
            "/etc/docker/daemon.json",
            "{\"cluster-store\": \"zk://127.88.0.1:2181/docker\", \"cluster-advertise\": \"x:2376\"}");
    run(host, "systemctl restart docker");
  }

  @Test
  void daemonsWithOneStoreShareANetworkThatNoHostReaches() throws IOException {
    assertThat(hosts.run("h1", "docker network create -d overlay --subnet 127.88.73.0/24 n").err())
        .contains(
            Transcript.read("docker-swarm/01-init.txt")
                .step("swarm init")
                .err()
                .lines()
                .findFirst()
                .orElseThrow());
    store("h1");
    assertThat(hosts.run("h1", "curl -s http://127.88.0.2:7946/").exit()).isEqualTo(7);
    store("h2");
    assertThat(hosts.run("h1", "curl -s http://127.88.0.2:7946/").exit()).isEqualTo(52);
    assertThat(run("h1", "docker info")).contains(" Cluster Store: zk://127.88.0.1:2181/docker\n");

    String id = run("h1", "docker network create -d overlay --subnet 127.88.73.0/24 n").strip();
    assertThat(run("h2", "docker network ls")).contains(id.substring(0, 12), "global");
    String one = hosts.host("h1").join("n", "task-1");
    String two = hosts.host("h2").join("n", "task-2");
    assertThat(one).isNotEqualTo(two);
    assertThat(hosts.medium.containerReaches(hosts.host("h1"), one, two)).isTrue();
    assertThat(hosts.medium.hostReaches(hosts.host("h1"), two)).isFalse();
    hosts.medium.cut("127.88.0.1", "127.88.0.2");
    assertThat(hosts.medium.containerReaches(hosts.host("h1"), one, two)).isFalse();
    assertThat(hosts.run("h1", "curl -s http://127.88.0.2:7946/").exit()).isEqualTo(7);

    assertThat(hosts.run("h1", "docker network rm n").err()).contains("has active endpoints");
    hosts.host("h1").leave("task-1");
    hosts.host("h2").leave("task-2");
    run("h2", "docker network rm n");
    assertThat(run("h1", "docker network ls")).doesNotContain("overlay");
  }

  private void tunnel(int me, int other) throws IOException {
    run(
        "h" + me,
        "ovs-vsctl --may-exist add-br s -- set bridge s datapath_type=netdev && ovs-vsctl add-port s t"
            + " -- set interface t type=vxlan options:remote_ip=127.88.0."
            + other
            + " options:key=42 options:dst_port=4789 && ip link add b type bridge && ip link set s"
            + " mtu 1450 master b up && ip link set b up && ip addr add 127.88.77."
            + 16 * me
            + "/24 dev b");
  }

  @Test
  void switchesMeetAndTheirTunnelsOutliveAReboot() throws IOException {
    tunnel(1, 2);
    tunnel(2, 1);
    run("h1", "ping -c 1 -W 1 127.88.77.32");
    assertThat(run("h1", "ovs-vsctl show"))
        .contains("    Bridge s\n        datapath_type: netdev\n")
        .contains("options: {key=\"42\", remote_ip=\"127.88.0.2\"}");

    hosts.host("h2").reboot();
    assertThat(run("h2", "ovs-vsctl list-ports s")).isEqualTo("t\n");
    assertThat(hosts.run("h1", "ping -c 1 -W 1 127.88.77.32").exit())
        .as("the bridge beside it did not")
        .isEqualTo(1);
    run("h1", "ovs-vsctl del-port s t");
    assertThat(run("h1", "ovs-vsctl list-ports s")).isEmpty();
  }

  @Test
  void whatAnOperatorAsksOpenVSwitchBesides() throws IOException {
    run("h1", "ovs-vsctl --may-exist add-br br0 -- set bridge br0 stp_enable=true");
    run(
        "h1",
        "ovs-vsctl --timeout=5 add-port br0 vx2 -- set interface vx2 type=vxlan"
            + " options:remote_ip=127.88.0.2 options:key=100");
    assertThat(run("h1", "ovs-vsctl --version")).startsWith("ovs-vsctl (Open vSwitch) 3.1.0\n");
    assertThat(run("h1", "ovs-vsctl list-br; ovs-vsctl port-to-br vx2; ovs-vsctl list-ifaces br0"))
        .isEqualTo("br0\nbr0\nvx2\n");
    assertThat(run("h1", "ovs-vsctl get bridge br0 stp_enable; ovs-vsctl get interface vx2 error"))
        .isEqualTo("true\n[]\n");
    assertThat(run("h1", "ovs-vsctl get Interface vx2 options:remote_ip"))
        .isEqualTo("\"127.88.0.2\"\n");
    assertThat(hosts.run("h1", "ovs-vsctl br-exists nope").exit()).isEqualTo(2);
    run("h1", "ovs-vsctl --may-exist add-port br0 vx2; ovs-vsctl --if-exists del-port br0 nope");
    run("h1", "ovs-vsctl --if-exists del-br nope");
    for (String wrong :
        new String[] {
          "add-port br0 vx2",
          "set bridge nope stp_enable=true",
          "set bridge br0 nosuch=1",
          "add-br",
          "get interface vx2 nosuch",
          "list interface"
        }) {
      TestHosts.Result result = hosts.run("h1", "ovs-vsctl " + wrong);
      assertThat(result.exit()).as(wrong).isEqualTo(1);
      assertThat(result.err()).as(wrong).startsWith("ovs-vsctl: ");
    }
    assertThat(run("h1", "ovs-vsctl show")).contains("options: {key=\"100\"");
  }

  @Test
  void whatCannotBeIsRefusedInOpenVSwitchsOwnWords() throws IOException {
    String said = Transcript.read("openvswitch/04-errors.txt").step("add-br br0").err();
    run("h1", "ovs-vsctl add-br br0");
    for (String wrong :
        new String[] {"add-br br0", "add-port nobr x", "del-port br0 nope", "del-br nope"}) {
      TestHosts.Result result = hosts.run("h1", "ovs-vsctl " + wrong);
      assertThat(result.exit()).as(wrong).isEqualTo(1);
      assertThat(said).contains(result.err().strip());
    }
    TestHosts.Result gone = hosts.run("h1", "ovs-vsctl add-port br0 eth99");
    assertThat(gone.exit()).isZero();
    assertThat(said).contains(gone.err().strip());
    TestHosts.Result nosuch = hosts.run("h1", "ovs-vsctl nosuch");
    assertThat(nosuch.exit()).isEqualTo(1);
    assertThat(said).contains(nosuch.err().strip());
    assertThat(hosts.run("h1", "ovs-vsctl --db=unix:/nope.sock -t 2 show").err())
        .contains("ovs-vsctl: unix:/nope.sock: database connection failed");
    assertThat(run("h1", "ovs-vsctl show"))
        .contains("error: \"could not open network device eth99 (No such device)\"");
  }
}
