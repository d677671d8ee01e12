package org.horai.itests.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.horai.itests.hosts.OverlayOnHosts.awaitServed;
import static org.horai.itests.hosts.OverlayOnHosts.container;
import static org.horai.itests.hosts.OverlayOnHosts.dials;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.horai.api.cluster.Host;
import org.horai.api.cluster.HostRole;
import org.horai.api.network.OverlaySpec;
import org.horai.networking.openvswitch.OvsProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real switches in the userspace datapath, a real Docker behind those of the agents. */
@OnRealHosts
class OpenvswitchIT {
  private static final Map<String, String> NETDEV = Map.of("datapath", "netdev");

  private OverlayOnHosts net;

  @BeforeEach
  void up() {
    net = new OverlayOnHosts(new OvsProvider("1.0.0"), 3, OpenvswitchIT::below);
    net.hosts().all().forEach(OpenvswitchIT::openvswitch);
  }

  @AfterEach
  void down() {
    net.close();
  }

  private static String below(RealHost host) {
    return "172.30.0." + host.name().substring(1);
  }

  /**
   * Starts the daemons. In this datapath tunnels leave through a switch that has the host's NIC; it
   * is a second one, for checksums that the sender left to its NIC do not survive such a switch.
   */
  private static void openvswitch(RealHost host) {
    host.sh(
        "mkdir -p /run/openvswitch /etc/openvswitch /var/log/openvswitch\n"
            + "D=/etc/openvswitch/conf.db; [ -e /etc/openvswitch/ours ] || {\n"
            + "  rm -f $D; ovsdb-tool create $D /usr/share/openvswitch/vswitch.ovsschema\n"
            + "  : >/etc/openvswitch/ours; }\n"
            + "ovsdb-server $D --remote=punix:/run/openvswitch/db.sock --pidfile"
            + " --log-file --detach --no-chdir </dev/null >/dev/null 2>&1\n"
            + "ovs-vsctl --no-wait init\n"
            + "ovs-vswitchd unix:/run/openvswitch/db.sock --pidfile --log-file --detach --no-chdir"
            + " --disable-system </dev/null >/dev/null 2>&1\n"
            + "ip link show dev eth1 >/dev/null 2>&1"
            + " || ip link add eth1 link eth0 type macvlan mode bridge\n"
            + "ip link set eth1 up\n"
            + "ovs-vsctl --may-exist add-br br-phy -- set bridge br-phy datapath_type=netdev"
            + " -- --may-exist add-port br-phy eth1"
            + " -- set bridge br-phy other-config:hwaddr=$(cat /sys/class/net/eth1/address)\n"
            + "ip link set br-phy up; ip addr replace "
            + below(host)
            + "/24 dev br-phy");
  }

  @Test
  void containersAndTheMasterMeetThroughPartitionAndReboot() {
    RealHost one = net.host(1);
    RealHost two = net.host(2);
    RealHost three = net.host(3);
    List.of(two, three).forEach(OverlayOnHosts::startDocker);
    String before = switches(one);
    Footprint whole = Footprint.of(two);
    OverlaySpec wanted = net.wanted(3, NETDEV);
    net.apply(wanted);
    net.awaitFindings(wanted);
    net.assertAllMeet(wanted);
    String first = container(two, "horai-ovs");
    String second = container(three, "horai-ovs");
    assertThat(first).startsWith("10.66.1.").isNotEqualTo(second);
    awaitServed(two, second);
    awaitServed(three, first);
    assertThat(dials(one, first).out()).as("from the master").isEqualTo("hello\n");
    assertThat(one.sh("ovs-vsctl get port $(ovs-vsctl list-ports horai-ovs | head -n 1) protected"))
        .isEqualTo("true\n");

    net.hosts().partition(two, three);
    net.awaitFindings(wanted, "OVS-103 h2 does not reach h3", "OVS-103 h3 does not reach h2");
    assertThat(dials(one, second).out()).isEqualTo("hello\n");
    net.hosts().unpartition(two, three);
    net.awaitFindings(wanted);

    three.kill();
    three.boot();
    openvswitch(three);
    three.sh("for s in /etc/rc2.d/S??horai-*; do \"$s\" start; done");
    OverlayOnHosts.startDocker(three);
    net.awaitFindings(wanted);
    three.sh("docker start " + OverlayOnHosts.web(three));
    awaitServed(two, OverlayOnHosts.address(three, "horai-ovs"));

    List.of(two, three).forEach(host -> host.sh("docker rm -f " + OverlayOnHosts.web(host)));
    OverlaySpec elsewhere = OverlayOnHosts.elsewhere(wanted);
    net.apply(elsewhere);
    net.remove(elsewhere);
    assertThat(switches(one)).isEqualTo(before);
    whole.assertIsThatOf(two);
  }

  @Test
  void aPeerLeavesAndTheLinksOfAFullMeshCarryNoLoop() {
    OverlaySpec three = masters(3);
    net.apply(three);
    net.awaitFindings(three);
    net.assertAllMeet(three);
    long sent = frames(net.host(1));
    net.host(1).sh("ping -c 3 -w 5 10.66.1.254 || :");
    assertThat(frames(net.host(1)) - sent).as("no storm of broadcasts").isLessThan(200);

    OverlaySpec two = masters(2);
    net.apply(two);
    net.awaitFindings(two);
    assertThat(net.host(1).sh("ovs-vsctl list-ports horai-ovs").lines()).hasSize(1);
  }

  /** Without Docker: all of them are outside of the cluster's agents. */
  private OverlaySpec masters(int count) {
    OverlaySpec wanted = net.wanted(count, NETDEV);
    return new OverlaySpec(
        wanted.provider(),
        wanted.version(),
        wanted.range(),
        wanted.subnet(),
        wanted.password(),
        wanted.hosts().stream().map(OpenvswitchIT::master).toList(),
        wanted.options());
  }

  private static Host master(Host host) {
    return new Host(
        host.name(), host.address(), Set.of(HostRole.MASTER), host.ssh(), host.variables());
  }

  private static long frames(RealHost host) {
    return Long.parseLong(host.sh("cat /sys/class/net/horai-ovs/statistics/rx_packets").strip());
  }

  private static String switches(RealHost host) {
    return host.sh("ovs-vsctl list-br; ip -o link | sed 's/^[0-9]*: //; s/:.*//' | sort");
  }
}
