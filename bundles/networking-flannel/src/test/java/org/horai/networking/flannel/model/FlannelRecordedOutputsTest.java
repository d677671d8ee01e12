package org.horai.networking.flannel.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.horai.api.host.HostFacts;
import org.horai.api.host.ProbeOutput;
import org.horai.api.network.Subnet;
import org.horai.recordings.Transcript;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What flanneld 0.9.1 left on real hosts, read. */
class FlannelRecordedOutputsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          03-start.txt | 0 | flannel.1 | 10.60.94.0/24 of 10.60.0.0/16, mtu 1450, up | []
          03-start.txt | 1 | flannel.1 | 10.60.58.0/24 of 10.60.0.0/16, mtu 1450, up | [10.60.94.0/24]
          06-udp.txt   | 0 | flannel0  | 10.60.28.0/24 of 10.60.0.0/16, mtu 1472, down | [10.60.0.0/16]
          06-udp.txt   | 1 | flannel0  | 10.60.26.0/24 of 10.60.0.0/16, mtu 1472, down | [10.60.0.0/16]
          """)
  void startsAreUnderstood(String file, int step, String device, String expected, String routed) {
    String out = Transcript.read("flannel/" + file).steps().get(step).out();
    String link = lines(out, "flannel.1: <");
    PartView view =
        view(
            device,
            Map.of(
                FlannelProbes.SUBNET,
                lines(out, "FLANNEL_"),
                FlannelProbes.LINK,
                link,
                FlannelProbes.ROUTES,
                lines(out, " dev ")));

    assertThat(
            ("%s of %s, mtu %d, %s")
                .formatted(
                    view.part().orElseThrow(),
                    view.network().orElseThrow(),
                    view.mtu(),
                    view.up() ? "up" : "down"))
        .isEqualTo(expected);
    assertThat(view.routed()).hasToString(routed);
    assertThat(view.trouble()).isEmpty();
  }

  @Test
  void leasesAreUnderstood() {
    String out = Transcript.read("flannel/04-etcd.txt").step("etcdctl").out();
    // The keys' order differs from call to call; of which part each value is, 03-start tells.
    String leases =
        lines(out, "\"PublicIP\"")
            .replace("{\"PublicIP\":\"10.88.0.1\"", "10.60.94.0-24 {\"PublicIP\":\"10.88.0.1\"")
            .replace("{\"PublicIP\":\"10.88.0.2\"", "10.60.58.0-24 {\"PublicIP\":\"10.88.0.2\"");

    assertThat(view("flannel.1", Map.of(FlannelProbes.LEASES, leases)).leases())
        .hasToString("{10.88.0.1=10.60.94.0/24, 10.88.0.2=10.60.58.0/24}");
  }

  @Test
  void routesToPeersAreToldFromThoseOfOthers() {
    String out = Transcript.read("flannel/05-traffic.txt").step("ping").out();
    PartView view = view("flannel.1", Map.of(FlannelProbes.ROUTES, lines(out, " dev ")));

    assertThat(view.routes(Subnet.parse("10.60.58.0/24").orElseThrow())).isTrue();
    assertThat(view.routes(Subnet.parse("10.60.77.0/24").orElseThrow())).isFalse();
    assertThat(view.foreign())
        .hasToString("[10.60.94.0/24, 10.88.0.0/24, 172.17.0.0/16, 172.18.0.0/16]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          10.88.0.3 | Couldn't fetch network config: 100: Key not found (/coreos.com) [59]
          10.88.0.9 | Couldn't fetch network config: client: etcd cluster is unavailable or misconfigured; error #0: dial tcp 10.88.0.9:2379: i/o timeout
          eth9      | Failed to find interface to use that matches the interfaces and/or regexes provided
          """)
  void whyItWaitsForEverIsUnderstood(String word, String expected) {
    String err = Transcript.read("flannel/01-no-config.txt").step("-iface=eth9").err();
    String all = err.replaceAll("(?m)^ls: .*\\n", "");
    String log =
        switch (word) {
          case "10.88.0.3" -> all.substring(0, all.indexOf("shutdownHandler"));
          case "10.88.0.9" -> all.substring(0, all.indexOf("main.go:200"));
          default -> all;
        };

    assertThat(view("flannel.1", Map.of(FlannelProbes.LOG, log)).trouble()).contains(expected);
  }

  private static String lines(String out, String with) {
    return Arrays.stream(out.split("\n"))
        .filter(line -> line.contains(with))
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }

  private static PartView view(String device, Map<String, String> said) {
    Map<String, ProbeOutput> probes =
        said.entrySet().stream()
            .collect(
                Collectors.toMap(Map.Entry::getKey, e -> new ProbeOutput(0, e.getValue(), "")));
    return PartView.of(new HostFacts("h1", Optional.empty(), probes, Map.of()), device);
  }
}
