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
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.HostPort;
import org.horai.api.jobs.ChronosDialect;
import org.horai.api.time.Deadline;
import org.horai.chronos.model.ChronosErrors;
import org.horai.chronos.v2.Chronos2Dialect;
import org.horai.chronos.v3.Chronos3Dialect;
import org.horai.core.http.client.OkHttpTransport;
import org.horai.recordings.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a Chronos says about a job that it does not know: 3.0.2 answers 400 (recorded), others 404
 * with or without words; a 404 with a page is that of the server, which does not know the path.
 */
class UnknownJobTest {
  private static final String RECORDED = Exchange.read("chronos/job-run-missing.http").body();
  private static final String PAGE = Exchange.read("chronos/jobs-legacy-path.http").body();

  private final OkHttpTransport http =
      new OkHttpTransport(
          reference -> {
            throw new AssertionError("no secret is needed");
          });
  private final Deadline soon = Deadline.after(Duration.ofSeconds(10));

  @AfterEach
  void close() {
    http.close();
  }

  record Case(String name, ChronosDialect dialect, int status, String body, boolean unknownJob) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> answers() {
    return Stream.of(
        new Case("3.0.2", new Chronos3Dialect(), 400, RECORDED, true),
        new Case("a newer one", new Chronos3Dialect(), 404, "", true),
        new Case(
            "a newer one, in words",
            new Chronos3Dialect(),
            404,
            "{\"message\":\"Job 'nosuch' not found\"}",
            true),
        new Case("an older one", new Chronos2Dialect(), 404, "", true),
        new Case("3.x asked at a wrong path", new Chronos3Dialect(), 404, PAGE, false),
        new Case("2.x asked at a wrong path", new Chronos2Dialect(), 404, PAGE, false));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void isToldFromAnUnknownPathForEveryCall(Case answer) throws IOException {
    HttpServer server = serve(answer);
    try {
      ChronosClient client =
          new ChronosClient(
              http,
              new ObjectMapper(),
              answer.dialect(),
              new HostPort("127.0.0.1", server.getAddress().getPort()),
              Optional.empty());
      refuses(answer, () -> client.run("nosuch", soon));
      refuses(answer, () -> client.kill("nosuch", soon));
      refuses(answer, () -> client.delete("nosuch", soon));
    } finally {
      server.stop(0);
    }
  }

  private static void refuses(Case answer, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            HoraiException.class,
            e -> {
              if (answer.unknownJob()) {
                assertThat(e.code()).isEqualTo(ChronosErrors.NO_JOB);
                assertThat(e).hasMessageContaining("there is no job \"nosuch\"");
                assertThat(e.why().orElseThrow()).endsWith("was answered " + answer.status());
                assertThat(e.next()).contains("job:list");
              } else {
                assertThat(e.code()).isEqualTo(CommonErrors.BAD_ANSWER);
                assertThat(e.next()).contains("check chronos.version in the cluster file");
              }
            });
  }

  private static HttpServer serve(Case answer) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return server;
  }
}
