package org.horai.sandbox.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.horai.recordings.Recordings;
import org.horai.recordings.Transcript;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stand-in for bird answers as the real one did, and routes between hosts. */
class BirdStandInTest {
  private static final String BIRDC = "birdc -s $HORAI_ROOT/run/bird.ctl ";
  private static final String UNIT =
      "[Service]\nExecStart=/bin/sh -c \"exec bird -f -c $HORAI_ROOT/etc/bird.conf -s $HORAI_ROOT/run/bird.ctl\"\n";

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

  /** The recorded configuration, with the addresses of these hosts. */
  private void start(int me, int other) throws IOException {
    String conf =
        Recordings.text("bird-bgp/bird-h1.conf")
            .replace("10.88.0.1", "127.88.0." + me)
            .replace("10.88.0.2", "127.88.0." + other)
            .replace("10_88_0_2", "127_88_0_" + other)
            .replace("192.168.1.0/26", "127.88." + (96 + me) + ".0/26")
            .replace("import all", "import where net ~ [ 127.88.96.0/20+ ]");
    hosts.host("h" + me).writeFile("/etc/bird.conf", conf);
    hosts.host("h" + me).writeFile("/etc/systemd/system/routes.service", UNIT);
    String bridge = "127.88." + (96 + me) + ".1/26";
    run(
        "h" + me,
        "ip link add horai-cal0 type bridge && ip link set horai-cal0 up && ip addr add "
            + bridge
            + " dev horai-cal0 && systemctl start routes && for i in $(seq 100); do "
            + BIRDC
            + "show protocols && break; sleep .1; done >/dev/null 2>&1");
  }

  private static List<String> sessions(String text) {
    return Arrays.stream(text.split("\n"))
        .map(line -> line.replaceAll("\\d\\d:\\d\\d:\\d\\d\\.\\d+", "T").stripTrailing())
        .map(line -> line.replaceAll("Mesh_\\d+_", "Mesh_N_").replaceAll(" +", " "))
        .filter(line -> !line.isEmpty())
        .toList();
  }

  @Test
  void sessionsAreShownAsRecorded() throws IOException {
    start(1, 2);
    start(2, 1);
    String out = Transcript.read("bird-bgp/01.txt").step("show protocols").out();

    assertThat(sessions(run("h1", BIRDC + "show protocols")))
        .isEqualTo(sessions(out.substring(0, out.indexOf("BIRD ", 1))));
    assertThat(run("h1", BIRDC + "show route"))
        .containsPattern(
            "(?m)^127\\.88\\.98\\.0/26 +unicast \\[Mesh_127_88_0_2 \\S+\\] \\* \\(100\\) \\[i\\]$")
        .contains("\tvia 127.88.0.2 on eth0\n");
    assertThat(out).contains("\tvia 10.88.0.2 on eth0\n");
    hosts.medium.cut("127.88.0.2");
    assertThat(sessions(run("h1", BIRDC + "show protocols")))
        .isEqualTo(
            sessions(Transcript.read("bird-bgp/02-peer-lost.txt").step("show protocols").out()));
  }

  @Test
  void withoutBirdTheClientSaysSo() throws IOException {
    TestHosts.Result result = hosts.run("h1", "birdc -s /nope show status");

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).isEqualTo(Transcript.read("bird-bgp/01.txt").step("/nope").err());
  }

  @Test
  void containersMeetWhileBothBirdsRun() throws IOException {
    start(1, 2);
    start(2, 1);
    for (int i = 1; i <= 2; i++) {
      run(
          "h" + i,
          "docker network create -d bridge --subnet 127.88.%d.0/26 --gateway 127.88.%d.1 -o com.docker.network.bridge.name=horai-cal0 horai-calico"
              .formatted(96 + i, 96 + i));
    }
    String one = hosts.host("h1").join("horai-calico", "one");
    String two = hosts.host("h2").join("horai-calico", "two");

    assertThat(run("h1", "ping -c 3 127.88.98.1")).contains(" 0% packet loss");
    assertThat(hosts.medium.containerReaches(hosts.host("h1"), one, two)).isTrue();
    assertThat(hosts.medium.hostReaches(hosts.host("h1"), two)).isTrue();
    run("h2", BIRDC + "down");
    assertThat(hosts.medium.hostReaches(hosts.host("h1"), two)).isFalse();
    assertThat(run("h1", BIRDC + "show protocols")).contains("Socket: Connection refused");
  }

  @Test
  void aKeyIsMadeByOneOnly() throws IOException {
    String make =
        "printf 'create(\"/k\") = \"0\"\\n\\nput /k %s\\n\\n\\n' | ETCDCTL_API=3 etcdctl txn";

    assertThat(run("h1", make.formatted("one"))).startsWith("SUCCESS");
    assertThat(run("h2", make.formatted("two"))).startsWith("FAILURE");
    assertThat(run("h2", "ETCDCTL_API=3 etcdctl get --print-value-only /k")).isEqualTo("one\n");
    run("h1", "ETCDCTL_API=2 etcdctl mk /m one");
    assertThat(hosts.run("h2", "ETCDCTL_API=2 etcdctl mk /m two").exit()).isEqualTo(4);
  }
}
