package org.horai.sandbox.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.horai.recordings.Exchange;
import org.horai.recordings.Normal;
import org.horai.recordings.Shape;
import org.horai.sandbox.mesos.TestMesos;
import org.horai.sandbox.net.SimReply;

/**
 * Sends a recorded request to a simulator and compares the answers by the rule of {@link Normal}:
 * status, headers, the text of errors, the {@link Shape} of JSON.
 */
final class Contract {

  private static final List<String> HOP =
      List.of("Host", "Connection", "Content-Length", "User-Agent");

  private final TestMesos cluster;

  Contract(TestMesos cluster) {
    this.cluster = cluster;
  }

  /** How much of the JSON is compared. */
  enum Extent {
    /** Neither more nor less than was recorded. */
    WHOLE,
    /** Some of what was recorded. */
    PART
  }

  void check(Exchange recording, String authority, Extent extent) throws IOException {
    check(recording, authority, extent, recording.requestBody());
  }

  void check(Exchange recording, String authority, Extent extent, String body) throws IOException {
    Map<String, String> headers = new LinkedHashMap<>(recording.requestHeaders());
    headers.keySet().removeIf(HOP::contains);
    SimReply reply = cluster.send(authority, recording.method(), recording.target(), headers, body);
    Exchange answered = answered(recording, reply);
    assertThat(answered.status())
        .as("status; the body is: " + answered.body())
        .isEqualTo(recording.status());
    assertThat(Normal.headers(answered))
        .as("headers that count")
        .isEqualTo(Normal.headers(recording));
    compareBodies(recording, answered.body(), extent);
  }

  private static Exchange answered(Exchange asked, SimReply reply) {
    return new Exchange(
        asked.name(),
        asked.method(),
        asked.target(),
        asked.requestHeaders(),
        asked.requestBody(),
        reply.status(),
        reply.reason(),
        reply.headers(),
        new String(reply.body(), StandardCharsets.UTF_8));
  }

  private void compareBodies(Exchange recording, String answered, Extent extent)
      throws IOException {
    boolean json = recording.header("content-type").orElse("").startsWith("application/json");
    if (recording.status() >= 400 || !json) {
      assertThat(Normal.body(answered)).isEqualTo(Normal.body(recording.body()));
      return;
    }
    List<String> differences = Shape.differences(parse(recording.body()), parse(answered));
    if (extent == Extent.PART) {
      differences = differences.stream().filter(d -> !d.endsWith("not answered")).toList();
    }
    assertThat(differences).as("differences in shape").isEmpty();
  }

  private JsonNode parse(String text) throws IOException {
    return cluster.context().json().parse(text.getBytes(StandardCharsets.UTF_8));
  }
}
