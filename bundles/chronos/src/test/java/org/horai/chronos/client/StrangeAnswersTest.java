package org.horai.chronos.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.HostPort;
import org.horai.api.time.Deadline;
import org.horai.chronos.v3.Chronos3Dialect;
import org.horai.core.http.client.OkHttpTransport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Something answers 200 where Chronos should be, and it is not Chronos. */
class StrangeAnswersTest {
  private final Deadline soon = Deadline.after(Duration.ofSeconds(10));

  @ParameterizedTest
  @ValueSource(strings = {"null", "", "It works!", "7", "{\"leader\":\"\"}", "{\"leader\":null}"})
  void areErrorsThatShowThem(String body) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    try (OkHttpTransport http =
        new OkHttpTransport(
            reference -> {
              throw new AssertionError("no secret is needed");
            })) {
      HostPort address = new HostPort("127.0.0.1", server.getAddress().getPort());
      ChronosClient client =
          new ChronosClient(
              http, new ObjectMapper(), new Chronos3Dialect(), address, Optional.empty());
      isBad(() -> client.jobs(soon));
      isBad(() -> client.leader(soon));
    } finally {
      server.stop(0);
    }
  }

  private static void isBad(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            HoraiException.class, e -> assertThat(e.code()).isEqualTo(CommonErrors.BAD_ANSWER));
  }
}
