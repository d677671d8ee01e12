package org.horai.itests.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole program against real hosts and a real ZooKeeper. */
@OnRealHosts
class ProgramOnHostsIT {
  private static final Path DISTRIBUTION = Path.of(System.getProperty("horai.distribution"));

  @TempDir Path folder;
  @TempDir Path program;

  /** The program with the most talkative log there is. */
  @BeforeEach
  void logEverything() throws Exception {
    Ran.of(List.of("cp", "-r", DISTRIBUTION + "/.", program.toString()));
    Path levels = program.resolve("etc/logging.properties");
    Files.writeString(levels, Files.readString(levels).replaceAll("= (INFO|WARNING)", "= FINEST"));
  }

  private Ran horai(String commands) {
    return Ran.of(
        List.of(
            program.resolve("bin/horai").toString(),
            "-c",
            "cluster:use " + folder.resolve("cluster.yaml") + "; " + commands),
        Map.of("HORAI_HOME", folder.toString()));
  }

  private static long count(RealHost host, String words) {
    return host.sshLog().stream().filter(line -> line.contains(words)).count();
  }

  @Test
  void eachHostIsAskedByOneExecOverOneConnection() throws Exception {
    try (Hosts hosts = Hosts.up(3);
        Operator operator = new Operator(folder, hosts)) {
      Ran status = horai("net:status");
      assertThat(status.out()).as(status.err()).contains("up on 0 of 3 hosts");
      for (RealHost host : hosts.all()) {
        assertThat(count(host, "Connection from")).isEqualTo(1);
        assertThat(count(host, "Starting session")).isEqualTo(1);
      }
      hosts.host(2).cut();
      Ran without = horai("net:status");
      assertThat(without.out()).as(without.err()).contains("h2");
      assertThat(count(hosts.host(3), "Starting session")).isEqualTo(2);
    }
  }

  @Test
  void aKilledRunIsResumedShownAndUndone() throws Exception {
    try (Hosts hosts = Hosts.up(2);
        Operator operator = new Operator(folder, hosts)) {
      List<List<String>> before = new ArrayList<>();
      hosts.all().forEach(host -> before.add(host.tree()));
      Process killed = operator.start("apply", "10");
      killed.inputReader().lines().filter(line -> line.startsWith("event 10 ")).findFirst();
      killed.destroyForcibly().waitFor();

      Ran resumed = horai("run:resume --yes");
      assertThat(resumed.code()).as(resumed.out() + resumed.err()).isZero();
      try (RunOnHosts look = new RunOnHosts(folder)) {
        assertThat(look.plan().steps()).isEmpty();
      }
      String run;
      try (var runs = Files.list(folder.resolve("runs"))) {
        run = runs.findFirst().orElseThrow().getFileName().toString();
      }
      Ran shown = horai("run:show " + run);
      assertThat(shown.out()).as(shown.err()).contains("join the weave 1.5.2 network");

      Ran undone = horai("run:undo " + run + " --yes");
      assertThat(undone.code()).as(undone.out() + undone.err()).isZero();
      for (RealHost host : hosts.all()) {
        List<String> left =
            host.tree().stream().filter(line -> !line.contains("var/lib/horai")).toList();
        // What a command made is not undone.
        Cycle.assertSame(
            before.get(hosts.all().indexOf(host)),
            left.stream().filter(line -> !line.contains("srv/horai")).toList());
        assertThat(host.read("/etc/to-be-removed")).isEqualTo("old\n");
      }
      assertThat(resumed.toString() + shown + undone).doesNotContain(Operator.SECRET);
      assertThat(Files.readString(folder.resolve("log/horai.log"))).contains("FINE");
      assertThat(SecretIT.holders(folder)).containsExactly(folder.resolve("weave-password"));
    }
  }
}
