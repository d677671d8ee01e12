package org.horai.itests.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.horai.api.host.FileContent;
import org.horai.api.host.ResourceState.Status;
import org.horai.api.host.Service;
import org.horai.api.host.Unit;
import org.horai.core.host.model.StageOutcome;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Services under SysV (Debian's own {@code service} and {@code update-rc.d} with a real process),
 * and under stand-ins for systemd and upstart, which cannot be the first process here.
 */
@OnRealHosts
class InitSystemsIT {
  private static final FileContent ENVIRONMENT =
      FileContent.of("/etc/horai-beat.env", "SECONDS_TO_SLEEP=4712\n");
  private static final Unit UNIT =
      new Unit(
          "unit",
          "horai-beat",
          "Beats: 100% \"quoted\"",
          false,
          List.of("echo begun >>/run/beats", "exec sleep $SECONDS_TO_SLEEP"),
          List.of("echo ended >>/run/beats"),
          List.of(),
          List.of(),
          Optional.of("/etc/horai-beat.env"));
  private static final Service SERVICE =
      new Service("svc", "horai-beat", true, true, List.of("unit", ENVIRONMENT.id()));

  private static Hosts hosts;
  private static Engine engine;

  @BeforeAll
  static void up() {
    hosts = Hosts.up(3);
    engine = new Engine();
  }

  @AfterAll
  static void down() {
    engine.close();
    hosts.close();
  }

  static String standIn(String name) {
    try (InputStream in = InitSystemsIT.class.getResourceAsStream("/stand-ins/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void sysvRunsTheServiceAndStartsItAtBoot() {
    RealHost host = hosts.host(1);
    String look =
        "service horai-beat status; ps -e -o args= | grep -c '[s]leep 4712';"
            + " ls /etc/rc2.d | grep -c 'S..horai-beat'; exit 0";
    new Cycle(engine, host, ENVIRONMENT, UNIT, SERVICE)
        .run("r-sysv", look, "running\n1\n1\n", "service horai-beat stop");
    assertThat(host.sh("ps -e -o args= | grep -c '[s]leep 4712' || :")).isEqualTo("0\n");

    new Cycle(engine, host, ENVIRONMENT, UNIT, SERVICE)
        .run("r-sysv-2", look, "running\n1\n1\n", "update-rc.d horai-beat disable");
  }

  @Test
  void sysvRestartsOnChangeAndSurvivesTheConnection() {
    RealHost host = hosts.host(1);
    engine.apply(host.target(), "r-restart", ENVIRONMENT, UNIT, SERVICE);
    String before = host.sh("pgrep -f '^sleep 4712'");
    FileContent other = FileContent.of("/etc/horai-beat.env", "SECONDS_TO_SLEEP=4713\n");
    StageOutcome outcome = engine.apply(host.target(), "r-restart", other, UNIT, SERVICE);
    assertThat(outcome.detail()).contains("service horai-beat: changed, restart");
    assertThat(host.exec("pgrep", "-f", "^sleep 4712").code()).isNotZero();
    assertThat(host.sh("pgrep -f '^sleep 4713'")).isNotEqualTo(before);
    engine.undo(host.target(), "r-restart");
    assertThat(host.exec("pgrep", "-f", "^sleep 471").code()).as("stopped").isNotZero();
  }

  @Test
  void systemdUnitsAreLoadedEnabledStartedAndUndone() {
    RealHost host = hosts.host(2);
    host.write("/usr/local/bin/systemctl", standIn("systemctl"), "755");
    host.sh("mkdir -p /run/systemd/system");
    String look = "systemctl is-active horai-beat; systemctl is-enabled horai-beat; exit 0";
    new Cycle(engine, host, ENVIRONMENT, UNIT, SERVICE)
        .run("r-systemd", look, "active\nenabled\n", "systemctl stop horai-beat");
    new Cycle(engine, host, ENVIRONMENT, UNIT, SERVICE)
        .run("r-systemd-2", look, "active\nenabled\n", "systemctl disable horai-beat");
    assertThat(host.read("/run/systemctl.calls"))
        .containsSubsequence("daemon-reload", "enable horai-beat", "start horai-beat")
        .containsSubsequence("stop horai-beat", "disable horai-beat", "daemon-reload");

    Service stopped = new Service("svc", "horai-beat", false, false, List.of());
    assertThat(engine.apply(host.target(), "r-s3", ENVIRONMENT, UNIT, SERVICE).status())
        .isEqualTo(Status.CHANGED);
    new Cycle(engine, host, stopped)
        .run(
            "r-s4",
            "test -f /etc/systemd/system/horai-beat.service; " + look,
            "inactive\ndisabled\n",
            "systemctl start horai-beat");
    assertThat(host.sh(look)).as("undone").isEqualTo("active\nenabled\n");
  }

  @Test
  void upstartJobsAreWrittenStartedOverriddenAndUndone() {
    RealHost host = hosts.host(3);
    host.write("/usr/local/bin/initctl", standIn("initctl"), "755");
    host.sh("mkdir -p /etc/init");
    String look = "initctl status horai-beat | cut -d' ' -f2; cat /etc/init/horai-beat.override";
    new Cycle(engine, host, ENVIRONMENT, UNIT, SERVICE)
        .run(
            "r-upstart",
            look + " 2>/dev/null; exit 0",
            "start/running,\n",
            "initctl stop horai-beat");
    engine.apply(host.target(), "r-u2", ENVIRONMENT, UNIT, SERVICE);
    Service off = new Service("svc", "horai-beat", false, false, List.of());
    new Cycle(engine, host, off)
        .run("r-u3", look, "stop/waiting\nmanual\n", "initctl start horai-beat");
  }

  @Test
  void aServiceThatDoesNotStartFailsWithItsOwnWords() {
    RealHost host = hosts.host(1);
    Unit broken =
        new Unit(
            "unit",
            "horai-broken",
            "Broken",
            true,
            List.of("echo no such thing >&2; false"),
            List.of(),
            List.of(),
            List.of(),
            Optional.empty());
    StageOutcome outcome =
        engine.apply(
            host.target(),
            "r-broken",
            broken,
            new Service("svc", "horai-broken", true, false, List.of()));
    assertThat(outcome.status()).isEqualTo(Status.FAILED);
    assertThat(outcome.detail()).contains("no such thing", "cannot start horai-broken");
  }
}
