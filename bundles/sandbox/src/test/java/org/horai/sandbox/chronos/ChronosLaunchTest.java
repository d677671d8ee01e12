package org.horai.sandbox.chronos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChronosLaunchTest {

  private static final String LINE =
      "LIBPROCESS_IP=$HOST exec /usr/bin/chronos run_jar --master zk://m1:2181,m2:2181/mesos"
          + " --zk_hosts zk://m1:2181,m2:2181/x --http_port $PORT0 --hostname $(hostname -i)";

  @TempDir Path tools;

  private LaunchLine expand(String hostnameAnswer) throws IOException {
    Path hostname = tools.resolve("hostname");
    Files.writeString(hostname, "#!/bin/sh\necho " + hostnameAnswer + "\n");
    Files.setPosixFilePermissions(hostname, PosixFilePermissions.fromString("rwxr-xr-x"));
    return LaunchLine.expand(LINE, Map.of("PORT0", "31000", "HOST", "127.0.7.11"), tools);
  }

  @Test
  void theShellExpandsTheCommandOfAnApp() throws Exception {
    LaunchLine line = expand("127.0.128.5");
    assertThat(line.environment()).containsEntry("LIBPROCESS_IP", "127.0.7.11");
    ChronosFlags flags = ChronosFlags.parse(ChronosVersion.V3_0_2, line.argv());
    assertThat(flags.participant()).isEqualTo("127.0.128.5:31000");
    assertThat(flags.zooKeeper()).isEqualTo("m1:2181,m2:2181");
    assertThat(flags.zkPath()).isEqualTo("/chronos/state");
    assertThat(flags.frameworkName()).isEqualTo("chronos");
  }

  @Test
  void aHostNameWithTwoAddressesBreaksTheArguments() throws Exception {
    LaunchLine line = expand("127.0.128.5 172.17.0.2");
    assertThatThrownBy(() -> ChronosFlags.parse(ChronosVersion.V3_0_2, line.argv()))
        .isInstanceOf(LaunchRefusedException.class)
        .hasMessageContaining("Excess arguments provided: '172.17.0.2'");
  }

  @Test
  void aFlagGivenTwiceIsRefusedByThreeAndTakenByTwo() throws Exception {
    List<String> twice = List.of("chronos", "--http_port", "1", "--http_port", "2");
    assertThatThrownBy(() -> ChronosFlags.parse(ChronosVersion.V3_0_2, twice))
        .hasMessageContaining("Excess arguments");
    assertThat(ChronosFlags.parse(ChronosVersion.V2_4_0, twice).httpPort()).isEqualTo(2);
  }

  @Test
  void flagsOfTheOtherVersionAreUnknown() {
    assertThatThrownBy(
            () -> ChronosFlags.parse(ChronosVersion.V3_0_2, List.of("--schedule_horizon", "60")))
        .hasMessageContaining("Unknown option 'schedule_horizon'");
    assertThatThrownBy(
            () -> ChronosFlags.parse(ChronosVersion.V2_4_0, List.of("--zk_auth", "digest:a:b")))
        .hasMessageContaining("Unknown option 'zk_auth'");
  }

  @Test
  void schedulesKeepCalendarDaysApartFromHours() {
    Instant now = Instant.parse("2026-03-28T12:00:00Z");
    Schedule day =
        Schedule.parse("R/2026-03-28T09:00:00/P1D", "Europe/Berlin", now).orElseThrow().advanced();
    assertThat(day.text()).isEqualTo("R/2026-03-29T09:00:00.000+02:00/P1D");
    Schedule hours =
        Schedule.parse("R2/2026-03-28T09:00:00/PT24H", "Europe/Berlin", now).orElseThrow();
    assertThat(hours.advanced().text()).isEqualTo("R1/2026-03-29T10:00:00.000+02:00/PT24H");
    for (String wrong : List.of("every day", "R/x/P1D", "R/2026-03-28T09:00:00Z/P", "R//PT")) {
      assertThat(Schedule.parse(wrong, "", now)).as(wrong).isEmpty();
    }
  }
}
