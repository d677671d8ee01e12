package org.horai.sandbox.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.horai.recordings.Normal;
import org.horai.recordings.Recordings;
import org.horai.recordings.Shape;
import org.horai.recordings.Transcript;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the recorded commands in their order on three simulated hosts and compares exit code, stdout
 * and stderr by the rule of {@link Normal}.
 *
 * <p>Replayed is every command of a file that is a call of weave alone, and the chosen composed
 * ones. Not replayed: what needs real containers (07-containers, 15-run-attach, 05-traffic), the
 * local HTTP port of the router (10-http), the time line of a partition (12; see {@link
 * OverlayTest}), launches that fail for want of kernel modules, setup (it downloads images), and
 * 18-launch-all, which runs docker network.
 */
class WeaveTranscriptTest {

  private static final Pattern WEAVE_ALONE =
      Pattern.compile("(CHECKPOINT_DISABLE=1 )?weave [^;|>&]*");

  /** Packet counters, MAC tables and plug-in settings. */
  private static final Pattern NOT_SIMULATED =
      Pattern.compile(".*(CaptureStats|MACs|Plugin/Config).*");

  @TempDir Path directory;
  private final ObjectMapper json = new ObjectMapper();
  private final SoftAssertions softly = new SoftAssertions();
  private TestHosts hosts;
  private int replayed;

  @Test
  void generationOneAnswersAsRecorded() throws Exception {
    try (TestHosts three = new TestHosts(directory, "1.5.2", 3)) {
      hosts = three;
      for (String file : List.of("01-before-launch", "03-launch-router", "04-launch-peers")) {
        replay("1.5.2/" + file);
      }
      replay("1.5.2/05-status-3peers");
      hosts.hosts.forEach(h -> h.fault("tls-unknown", true));
      replay("1.5.2/06-launch-proxy-tls-autodetect-fails");
      replay("1.5.2/06-launch-proxy");
      replay("1.5.2/08-expose", "weave hide 10", "weave expose 10.99", "weave expose net:10.99");
      // In the recording, containers of all three hosts held addresses by then.
      hosts.run("h3", "weave expose net:10.32.1.0/24");
      replay("1.5.2/11-connect-forget");
      replay("1.5.2/09-status-ready");
      replay("1.5.2/13-stop");
      failures();
      assertThat(replayed).isGreaterThanOrEqualTo(65);
    }
    softly.assertAll();
  }

  private void failures() throws IOException {
    hosts.host("h3").writeFile("/var/lib/horai/routes", "127.88.0.0/24 dev eth0\n");
    hosts.run("h3", "docker rm -f weave weaveproxy");
    replay(
        "1.5.2/14-failures",
        "docker rm -f weave >/dev/null 2>&1; CHECKPOINT_DISABLE=1 weave"
            + " launch-router --ipalloc-range 10.88",
        "CHECKPOINT_DISABLE=1 weave launch-router" + " --password wrong",
        "DOCKER_HOST=");
  }

  @Test
  void idempotenceOfGenerationOneIsAsRecorded() throws Exception {
    try (TestHosts three = new TestHosts(directory, "1.5.2", 3)) {
      hosts = three;
      replay("1.5.2/22-idempotence", "CHECKPOINT_DISABLE=1");
      assertThat(replayed).isEqualTo(1);
    }
    softly.assertAll();
  }

  /** The real one hung until it was killed, its container made and its id printed. */
  @Test
  void theProxyOfGenerationOneCanHang() throws Exception {
    Transcript.Step recorded = steps("1.5.2/06-launch-proxy-hangs-when-docker-exec-fails").get(0);
    assertThat(recorded.exit()).isEqualTo(124);
    try (TestHosts three = new TestHosts(directory, "1.5.2", 3)) {
      SimHost host = three.host("h1");
      three.run("h1", "weave launch-router --ipalloc-range 10.32.0.0/12 --no-dns");
      host.fault("hang-proxy", true);

      TestHosts.Result hung = three.run("h1", "timeout 1 " + recorded.command());

      assertThat(hung.exit()).isEqualTo(recorded.exit());
      assertThat(Normal.body(hung.out())).isEqualTo(Normal.body(recorded.out()));
      assertThat(hung.err()).isEqualTo(recorded.err());
    }
  }

  @Test
  void whatStoppedInGenerationTwoAnswersAsRecorded() throws Exception {
    Transcript.Step recorded = steps("2.8.1/06-stop").get(0);
    try (TestHosts three = new TestHosts(directory, "2.8.1", 3)) {
      three.run("h1", "weave launch --ipalloc-range 10.32.0.0/12");
      three.run("h1", "weave stop");

      TestHosts.Result got = three.run("h1", recorded.command().replace("docker ps -a; ", ""));

      assertThat(got.exit()).isEqualTo(recorded.exit());
      assertThat(Normal.body(got.err())).isEqualTo(Normal.body(recorded.err()));
      assertThat(Normal.body(got.out()))
          .isEqualTo(
              Normal.body(recorded.out().replaceAll("(?m)^(CONTAINER|[0-9a-f]{12}) .*", "")));
    }
  }

