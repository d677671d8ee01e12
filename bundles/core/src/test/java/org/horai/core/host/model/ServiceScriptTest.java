package org.horai.core.host.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.horai.api.host.FileContent;
import org.horai.api.host.Package;
import org.horai.api.host.Service;
import org.horai.api.host.Unit;
import org.horai.core.host.LocalMachine.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ServiceScriptTest extends OnLocalMachine {
  private static final Unit ONESHOT =
      new Unit(
          "unit",
          "weave-expose",
          "Weave 100% exposed",
          true,
          List.of("mkdir -p \"${HORAI_ROOT:-}/srv\"", "echo \"$A\" >\"${HORAI_ROOT:-}/srv/up\""),
          List.of("rm -f \"${HORAI_ROOT:-}/srv/up\"", "false"),
          List.of("docker"),
          List.of("weave"),
          Optional.empty());
  private static final FileContent CONFIG = FileContent.of("/etc/weave.env", "A=1\n");
  private static final Service SERVICE =
      new Service("svc", "weave-expose", true, true, List.of("unit", "/etc/weave.env"));

  /** What systemd was asked since the last time. */
  private String questions() {
    String calls = machine.exists("/state/calls") ? machine.read("/state/calls") : "";
    machine.delete("/state/calls");
    return calls.lines().filter(line -> line.startsWith("is-")).collect(Collectors.joining("; "));
  }

  private void unitFile(String name) {
    machine.write("/lib/systemd/system/" + name + ".service", "[Service]\n");
  }

  private static Service on(String name) {
    return new Service("svc-" + name, name, true, true, List.of());
  }

  private String calls() {
    String calls = machine.read("/state/calls");
    machine.delete("/state/calls");
    return calls.lines().filter(line -> !line.startsWith("is-")).collect(Collectors.joining("; "));
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void systemdServiceIsDefinedEnabledStartedAndRestartedWhenItsFilesChange(List<String> shell) {
    assertThat(check(shell, ONESHOT, CONFIG, SERVICE).summary())
        .isEqualTo("changed changed changed");
    calls();
    assertThat(apply(shell, ONESHOT, CONFIG, SERVICE).summary())
        .isEqualTo("changed changed changed");
    assertThat(machine.read("/state/calls").lines().filter(line -> line.startsWith("is-")))
        .containsExactly(
            "is-enabled weave-expose", "is-active weave-expose", "is-active weave-expose");
    assertThat(calls()).isEqualTo("daemon-reload; enable weave-expose; start weave-expose");
    assertThat(apply(shell, ONESHOT, CONFIG, SERVICE).summary()).isEqualTo("ok ok ok");
    assertThat(calls()).isEmpty();

    machine.write("/etc/weave.env", "A=2\n");
    assertThat(check(shell, ONESHOT, CONFIG, SERVICE).summary()).isEqualTo("ok changed changed");
    calls();
    Answer repaired = apply(shell, ONESHOT, CONFIG, SERVICE);
    assertThat(repaired.summary()).isEqualTo("ok changed changed");
    assertThat(repaired.detail(2)).isEqualTo("restart");
    assertThat(calls()).isEqualTo("restart weave-expose");

    Service off = new Service("svc", "weave-expose", false, false, List.of());
    assertThat(apply(shell, off).summary()).isEqualTo("changed");
    assertThat(calls()).isEqualTo("disable weave-expose; stop weave-expose");
    assertThat(apply(shell, off).summary()).isEqualTo("ok");
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void servicesAreLookedAtTogetherUntilSomethingChanges(List<String> shell) {
    Service gone = new Service("gone", "gone", false, false, List.of());
    assertThat(check(shell, on("a"), on("b"), gone).summary()).isEqualTo("changed changed ok");
    assertThat(questions()).as("no unit file, so not enabled").isEqualTo("is-active a b gone");

    unitFile("a");
    unitFile("b");
    assertThat(apply(shell, on("a"), on("b"), gone).summary()).isEqualTo("changed changed ok");
    assertThat(questions())
        .isEqualTo(
            "is-active a b gone; is-enabled a b; is-active a; is-enabled b; is-active b; is-active b;"
                + " is-enabled gone; is-active gone");
    assertThat(apply(shell, on("a"), on("b")).summary()).isEqualTo("ok ok");
    assertThat(questions()).isEqualTo("is-active a b; is-enabled a b");
    machine.delete("/state/b.enabled");
    machine.delete("/state/a.active");
    Answer seen = check(shell, on("a"), on("b"), gone);
    assertThat(questions()).isEqualTo("is-active a b gone; is-enabled a b");
    assertThat(seen.detail(0) + ", " + seen.detail(1)).isEqualTo("start, enable at boot");
    assertThat(apply(shell, FileContent.of("/etc/c", "1\n"), on("b")).summary())
        .isEqualTo("changed changed");
    assertThat(questions()).isEqualTo("is-enabled b; is-active b");
  }

  /** A unit file that cannot be read ends the answer, and one of SysV comes first in it. */
  @ParameterizedTest
  @MethodSource(SHELLS)
  void servicesAreAskedOneByOneWhereTheAnswerIsNotPlain(List<String> shell) {
    unitFile("bad");
    machine.write("/state/bad.bad", "");
    machine.write("/etc/init.d/old", "");
    machine.write("/run/systemd/generator.late/old.service", "[Service]\n");
    machine.write("/state/old.enabled", "");
    machine.write("/state/b.enabled", "");
    machine.write("/state/b.active", "");
    unitFile("b");
    Service odd = new Service("odd", "a@b.c", true, true, List.of());

    Answer seen = check(shell, on("bad"), on("old"), odd, on("b"));

    assertThat(seen.summary()).isEqualTo("changed changed changed ok");
    assertThat(seen.detail(1)).isEqualTo("start");
    assertThat(questions())
        .isEqualTo(
            "is-active bad old b; is-enabled bad b; is-enabled bad; is-enabled old;"
                + " is-enabled a@b.c; is-active a@b.c; is-enabled b");
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void restartIsStillOwedAfterAStageThatFailedInBetween(List<String> shell) {
    apply(shell, ONESHOT, CONFIG, SERVICE);
    machine.write("/etc/weave.env", "A=2\n");
    machine.directory("/etc/obstacle");
    FileContent blocked = FileContent.of("/etc/obstacle", "x\n");
    assertThat(apply(shell, ONESHOT, CONFIG, blocked, SERVICE).summary())
        .isEqualTo("ok changed failed skipped");
    machine.delete("/etc/obstacle");
    machine.write("/etc/obstacle", "x\n");
    calls();

    assertThat(check(shell, ONESHOT, CONFIG, blocked, SERVICE).summary())
        .isEqualTo("ok ok ok changed");
    assertThat(apply(shell, SERVICE).detail(0)).isEqualTo("restart");
    assertThat(calls()).isEqualTo("restart weave-expose");
    assertThat(apply(shell, ONESHOT, CONFIG, blocked, SERVICE).summary()).isEqualTo("ok ok ok ok");
    assertThat(machine.at("/var/lib/horai/owed").toFile().list()).as("nothing owed").isEmpty();
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void serviceThatDoesNotComeUpFails(List<String> shell) {
    machine.write("/state/broken.broken", "");
    machine.write("/state/flaky.dies", "");
    Answer broken = apply(shell, new Service("s", "broken", true, false, List.of()));
    Answer flaky = apply(shell, new Service("s", "flaky", true, false, List.of()));

    assertThat(broken.summary()).isEqualTo("failed");
    assertThat(broken.detail(0)).contains("Job for broken failed", "cannot start broken");
    assertThat(flaky.summary()).isEqualTo("failed");
    assertThat(flaky.detail(0)).contains("flaky is \"inactive\" after start");
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void sysvScriptIsWrittenRunsAndStops(List<String> shell) {
    machine.withSysV();
    Unit unit =
        new Unit(
            "unit",
            "weave-expose",
            "Weave",
            false,
            List.of("true; true", "exec sleep 300"),
            List.of(),
            List.of("docker"),
            List.of(),
            Optional.empty());
    // The generated script keeps its state below /var/run; point it into the folder.
    assertThat(apply(shell, unit).summary()).isEqualTo("changed");
    String script = machine.read("/etc/init.d/weave-expose");
    assertThat(script).contains("# Required-Start:    $remote_fs $network $syslog docker");
    assertThat(machine.mode("/etc/init.d/weave-expose")).isEqualTo("rwxr-xr-x");
    machine.directory("/var/log");
    machine.write(
        "/etc/init.d/weave-expose",
        script.replace("/var/", machine.root() + "/var/").replace("/run/", "/log/"));

    Service service = new Service("svc", "weave-expose", true, true, List.of());
    Answer started = apply(shell, service);
    assertThat(started.summary()).as(started.detail(0)).isEqualTo("changed");
    assertThat(machine.exists("/etc/rc2.d/S95weave-expose")).isTrue();
    long pid = Long.parseLong(machine.read("/var/log/weave-expose.pid").strip());
    assertThat(ProcessHandle.of(pid)).isPresent();
    assertThat(apply(shell, service).summary()).isEqualTo("ok");
    Answer off = apply(shell, new Service("svc", "weave-expose", false, false, List.of()));
    assertThat(off.summary()).isEqualTo("changed");
    assertThat(machine.exists("/etc/rc2.d/S95weave-expose")).isFalse();
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void undoStopsWhatTheRunStartedAndKeepsWhatRanBefore(List<String> shell) {
    machine.write("/state/old.active", "");
    Service old = new Service("old", "old", true, true, List.of());
    apply(shell, ONESHOT, SERVICE, old);
    assertThat(machine.exists("/state/old.enabled")).isTrue();

    Answer undone = machine.run(shell, HostScript.undo("r-1", "a1b2c3"));

    assertThat(undone.states().stream().map(state -> state.detail()))
        .contains(
            "service weave-expose: stop\nservice weave-expose: start at boot: no",
            "service old: start at boot: no");
    assertThat(machine.exists("/state/weave-expose.active")).isFalse();
    assertThat(machine.exists("/state/old.active")).isTrue();
    assertThat(machine.exists("/etc/systemd/system/weave-expose.service")).isFalse();
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void upstartJobIsWrittenAndDisabledByOverride(List<String> shell) {
    machine.withUpstart();
    assertThat(apply(shell, ONESHOT, SERVICE).summary()).isEqualTo("changed changed");
    assertThat(machine.read("/etc/init/weave-expose.conf"))
        .contains("start on (runlevel [2345] and started docker and started weave)")
        .contains("pre-start script");
    assertThat(apply(shell, ONESHOT, SERVICE).summary()).isEqualTo("ok ok");
    Service off = new Service("svc", "weave-expose", false, false, List.of());
    assertThat(apply(shell, ONESHOT, off).summary()).isEqualTo("ok changed");
    assertThat(machine.read("/etc/init/weave-expose.override")).isEqualTo("manual\n");
  }

  @Test
  void unitTextsKeepTheCommandsOrderAndQuoting() {
    assertThat(UnitText.systemd(ONESHOT).lines())
        .contains(
            "Description=Weave 100%% exposed",
            "After=network-online.target docker.service",
            "Requires=weave.service",
            "Type=oneshot",
            "ExecStart=/bin/sh -c \"echo \\\"$$A\\\" >\\\"$${HORAI_ROOT:-}/srv/up\\\"\"",
            "ExecStop=-/bin/sh -c \"false\"",
            "WantedBy=multi-user.target");
    Unit daemon =
        new Unit(
            "u",
            "weave",
            "Weave",
            false,
            List.of("weave launch", "docker attach weave"),
            List.of("weave stop"),
            List.of(),
            List.of(),
            Optional.of("/etc/weave.env"));
    assertThat(UnitText.systemd(daemon).lines())
        .containsSubsequence(
            "Type=simple",
            "EnvironmentFile=/etc/weave.env",
            "ExecStartPre=/bin/sh -c \"weave launch\"",
            "ExecStart=/bin/sh -c \"docker attach weave\"",
            "ExecStop=-/bin/sh -c \"weave stop\"",
            "Restart=on-failure");
    assertThat(UnitText.upstart(daemon))
        .contains("respawn\n", "script\nset -a; . /etc/weave.env; set +a\ndocker attach weave\n");
  }

  /** Only systemd has a unit of that name; an upstart job that waits for it never starts. */
  @Test
  void theNetworkIsWaitedForInTheWordsOfEachInitSystem() {
    Unit unit =
        new Unit(
            "u",
            "overlay",
            "Overlay",
            true,
            List.of("true"),
            List.of(),
            List.of("docker", "network-online"),
            List.of(),
            Optional.empty());
    assertThat(UnitText.systemd(unit)).contains("After=network-online.target docker.service\n");
    assertThat(UnitText.sysv(unit))
        .contains("# Required-Start:    $remote_fs $network $syslog docker\n");
    assertThat(UnitText.upstart(unit)).contains("start on (runlevel [2345] and started docker)\n");
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void packageIsInstalledOnce(List<String> shell) {
    assertThat(check(shell, new Package("p", "bridge-utils")).summary()).isEqualTo("changed");
    assertThat(apply(shell, new Package("p", "bridge-utils")).summary()).isEqualTo("changed");
    assertThat(apply(shell, new Package("p", "bridge-utils")).summary()).isEqualTo("ok");
    Answer unknown = apply(shell, new Package("p", "nowhere"));
    assertThat(unknown.summary()).isEqualTo("failed");
    assertThat(unknown.detail(0)).contains("Unable to locate package nowhere");
  }
}
