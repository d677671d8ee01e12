package org.horai.itests.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.horai.api.host.FileContent;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The hosts are what they are taken for, and leave nothing behind. */
@OnRealHosts
class HostsIT {
  private static final FileContent FILE = FileContent.of("/etc/horai.test", "A=1\n");
  private static Hosts hosts;

  @BeforeAll
  static void up() {
    hosts = Hosts.up(3);
  }

  @AfterAll
  static void down() {
    hosts.close();
  }

  private static boolean reaches(RealHost from, RealHost to) {
    return greeting(from, to, 15).equals("SSH-");
  }

  private static boolean misses(RealHost from, RealHost to) {
    return greeting(from, to, 1).isEmpty();
  }

  private static String greeting(RealHost from, RealHost to, int seconds) {
    String connect = "exec 3<>/dev/tcp/" + to.address() + "/22; head -c 4 <&3";
    return from.exec("timeout", Integer.toString(seconds), "bash", "-c", connect).out();
  }

  @Test
  void eachHasItsOwnNameAddressFilesAndProcesses() {
    RealHost one = hosts.host(1);
    assertThat(one.sh("hostname; ip -4 -o addr show eth0"))
        .startsWith("h1\n")
        .contains(one.address() + "/24");
    assertThat(one.sh("ps -e -o comm= | sort -u")).contains("sshd").doesNotContain("java");
    one.write("/etc/only-here", "x", "600");
    assertThat(hosts.host(2).exec("cat", "/etc/only-here").code()).isEqualTo(1);
    assertThat(Path.of("/etc/only-here")).doesNotExist();
    assertThat(one.tree()).anyMatch(line -> line.startsWith("./etc/only-here f 600 0:0"));
    assertThat(one.sh("cat /etc/machine-id")).isNotEqualTo(hosts.host(2).sh("cat /etc/machine-id"));
  }

  @Test
  void theEngineReachesThemOverSsh() {
    try (Engine engine = new Engine()) {
      for (RealHost host : hosts.all()) {
        assertThat(engine.apply(host.target(), FILE).summary()).isEqualTo("1 of 1 changed");
        assertThat(host.read("/etc/horai.test")).isEqualTo("A=1\n");
      }
    }
  }

  @Test
  void cablesAreCutAndHostsPartedFromEachOther() {
    RealHost one = hosts.host(1);
    RealHost two = hosts.host(2);
    RealHost three = hosts.host(3);
    assertThat(reaches(one, two)).isTrue();
    hosts.partition(one, two);
    assertThat(misses(one, two)).isTrue();
    assertThat(reaches(one, three)).isTrue();
    hosts.unpartition(one, two);
    assertThat(reaches(one, two)).isTrue();
    two.cut();
    assertThat(misses(three, two)).isTrue();
    two.heal();
    assertThat(reaches(three, two)).isTrue();
  }

  @Test
  void aKilledHostKeepsItsDiskAndItsKey() {
    RealHost three = hosts.host(3);
    three.write("/etc/kept", "kept", "644");
    three.kill();
    assertThat(misses(hosts.host(2), three)).isTrue();
    three.boot();
    assertThat(reaches(hosts.host(2), three)).isTrue();
    assertThat(three.read("/etc/kept")).isEqualTo("kept");
  }

  @Test
  void disksFillUpAndBecomeReadOnly() {
    RealHost two = hosts.host(2);
    two.fillDisk(64);
    assertThat(two.exec("dd", "if=/dev/zero", "of=/var/big", "bs=1M", "count=1").err())
        .contains("No space left");
    two.sh("rm -f /var/big");
    two.drainDisk();
    two.readOnly();
    assertThat(two.exec("touch", "/etc/x").err()).contains("Read-only");
    two.writable();
    two.sh("touch /etc/x");
  }

  @Test
  void nothingIsLeftBehindNotEvenByAKilledKeeper() throws Exception {
    Hosts doomed = Hosts.up(1);
    RealHost host = doomed.host(1);
    String net = doomed.network();
    Path folder = doomed.key().getParent();
    List<Long> processes = doomed.keeper().descendants().map(ProcessHandle::pid).toList();
    assertThat(host.sh("echo up")).isEqualTo("up\n");
    assertThat(processes).isNotEmpty();

    ProcessHandle keeper = doomed.keeper();
    keeper.destroyForcibly();
    keeper.onExit().get();
    doomed.close();

    assertThat(processes).noneMatch(pid -> ProcessHandle.of(pid).isPresent());
    assertThat(Ran.of(List.of("ip", "-4", "route")).out()).doesNotContain(net);
    assertThat(Files.readString(Path.of("/proc/mounts"))).doesNotContain(folder.toString());
    assertThat(folder).doesNotExist();
  }
}