  @Test
  void generationTwoAnswersAsRecorded() throws Exception {
    try (TestHosts three = new TestHosts(directory, "2.8.1", 3)) {
      hosts = three;
      replay("2.8.1/01-before", "weave version");
      for (String h : List.of("h1", "h2", "h3")) {
        replay("2.8.1/02-launch-" + h, "CHECKPOINT_DISABLE=1");
      }
      status();
      replayReport();
      TestHosts.Result relaunch = hosts.run("h1", "weave launch 127.88.0.2");
      softly.assertThat(relaunch.exit()).isEqualTo(3);
      softly
          .assertThat(relaunch.err())
          .isEqualTo("weave is already running; you can stop it with 'weave stop'.\n");
      softly.assertThat(hosts.run("h1", "weave stop").exit()).isZero();
      TestHosts.Result reset = hosts.run("h1", "weave reset");
      softly.assertThat(reset.exit()).isEqualTo(1);
      softly.assertThat(reset.err()).contains("Re-launch weave before reset or use --force");
    }
    softly.assertAll();
  }

  @Test
  void itsReportIsAskedForOneValueAndWhatItCannotSayItRefuses() throws Exception {
    try (TestHosts three = new TestHosts(directory, "2.8.1", 3)) {
      three.run("h1", "weave launch --ipalloc-range 10.32.0.0/12 127.88.0.2");
      String name =
          json.readTree(three.run("h1", "weave report").out()).at("/Router/Name").asText();

      String told =
          three.run("h1", "weave report -f '{{.Version}} {{.Router.Name}} {{.IPAM.Range}}'").out();

      assertThat(told).isEqualTo("2.8.1 " + name + " 10.32.0.0/12");
      assertThat(json.readTree(three.run("h1", "weave report -f '{{json .Router.Targets}}'").out()))
          .hasToString("[\"127.88.0.2\"]");
      String whole = three.run("h1", "weave report -f '{{json .}}'").out();
      assertThat(json.readTree(whole).at("/Router/Name").asText()).isEqualTo(name);
      TestHosts.Result wrong = three.run("h1", "weave report -f '{{.Nosuch}}'");
      assertThat(wrong.exit()).isEqualTo(1);
      assertThat(wrong.err()).isEqualTo("error during template execution\n");
      for (String unknown :
          List.of("weave report -f '{{len .Router.Peers}}'", "weave dns-lookup x")) {
        TestHosts.Result refused = three.run("h1", unknown);
        assertThat(refused.exit()).as(unknown).isEqualTo(1);
        assertThat(refused.err()).as(unknown).contains("This simulated host does not know");
      }
      assertThat(three.run("h1", "weave run x").err()).contains("has been removed");
      assertThat(three.run("h1", "weave env --restore").err()).contains("Nothing to restore");
    }
  }

  private void status() throws IOException {
    Transcript.Step recorded = steps("2.8.1/03-status").get(0);
    String command =
        "weave status; weave status peers; weave status connections; weave status ipam;"
            + " weave env; echo rc=$?; weave config; echo rc=$?; weave ps";
    String wanted = recorded.out().substring(0, recorded.out().indexOf("10.88.0.3:54853\t"));
    TestHosts.Result got = hosts.run("h1", command);
    softly.assertThat(Normal.body(got.out())).isEqualTo(Normal.body(wanted));
  }

  @Test
  void hostsWithTheSameMachineIdCollideAndLaunchStillSucceeds() throws Exception {
    try (TestHosts three = new TestHosts(directory, "2.8.1", 3)) {
      hosts = three;
      for (SimHost host : three.hosts) {
        host.writeFile("/etc/machine-id", "the same\n");
      }
      String options = "--no-dns --ipalloc-range 10.32.0.0/12 --no-default-ipalloc ";
      assertThat(three.run("h2", "weave launch " + options + "127.88.0.1").exit()).isZero();
      assertThat(three.run("h3", "weave launch " + options + "127.88.0.1").exit()).isZero();
      assertThat(three.run("h1", "weave launch " + options + "127.88.0.3 127.88.0.2").exit())
          .isZero();
      assertThat(Normal.body(three.run("h1", "weave status connections").out()))
          .contains("peer names collision, retry: never");
      assertThat(three.run("h1", "weave status").out()).contains("Connections: 2 (2 failed)");
    }
  }

  private void replay(String file, String... composed) throws IOException {
    for (Transcript.Step step : steps(file)) {
      boolean chosen = Arrays.stream(composed).anyMatch(step.command()::startsWith);
      if (!chosen && !WEAVE_ALONE.matcher(step.command()).matches()) {
        continue;
      }
      String command =
          step.command().replace("10.88.0.", "127.88.0.").replaceAll("sleep \\d+; ", "");
      TestHosts.Result got = hosts.run(step.host(), command);
      String where = file + " " + step.host() + " $ " + step.command();
      softly.assertThat(got.exit()).as(where + ": exit").isEqualTo(step.exit());
      softly
          .assertThat(Normal.body(got.err()))
          .as(where + ": stderr")
          .isEqualTo(Normal.body(step.err()));
      if (step.out().startsWith("{\n")) {
        softly.assertThat(lacking(step.out(), got.out())).as(where + ": shape").isEmpty();
      } else {
        softly
            .assertThat(Normal.body(got.out()))
            .as(where + ": stdout")
            .isEqualTo(Normal.body(step.out()));
      }
      replayed++;
    }
  }

  private void replayReport() throws IOException {
    String recorded = Recordings.text("weave/2.8.1/report.json");
    softly.assertThat(lacking(recorded, hosts.run("h1", "weave report").out())).isEmpty();
  }

  private List<String> lacking(String recorded, String got) throws IOException {
    return Shape.differences(json.readTree(recorded), json.readTree(got)).stream()
        .filter(d -> !d.endsWith("never recorded"))
        .filter(d -> !NOT_SIMULATED.matcher(d).matches())
        .toList();
  }

  private static List<Transcript.Step> steps(String file) {
    return Transcript.read("weave/" + file + ".txt").steps();
  }
}
