package org.horai.sandbox.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.horai.api.host.Command;
import org.horai.api.host.Download;
import org.horai.api.host.FileContent;
import org.horai.api.host.HostStage;
import org.horai.api.host.KernelParameter;
import org.horai.api.host.Package;
import org.horai.api.host.Resource;
import org.horai.api.host.ResourceState;
import org.horai.api.host.Service;
import org.horai.api.host.Unit;
import org.horai.core.host.model.HostScript;
import org.horai.core.host.model.ScriptInputs;
import org.horai.core.host.model.ScriptRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine's own compiled scripts work on simulated hosts as they do on real ones. */
class CompiledScriptTest {

  private static final String ENV = "/etc/weave/weave.env";
  private static final String PEERS = "$(cat \"${HORAI_ROOT:-}/etc/weave/peers\")";

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

  private static List<Resource> overlay(String peers) {
    return List.of(
        new KernelParameter("ip_forward", "net.ipv4.ip_forward", "1"),
        FileContent.of("/etc/weave/peers", peers),
        FileContent.of(ENV, "CHECKPOINT_DISABLE=1\n"),
        unit(
            "weave",
            "weave launch-router --no-restart --no-dns --ipalloc-init consensus=3"
                + " --ipalloc-range 127.88.128.0/17 "
                + PEERS,
            "weave stop-router",
            List.of("docker")),
        new Service("weave", "weave", true, true, List.of(ENV, "unit-weave")),
        unit(
            "weaveproxy",
            "weave launch-proxy --no-restart --no-detect-tls --rewrite-inspect",
            "weave stop-proxy",
            List.of("docker", "weave")),
        new Service("weaveproxy", "weaveproxy", true, true, List.of("unit-weaveproxy")));
  }

  private static List<Resource> exposed() {
    return List.of(
        unit(
            "weave-expose",
            "timeout 20 weave prime && timeout 20 weave expose net:127.88.129.0/24",
            "weave hide net:127.88.129.0/24",
            List.of("weave")),
        new Service("weave-expose", "weave-expose", true, true, List.of("unit-weave-expose")),
        Command.unless("expose", "ip -4 -o addr show dev weave | grep -q 127.88.129.", "false"),
        new Package("package", "ethtool"));
  }

  private static Unit unit(String name, String start, String stop, List<String> requires) {
    return new Unit(
        "unit-" + name,
        name,
        name,
        true,
        List.of(start),
        List.of(stop),
        requires,
        requires,
        Optional.of(ENV));
  }

  /** The states of the resources in their order, each with what was said about it. */
  private List<String> apply(String host, List<Resource> resources, ScriptInputs inputs)
      throws IOException {
    HostStage stage = new HostStage("stage", "a stage", host, resources, false, "");
    HostScript script = HostScript.apply(stage, "run1", "n0nce", inputs);
    TestHosts.Result result = hosts.run(host, "sudo -n sh -s", script.text());
    List<String> states = new ArrayList<>();
    for (String line : result.out().lines().toList()) {
      if (ScriptRecord.read("n0nce", line).orElse(null) instanceof ScriptRecord.Ended ended) {
        ResourceState state = ended.state();
        String status = state.status().name().toLowerCase(Locale.ROOT);
        states.add(status.equals("failed") ? "failed: " + state.detail() : status);
      }
    }
    assertThat(result.out()).as(result.err()).contains("HORAI n0nce E");
    return states;
  }

  @Test
  void anOverlayIsBroughtUpConvergesAndSurvivesAReboot() throws IOException {
    List<String> addresses = hosts.hosts.stream().map(SimHost::address).toList();
    for (SimHost host : hosts.hosts) {
      String peers =
          String.join("\n", addresses.stream().filter(a -> !a.equals(host.address())).toList());
      assertThat(apply(host.name(), overlay(peers + "\n"), ScriptInputs.NONE))
          .hasSize(7)
          .containsOnly("changed");
      assertThat(apply(host.name(), overlay(peers + "\n"), ScriptInputs.NONE)).containsOnly("ok");
    }
    assertThat(apply("h1", exposed(), ScriptInputs.NONE))
        .containsExactly("changed", "changed", "ok", "changed");
    assertThat(apply("h1", exposed(), ScriptInputs.NONE)).containsOnly("ok");
    SimHost master = hosts.host("h1");
    String task = hosts.host("h3").allocate("task", "net:127.88.129.0/24");
    assertThat(hosts.medium.hostReaches(master, task)).isTrue();
    List<String> before = master.exposedAddresses();
    master.reboot();
    assertThat(master.exposedAddresses()).isEqualTo(before);
    assertThat(master.proxySocketAlive()).isTrue();
    assertThat(hosts.medium.hostReaches(master, task)).isTrue();
    assertThat(apply("h1", exposed(), ScriptInputs.NONE)).containsOnly("ok");
    String proxy = "docker -H \"unix://${HORAI_ROOT:-}/var/run/weave/weave.sock\" version";
    assertThat(hosts.run("h1", proxy).exit()).isZero();
    master.killProxySocket();
    assertThat(hosts.run("h1", proxy).exit()).isEqualTo(1);
    hosts.run("h1", "systemctl restart docker");
    assertThat(master.exposedAddresses()).isEqualTo(before);
    assertThat(hosts.run("h1", proxy).exit()).isZero();
  }

  @Test
  void theWeaveScriptIsInstalledByItsChecksum() throws Exception {
    hosts.run("h1", "rm $HORAI_ROOT/usr/local/bin/weave");
    assertThat(hosts.run("h1", "weave version").exit()).isEqualTo(127);
    byte[] script = HostTools.weaveScript("2.8.1");
    String sum = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(script));
    List<Resource> program =
        List.of(new Download("program", "file:/w", sum, "/usr/local/bin/weave", "0755"));
    ScriptInputs inputs = new ScriptInputs(Map.of(), Map.of("file:/w", script));
    assertThat(apply("h1", program, inputs)).containsExactly("changed");
    assertThat(apply("h1", program, inputs)).containsExactly("ok");
    assertThat(hosts.run("h1", "weave version").out()).startsWith("weave script 2.8.1\n");
  }
}
