package org.horai.itests.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.horai.api.HoraiException;
import org.horai.api.cluster.Host;
import org.horai.api.host.FileContent;
import org.horai.api.host.HostConnector.HostExit;
import org.horai.api.host.HostConnector.Script;
import org.horai.api.host.HostFacts;
import org.horai.api.host.KernelParameter;
import org.horai.api.host.ResourceState.Status;
import org.horai.api.host.Service;
import org.horai.api.time.Deadline;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Logins, shells and sudo as hosts have them, and what a stage costs. */
@OnRealHosts
class ConnectionIT {
  private static final Deadline NEVER = Deadline.after(Duration.ofSeconds(60));
  private static Hosts hosts;
  private static RealHost host;
  private static Engine engine;

  @BeforeAll
  static void up() {
    hosts = Hosts.up(3);
    host = hosts.host(1);
    host.sh("ln -s /usr/bin/busybox /usr/local/bin/ash");
    engine = new Engine();
  }

  @AfterAll
  static void down() {
    engine.close();
    hosts.close();
  }

  private static FileContent file(String text) {
    return new FileContent("f", "/etc/horai/it's here", text, "0640", "root:adm", Map.of());
  }

  private static void wholeLife(Host login, String run) {
    new Cycle(
            engine,
            host,
            login,
            file("A=\"1\"\n"),
            new KernelParameter("k", "net.ipv4.ip_forward", "1"),
            new Service("s", "horai-none", false, false, List.of()),
            new FileContent("g", "/etc/horai/second", "two\n", "0600", "", Map.of()))
        .run(
            run,
            "stat -c '%a %U:%G' \"/etc/horai/it's here\" /etc/horai/second; cat /etc/horai/second",
            "640 root:adm\n600 root:root\ntwo\n",
            "echo three >/etc/horai/second");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox"})
  void anyShellMayBeSh(String shell) {
    host.sh("ln -sf " + shell + " /usr/bin/sh");
    try {
      assertThat(host.sh("readlink /bin/sh")).isEqualTo(shell + "\n");
      wholeLife(host.target(), "r-sh-" + shell);
    } finally {
      host.sh("ln -sf dash /usr/bin/sh");
    }
  }

  @ParameterizedTest
  @CsvSource({"dasher,/bin/dash", "basher,/bin/bash", "asher,/usr/local/bin/ash"})
  void anyLoginShellAndSudoWithoutAPassword(String user, String shell) {
    host.addUser(user, shell);
    host.write("/etc/sudoers.d/" + user, user + " ALL=(root) NOPASSWD: ALL\n", "440");
    wholeLife(host.target(user, true), "r-login-" + user);
  }

  @Test
  void sudoThatAsksForAPasswordIsRefusedWithTheWayOut() {
    host.addUser("asked", "/bin/bash");
    host.write("/etc/sudoers.d/asked", "asked ALL=(root) ALL\n", "440");
    List<String> before = host.tree();
    assertThatThrownBy(() -> engine.apply(host.target("asked", true), "r-pw", file("x\n")))
        .isInstanceOf(HoraiException.class)
        .hasMessageContaining("does not let asked run scripts as root")
        .hasMessageContaining("a password is required")
        .satisfies(e -> assertThat(((HoraiException) e).next().orElse("")).contains("NOPASSWD"));
    HostFacts facts = engine.check(host.target("asked", true), file("x\n"));
    assertThat(facts.problem())
        .hasValueSatisfying(p -> assertThat(p).contains("run scripts as root"));
    Cycle.assertSame(before, host.tree());
  }

  @Test
  void aUserWhoMayNotUseSudoIsRefused() {
    host.addUser("nosudo", "/bin/dash");
    assertThatThrownBy(() -> engine.apply(host.target("nosudo", true), "r-no", file("x\n")))
        .hasMessageContaining("does not let nosudo run scripts as root");
  }

  @Test
  void withoutBecomeAUserChangesWhatIsHisOwn() {
    host.addUser("plain", "/bin/bash");
    String stage =
        engine
            .apply(
                host.target("plain", false), "r-plain", FileContent.of("/etc/horai.plain", "x\n"))
            .summary();
    assertThat(stage).contains("/etc/horai.plain");
    assertThat(host.exec("ls", "/etc/horai.plain").code()).isNotZero();
  }

  @Test
  void chattyLoginFilesDoNotDisturb() {
    host.addUser("chatty", "/bin/bash");
    host.write("/home/chatty/.bashrc", "echo Welcome; echo 'on stderr' >&2; cat\n", "644");
    host.write("/etc/sudoers.d/chatty", "chatty ALL=(root) NOPASSWD: ALL\n", "440");
    host.sh("sed -i 's/; cat//' /home/chatty/.bashrc");
    assertThat(engine.apply(host.target("chatty", true), "r-chat", file("chat\n")).status())
        .isEqualTo(Status.CHANGED);
  }

  /** The last bytes may wait for a window that is closed at the very moment of the end. */
  @Test
  void scriptsArriveWholeOnHostsThatReadSlowly() {
    host.addUser("slow", "/usr/local/bin/slow-shell");
    host.write("/usr/local/bin/slow-shell", "#!/bin/sh\nsleep 0.5\nexec /bin/sh \"$@\"\n", "755");
    Host login = host.target("slow", false);
    List<Integer> cut = new ArrayList<>();
    IntStream.range(0, 16)
        .map(i -> 2 * 1024 * 1024 - 16 * 1024 + i * 16 * 1024)
        .forEach(
            size -> {
              String script = "f() {\n" + ": 345678901234567890123456789012\n".repeat(size / 33);
              Script whole = new Script("", script + "}\nexit 7\n");
              HostExit exit = engine.connector().run(login, whole, line -> {}, NEVER);
              if (exit.exitCode() != 7) {
                cut.add(size);
              }
            });
    assertThat(cut).as("sizes of scripts that lost their end").isEmpty();
  }

  @Test
  void oneConnectionAndOneExecForAllThatFollows() {
    RealHost fresh = hosts.host(2);
    long connections = count(fresh, "Connection from");
    long execs = count(fresh, "Starting session: command");
    engine.check(fresh.target(), file("1\n"));
    for (int stage = 1; stage <= 3; stage++) {
      engine.apply(fresh.target(), "r-count", file(stage + "\n"), FileContent.of("/etc/b", "b\n"));
    }
    engine.undo(fresh.target(), "r-count");
    assertThat(count(fresh, "Starting session: command") - execs).isEqualTo(1);
    assertThat(count(fresh, "Connection from") - connections).isEqualTo(1);
    assertThat(fresh.sshLog())
        .filteredOn(line -> line.contains("Starting session"))
        .allMatch(line -> line.contains("command for root from"));
    assertThat(count(fresh, "Failed")).isZero();
  }

  private static long count(RealHost of, String words) {
    return of.sshLog().stream().filter(line -> line.contains(words)).count();
  }
}
