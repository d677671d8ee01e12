package org.horai.sandbox.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimHttpServerTest {

  private final SimHttpServer server =
      new SimHttpServer(
          new InetSocketAddress("127.0.40.1", 0),
          new SimThreads(),
          request ->
              SimReply.text(200, request.method() + " " + request.target() + " " + request.text()));

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @AfterEach
  void close() {
    server.close();
  }

  private SimReply get(String target) throws IOException {
    return send("GET", target, "");
  }

  private SimReply send(String method, String target, String body) throws IOException {
    return new SimHttpClient(Duration.ofSeconds(2), Duration.ofMillis(700))
        .send(server.address(), method, target, Map.of(), body.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(SimReply reply) {
    return new String(reply.body(), StandardCharsets.UTF_8);
  }

  @Test
  void handsMethodPathQueryAndBodyToTheHandler() throws IOException {
    assertThat(text(send("PUT", "/v2/apps//x?force=true", "{}")))
        .isEqualTo("PUT /v2/apps//x?force=true {}");
  }

  @Test
  void keepsItsPortOverStopAndStartAndRefusesInBetween() throws IOException {
    int port = server.address().getPort();
    server.stop();
    assertThatThrownBy(() -> get("/")).isInstanceOf(IOException.class);
    server.start();
    assertThat(server.address().getPort()).isEqualTo(port);
    assertThat(get("/").status()).isEqualTo(200);
  }

  @Test
  void overridesTheAnswerOfMatchingPathsOnlyAndForSoManyRequests() throws IOException {
    server
        .faults()
        .add("PUT", "/v2/apps/.*", 1, new FaultSwitch.Answer(SimReply.text(503, "no leader")));
    assertThat(send("GET", "/v2/apps/a", "").status()).isEqualTo(200);
    assertThat(send("PUT", "/v2/info", "").status()).isEqualTo(200);
    assertThat(send("PUT", "/v2/apps/a", "").status()).isEqualTo(503);
    assertThat(send("PUT", "/v2/apps/a", "").status()).isEqualTo(200);
  }

  @Test
  void cutsABodyShort() {
    server.faults().truncate("/x");
    assertThatThrownBy(() -> get("/x")).isInstanceOf(IOException.class);
  }

  @Test
  void answersHtmlWhereGarbled() throws IOException {
    server.faults().garble("/x");
    assertThat(text(get("/x"))).startsWith("<html>");
    server.faults().clear();
    assertThat(text(get("/x"))).startsWith("GET");
  }

  @Test
  void swallowsRequestsInABlackHoleAndStillStops() {
    server.faults().blackHole(true);
    assertThatThrownBy(() -> get("/x")).isInstanceOf(IOException.class);
    server.stop();
    assertThat(server.isRunning()).isFalse();
  }

  @Test
  void sendsAnyReasonPhraseAndRepeatedHeaders() throws IOException {
    server
        .faults()
        .answer(
            ".*",
            SimReply.empty(500)
                .withReason("java.net.ConnectException at A.b")
                .withHeader("Vary", "A")
                .withHeader("Vary", "B"));
    SimReply reply = get("/");
    assertThat(reply.reason()).isEqualTo("java.net.ConnectException at A.b");
    assertThat(reply.headers()).contains(Map.entry("Vary", "A"), Map.entry("Vary", "B"));
  }
}
