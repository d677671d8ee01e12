package org.horai.sandbox.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.horai.recordings.Transcript;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stand-ins for flanneld and etcd answer as the real ones did, and join hosts. */
class FlannelStandInTest {
  private static final String UNIT =
      "[Service]\nExecStart=/usr/local/bin/flanneld -etcd-endpoints=http://127.88.0.1:2379 %s\n";
  private static final String AWAIT =
      "for i in $(seq 100); do [ -f $HORAI_ROOT/run/flannel/subnet.env ] && break; sleep .1; done;"
          + " cat $HORAI_ROOT/run/flannel/subnet.env";

  @TempDir Path directory;
  private TestHosts hosts;

  @BeforeEach
  void startTwo() throws IOException {
    hosts = new TestHosts(directory, "1.5.2", 2);
    for (SimHost host : hosts.hosts) {
      Path program = host.root().resolve("usr/local/bin/flanneld");
      Files.write(program, HostTools.flanneld("0.9.1"));
      assertThat(program.toFile().setExecutable(true)).isTrue();
    }
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

  /** The recorded configuration, in another network. */
  private static String configuration(String backend) {
    String out = Transcript.read("flannel/02-config.txt").step("curl").out();
    String recorded = Arrays.stream(out.split("\n")).reduce((one, last) -> last).orElseThrow();
    return recorded
        .replace("10.60.0.0/16", "127.88.96.0/20")
        .replace(
            "\"vxlan\",\"VNI\":1",
            "\"" + backend + "\"" + (backend.equals("vxlan") ? ",\"VNI\":1" : ""));
  }

  private void configure(String backend) throws IOException {
    String config = configuration(backend);
    String said =
        run(
            "h2",
            "ETCDCTL_API=2 etcdctl --endpoints http://127.88.0.1:2379 set /coreos.com/network/config '"
                + config
                + "'");
    assertThat(said.strip()).isEqualTo(config);
    assertThat(run("h1", "ETCDCTL_API=2 etcdctl get /coreos.com/network/config").strip())
        .isEqualTo(config);
  }

  private String start(String host, String more) throws IOException {
    hosts.host(host).writeFile("/etc/systemd/system/flannel.service", UNIT.formatted(more));
    run(host, "systemctl start flannel");
    return run(host, AWAIT);
  }

  private static List<String> shape(String text) {
    return Arrays.stream(text.split("\n"))
        .map(line -> line.replaceAll("(10\\.60|127\\.88)\\.\\d+\\.", "N."))
        .map(line -> line.replaceAll("N\\.0/(16|20)", "NETWORK"))
        .sorted()
        .toList();
  }

  private static String lines(String text, String with) {
    return Arrays.stream(text.split("\n"))
        .filter(l -> l.contains(with))
        .collect(Collectors.joining("\n"));
  }

  @Test
  void aVxlanIsSetUpAsRecorded() throws IOException {
    configure("vxlan");
    String env = start("h1", "-ip-masq");
    start("h2", "-ip-masq");
    Transcript recorded = Transcript.read("flannel/03-start.txt");

    assertThat(shape(env)).isEqualTo(shape(lines(recorded.steps().get(0).out(), "FLANNEL_")));
    assertThat(shape(lines(run("h2", "ip route"), "dev flannel.1")))
        .isEqualTo(shape(lines(recorded.steps().get(1).out(), "onlink")));
    assertThat(run("h1", "ip -d -o link show dev flannel.1"))
        .contains(",UP", " mtu 1450 ", "vxlan id 1 local 127.88.0.1 ");
    String keys = run("h1", "ETCDCTL_API=2 etcdctl ls -r /coreos.com");
    assertThat(shape(keys))
        .isEqualTo(
            shape(
                lines(Transcript.read("flannel/04-etcd.txt").step("ls -r").out(), "/coreos.com")));
  }

  @Test
  void udpIsSetUpAsRecorded() throws IOException {
    configure("udp");
    String env = start("h1", "");
    start("h2", "");
    Transcript recorded = Transcript.read("flannel/06-udp.txt");

    assertThat(shape(env)).isEqualTo(shape(lines(recorded.steps().get(0).out(), "FLANNEL_")));
    assertThat(run("h1", "ip route")).contains("127.88.96.0/20 dev flannel0 ");
    assertThat(run("h1", "ping -c 3 127.88.98.0")).contains(" 0% packet loss");
    assertThat(Transcript.read("flannel/07-udp-traffic.txt").step("ping").out())
        .contains(" 0% packet loss");
  }

  @Test
  void withoutItsConfigurationItWaitsAndSaysWhy() throws IOException {
    hosts.host("h1").writeFile("/etc/systemd/system/flannel.service", UNIT.formatted(""));
    run("h1", "systemctl start flannel");
    String log =
        run(
            "h1",
            "for i in $(seq 100); do journalctl -u flannel -o cat | grep Couldn && break; sleep .1; done");

    assertThat(log.replaceAll(".*(Couldn't.*Key not found).*\\n", "$1"))
        .isEqualTo("Couldn't fetch network config: 100: Key not found");
    assertThat(Transcript.read("flannel/01-no-config.txt").step("flanneld").err())
        .contains("Couldn't fetch network config: 100: Key not found");
  }

  @Test
  void containersMeetUntilTheHostsAreCutOrTheDeviceGoes() throws IOException {
    configure("vxlan");
    start("h1", "");
    start("h2", "");
    for (int i = 1; i <= 2; i++) {
      run(
          "h" + i,
          "docker network create -d bridge --subnet 127.88."
              + (96 + i)
              + ".0/24 --gateway 127.88."
              + (96 + i)
              + ".1 -o com.docker.network.bridge.name=horai-fl0 horai-flannel");
    }
    String one = hosts.host("h1").join("horai-flannel", "one");
    String two = hosts.host("h2").join("horai-flannel", "two");

    assertThat(one).startsWith("127.88.97.");
    assertThat(hosts.medium.containerReaches(hosts.host("h1"), one, two)).isTrue();
    assertThat(hosts.medium.hostReaches(hosts.host("h1"), two)).isTrue();
    hosts.medium.cut("127.88.0.2");
    assertThat(hosts.medium.containerReaches(hosts.host("h1"), one, two)).isFalse();
    hosts.medium.heal("127.88.0.2");
    run("h2", "systemctl stop flannel");
    assertThat(hosts.medium.hostReaches(hosts.host("h1"), two)).as("what is up stays").isTrue();
    run("h2", "ip link del flannel.1");
    assertThat(hosts.medium.hostReaches(hosts.host("h1"), two)).isFalse();
  }

  @Test
  void theTwoApisOfEtcdDoNotSeeEachOthersKeys() throws IOException {
    run("h1", "ETCDCTL_API=2 etcdctl set /a/b two && ETCDCTL_API=3 etcdctl put /a/b three");

    assertThat(run("h2", "ETCDCTL_API=2 etcdctl get /a/b")).isEqualTo("two\n");
    assertThat(run("h2", "ETCDCTL_API=3 etcdctl get --prefix /a")).isEqualTo("/a/b\nthree\n");
    hosts.medium.cut("127.88.0.1");
    String far = "ETCDCTL_API=2 etcdctl --endpoints http://127.88.0.1:2379 get /a/b";
    assertThat(hosts.run("h2", far).exit()).isEqualTo(4);
    assertThat(hosts.run("h2", far).err()).contains("etcd cluster is unavailable or misconfigured");
  }
}
