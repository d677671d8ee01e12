package org.horai.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A running Chronos with a job every two seconds goes from one network to another. */
class MigrationProgramIT {
  private static final Path DISTRIBUTION = Path.of(System.getProperty("horai.distribution"));
  private static final String RUNNING =
      "sandbox:up; chronos:apply --yes; job:put --name beat --command true"
          + " --schedule R/2020-01-01T00:00:00Z/PT2S --yes; ";

  @TempDir Path state;

  private record Ended(int code, String out, String err) {
    long count(String text) {
      return (out.length() - out.replace(text, "").length()) / text.length();
    }
  }

  @Test
  void itGoesThereAndBackWithoutAMissedRun() throws Exception {
    Ended run =
        horai(
            RUNNING
                + "net:migrate --to static --yes; net:status; net:doctor;"
                + " chronos:plan --detailed-exitcode; net:migrate --to weave --yes; net:doctor;"
                + " net:list; chronos:plan --detailed-exitcode");

    assertThat(run.code()).as(run.out() + run.err()).isZero();
    assertThat(run.out()).contains("static was chosen by net:use or net:migrate");
    assertThat(run.count("0 runs of 1 scheduled jobs were missed")).isEqualTo(2);
    assertThat(run.count("18 of 18 pairs")).as("each way twice").isGreaterThanOrEqualTo(4);
    assertThat(run.out().substring(run.out().indexOf("over weave")))
        .contains("the framework id was kept")
        .contains("weave is healthy on 6 hosts")
        .doesNotContain("was chosen by net:use");
  }

  @Test
  void itTurnsBackFromTheMiddleAndGoesOnAfterwards() throws Exception {
    Ended run =
        horai(
            RUNNING
                + "sandbox:fault marathon-refuse 503;"
                + " net:migrate --to static --yes || net:status;"
                + " sandbox:fault clear;"
                + " net:migrate --back --yes; net:status; net:doctor;"
                + " sandbox:fault no-vxlan agent-2;"
                + " net:migrate --to static --yes || sandbox:fault clear;"
                + " run:resume --yes; net:list; net:doctor; chronos:verify");

    assertThat(run.code()).as(run.out() + run.err()).isZero();
    assertThat(run.out())
        .contains("Or turn back: net:migrate --back")
        .contains("A move to static has not ended: run:resume, or net:migrate --back.")
        .contains("weave is healthy on 6 hosts")
        .contains("static is healthy on 6 hosts");
  }

  @Test
  void aNetworkIsChosenForOneCluster() throws Exception {
    Ended run =
        horai(
            "sandbox:up; net:use static; chronos:apply --yes; net:status -o json; net:use weave;"
                + " net:list -o json");

    assertThat(run.code()).as(run.out() + run.err()).isZero();
    assertThat(run.out())
        .containsPattern("\"provider\" *: *\"static\"")
        .containsPattern("\"selectedBy\" *: *\"net:use\"")
        .containsPattern("\"selectedBy\" *: *\"cluster file\"");
    Ended missing = horai("sandbox:up; net:use flanel");
    assertThat(missing.code()).isNotZero();
    assertThat(missing.err() + missing.out()).contains("networking-flanel");
    assertThat(horai("sandbox:up; net:migrate --to weave --yes").code()).isEqualTo(2);
    assertThat(horai("sandbox:up; net:migrate --back").code()).isEqualTo(2);
  }

  private Ended horai(String script) throws IOException, InterruptedException {
    List<String> command = List.of(DISTRIBUTION.resolve("bin/horai").toString(), "-c", script);
    Path out = state.resolve("out.txt");
    Path err = state.resolve("err.txt");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("HORAI_HOME", state.resolve("home").toString());
    builder.redirectInput(Path.of("/dev/null").toFile());
    builder.redirectOutput(out.toFile());
    builder.redirectError(err.toFile());
    Process process = builder.start();
    try {
      assertThat(process.waitFor(420, TimeUnit.SECONDS)).as("ended in time").isTrue();
      return new Ended(
          process.exitValue(),
          Files.readString(out, StandardCharsets.UTF_8),
          Files.readString(err, StandardCharsets.UTF_8));
    } finally {
      process.destroyForcibly();
    }
  }
}
