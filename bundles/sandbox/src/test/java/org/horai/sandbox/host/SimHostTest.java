package org.horai.sandbox.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimHostTest {

  @TempDir static Path directory;
  private static TestHosts hosts;

  @BeforeAll
  static void startOne() throws IOException {
    hosts = new TestHosts(directory, "1.5.2", 1);
  }

  @AfterAll
  static void stopOne() {
    hosts.close();
  }

  private static TestHosts.Result run(String command) throws IOException {
    return hosts.run("h1", command);
  }

  @Test
  void aScriptOnStdinRunsInTheRealShellUnderSudo() throws IOException {
    String script =
        """
        set -eu
        mkdir -p "${HORAI_ROOT:-}/etc/weave"
        printf '%s\\n' 'WEAVE_OPTIONS=--no-dns' > "${HORAI_ROOT:-}/etc/weave/weave.conf"
        chmod 600 "${HORAI_ROOT:-}/etc/weave/weave.conf"
        chown root:root "${HORAI_ROOT:-}/etc/weave/weave.conf"
        id -u; hostname; hostname -i
        echo to-stderr >&2
        exit 7
        """;
    TestHosts.Result result = hosts.run("h1", "sudo -n sh -s", script);
    assertThat(result).isEqualTo(new TestHosts.Result(7, "0\nh1\n127.88.0.1\n", "to-stderr\n"));
    assertThat(hosts.host("h1").readFile("/etc/weave/weave.conf"))
        .contains("WEAVE_OPTIONS=--no-dns\n");
  }

  @Test
  void inputReachesTheCommandWhole() throws Exception {
    assertThat(hosts.run("h1", "read a; echo got $a; exit 3", "first\n"))
        .isEqualTo(new TestHosts.Result(3, "got first\n", ""));
    String large = "x".repeat(300_000);
    assertThat(hosts.run("h1", "cat", large).out()).hasSize(300_000);
  }

  @Test
  void sudoAsksForAPasswordWhenToldTo() throws IOException {
    hosts.host("h1").sudoAsksPassword(true);
    TestHosts.Result result = hosts.run("h1", "sudo -n sh -s", "echo never");
    hosts.host("h1").sudoAsksPassword(false);
    assertThat(result).isEqualTo(new TestHosts.Result(1, "", "sudo: a password is required\n"));
  }

  @Test
  void aForeignKeyIsRefused() {
    assertThatThrownBy(() -> hosts.session(hosts.host("h1"), SshKeys.hostKey()))
        .isInstanceOf(IOException.class);
  }

  @Test
  void theHostKeyChangesOnDemandAndThePortStays() throws IOException {
    SimHost host = hosts.host("h1");
    String before = host.hostKeyLine();
    int port = host.sshPort();
    host.changeHostKey();
    assertThat(host.hostKeyLine()).startsWith("ecdsa-sha2-nistp256 ").isNotEqualTo(before);
    assertThat(host.sshPort()).isEqualTo(port);
    assertThat(run("echo still here").out()).isEqualTo("still here\n");

    host.restoreHostKey();
    assertThat(host.hostKeyLine()).isEqualTo(before);
    assertThat(run("echo known again").out()).isEqualTo("known again\n");
  }

  @Test
  void anUnreachableHostRefusesAndComesBack() throws IOException {
    hosts.host("h1").unreachable(true);
    assertThatThrownBy(() -> run("true")).isInstanceOf(IOException.class);
    hosts.host("h1").unreachable(false);
    assertThat(run("true").exit()).isZero();
  }

  @Test
  void kernelSettingsAreReadWrittenAndLoadedFromFiles() throws IOException {
    assertThat(run("sysctl -n net.ipv4.ip_forward").out()).isEqualTo("0\n");
    assertThat(run("sysctl -w net.ipv4.ip_forward=1").out()).isEqualTo("net.ipv4.ip_forward = 1\n");
    assertThat(run("cat $HORAI_ROOT/proc/sys/net/ipv4/ip_forward").out()).isEqualTo("1\n");
    hosts.host("h1").writeFile("/etc/sysctl.d/99-x.conf", "# c\nnet.ipv4.ip_forward = 0\n");
    assertThat(run("sysctl -q --system; sysctl net.ipv4.ip_forward").out())
        .isEqualTo("net.ipv4.ip_forward = 0\n");
    assertThat(run("sysctl -n net.no.such").exit()).isEqualTo(1);
    Files.delete(hosts.host("h1").root().resolve("etc/sysctl.d/99-x.conf"));
  }

  @Test
  void servicesAreToldToTheOutsideAndItsRefusalFails() throws IOException {
    hosts.events.clear();
    assertThat(run("systemctl restart mesos-slave").exit()).isZero();
    assertThat(hosts.events).containsExactly("h1 stop mesos-slave", "h1 start mesos-slave");
    run("systemctl stop mesos-slave");
    hosts.hookAnswer = 1;
    TestHosts.Result failed = run("systemctl start mesos-slave");
    hosts.hookAnswer = 0;
    assertThat(failed.exit()).isEqualTo(1);
    assertThat(failed.err()).contains("Job for mesos-slave.service failed");
    assertThat(run("systemctl is-active mesos-slave"))
        .isEqualTo(new TestHosts.Result(3, "failed\n", ""));
    assertThat(run("service mesos-slave start; systemctl is-active mesos-slave").exit()).isZero();
  }

  @Test
  void anUnknownUnitIsAnError() throws IOException {
    TestHosts.Result result = run("systemctl restart nosuch");
    assertThat(result.exit()).isEqualTo(5);
    assertThat(result.err()).contains("nosuch.service not found");
    assertThat(run("systemctl is-enabled nosuch").exit()).isEqualTo(1);
  }

  @Test
  void aUnitFileIsRunAsSystemdReadsIt() throws IOException {
    SimHost host = hosts.host("h1");
    host.writeFile("/etc/default/probe", "WORDS=\"one two\"\n# comment\nPLAIN=three\n");
    host.writeFile(
        "/etc/systemd/system/probe.service",
        """
        [Unit]
        Description=Probe

        [Service]
        Type=oneshot
        RemainAfterExit=yes
        Environment="GREETING=good day" OTHER=x
        EnvironmentFile=/etc/default/probe
        EnvironmentFile=-/etc/default/not-there
        ExecStartPre=-/bin/false
        ExecStart=/usr/bin/printf '[%%s]' $WORDS ${WORDS} ${GREETING}-$PLAIN \\
            ; $$HOME | > %n
        ExecStop=/bin/sh -c 'echo stopped'

        [Install]
        WantedBy=multi-user.target
        """);
    assertThat(run("systemctl daemon-reload && systemctl enable --now probe").exit()).isZero();
    assertThat(run("journalctl -u probe").out())
        .isEqualTo("[one][two][one two][good day-$PLAIN][;][$HOME][|][>][probe.service]");
    assertThat(run("systemctl is-active probe; systemctl is-enabled probe").out())
        .isEqualTo("active\nenabled\n");
    assertThat(run("systemctl show -p ActiveState,SubState,UnitFileState probe").out())
        .isEqualTo("ActiveState=active\nSubState=exited\nUnitFileState=enabled\n");
    assertThat(run("systemctl stop probe; journalctl -u probe").out()).endsWith("stopped\n");
    assertThat(run("systemctl disable probe; systemctl is-enabled probe").out())
        .isEqualTo("disabled\n");
  }

  @Test
  void aLongRunningUnitHasAProcessUntilItIsStopped() throws IOException {
    hosts
        .host("h1")
        .writeFile(
            "/etc/systemd/system/daemon.service",
            "[Service]\nType=simple\nExecStart=/bin/sh -c \"trap 'echo ended; exit' TERM; echo begun;"
                + " while :; do sleep 0.02; done\"\n[Install]\nWantedBy=x\n");
    String until = "until journalctl -u daemon | grep -q %s; do sleep 0.02; done; ";
    assertThat(run("systemctl start daemon").exit()).isZero();
    assertThat(run(until.formatted("begun") + "systemctl is-active daemon").out())
        .isEqualTo("active\n");
    assertThat(run("systemctl show -p MainPID --value daemon").out().strip()).matches("[1-9]\\d*");
    run("systemctl stop daemon");
    assertThat(run(until.formatted("ended") + "systemctl is-active daemon").out())
        .isEqualTo("inactive\n");
  }

  @Test
  void aUnitThatNeedsAnotherStartsItAndRestartsWithIt() throws IOException {
    SimHost host = hosts.host("h1");
    String unit =
        "[Unit]\n%s\n[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/bin/echo %s\n";
    host.writeFile("/etc/systemd/system/base.service", unit.formatted("", "base up"));
    host.writeFile(
        "/etc/systemd/system/above.service",
        unit.formatted(
            "Requires=base.service\nAfter=base.service\nPartOf=base.service", "above up"));
    run("systemctl start above");
    assertThat(run("systemctl is-active base above").out()).isEqualTo("active\nactive\n");
    run("systemctl restart base");
    assertThat(run("journalctl -u above").out()).isEqualTo("above up\nabove up\n");
  }

  @Test
  void dockerAnswersProbes() throws IOException {
    assertThat(run("docker version --format '{{.Server.Version}}'").out())
        .isEqualTo("20.10.24+dfsg1\n");
    assertThat(run("systemctl stop docker; docker ps").exit()).isEqualTo(1);
    assertThat(run("weave status").exit()).isEqualTo(125);
    assertThat(run("systemctl start docker; docker ps -q").exit()).isZero();
    assertThat(run("docker inspect -f '{{.State.Running}}' nosuch").err())
        .isEqualTo("Error: No such object: nosuch\n");
  }

  @Test
  void theProxysSocketIsReal() throws Exception {
    SimHost host = hosts.host("h1");
    Path socket = host.root().resolve("var/run/weave/weave.sock");
    assertThat(run("weave launch-proxy --no-detect-tls").exit()).isZero();
    assertThat(run("test -S $HORAI_ROOT/var/run/weave/weave.sock").exit()).isZero();
    assertThat(host.proxySocketAlive()).isTrue();
    host.killProxySocket();
    assertThat(host.proxySocketAlive()).isFalse();
    assertThat(Files.exists(socket)).as("a dead proxy leaves its socket").isTrue();
    assertThatThrownBy(() -> SocketChannel.open(UnixDomainSocketAddress.of(socket)).close())
        .isInstanceOf(IOException.class);
    assertThat(run("weave stop-proxy").exit()).isZero();
    assertThat(Files.exists(socket)).isFalse();
  }

  @Test
  void packagesAreInstalledAndListed() throws IOException {
    assertThat(run("dpkg-query -W -f '${Status}' ethtool").exit()).isEqualTo(1);
    assertThat(run("apt-get install -y ethtool=5.4").exit()).isZero();
    assertThat(run("dpkg-query -W -f '${Status} ${Version}' ethtool").out())
        .isEqualTo("install ok installed 5.4");
  }

  @Test
  void theWeaveScriptsAreFixedTexts() {
    for (String version : List.of("1.5.2", "2.8.1")) {
      assertThat(new String(HostTools.weaveScript(version), StandardCharsets.UTF_8))
          .startsWith("#!/bin/sh\n")
          .contains("SCRIPT_VERSION=\"" + version + "\"");
    }
    assertThatThrownBy(() -> HostTools.weaveScript("3.0"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
