package org.horai.sandbox.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.horai.recordings.Exchange;
import org.horai.sandbox.mesos.TestMesos;
import org.horai.sandbox.net.SimReply;

/**
 * Sends a recorded request to a simulator and compares the answers: status; the headers that
 * clients go by; the text of errors, word for word but for ids; the {@link Shape} of JSON.
 */
final class Contract {

  private static final List<String> EXACT_HEADERS = List.of("content-type", "allow", "location");
  private static final List<String> PRESENT_HEADERS =
      List.of("x-marathon-leader", "marathon-deployment-id");

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
    String answered = new String(reply.body(), StandardCharsets.UTF_8);
    assertThat(reply.status()).as("status; the body is: " + answered).isEqualTo(recording.status());
    Map<String, String> sent = new LinkedHashMap<>();
    reply.headers().forEach(h -> sent.put(h.getKey().toLowerCase(Locale.ROOT), h.getValue()));
    for (String name : EXACT_HEADERS) {
      assertThat(neutral(sent.getOrDefault(name, "")))
          .as("header " + name)
          .isEqualTo(neutral(recording.header(name).orElse("")));
    }
    for (String name : PRESENT_HEADERS) {
      assertThat(sent.containsKey(name))
          .as("whether there is a header " + name)
          .isEqualTo(recording.header(name).isPresent());
    }
    compareBodies(recording, answered, extent);
  }

  private void compareBodies(Exchange recording, String answered, Extent extent)
      throws IOException {
    boolean json = recording.header("content-type").orElse("").startsWith("application/json");
    if (recording.status() >= 400 || !json) {
      assertThat(neutral(answered)).isEqualTo(neutral(recording.body()));
      return;
    }
    JsonNode expected = parse(recording.body());
    List<String> differences = Shape.differences(expected, parse(answered));
    if (extent == Extent.PART) {
      differences = differences.stream().filter(d -> !d.endsWith("not answered")).toList();
    }
    assertThat(differences).as("differences in shape").isEmpty();
  }

  private JsonNode parse(String text) throws IOException {
    return cluster.context().json().parse(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Without ids and addresses. */
  private static String neutral(String text) {
    return text.replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "ID")
        .replaceAll("127\\.\\d+\\.\\d+\\.\\d+:\\d+", "HOST:PORT");
  }
}
