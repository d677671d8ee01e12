package org.horai.core.http.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.http.Http;
import org.horai.api.http.HttpCall;
import org.horai.api.http.HttpReply;
import org.horai.api.secret.Secret;
import org.horai.api.secret.SecretRef;
import org.horai.api.time.Deadline;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OkHttpTransportTest {
  private final OkHttpTransport http =
      new OkHttpTransport(reference -> new Secret("jane:s3cr:et"), Duration.ofMillis(300));

  @AfterEach
  void close() {
    http.close();
  }

  @Test
  void returnsStatusHeadersAndBodyOfAnyAnswer() throws IOException {
    try (RawServer server =
        RawServer.answering(
            "HTTP/1.1 409 Conflict\r\nX-Thing: A\r\nX-Thing: B\r\nContent-Length: 3\r\n\r\n\u00e9!")) {
      HttpReply reply = http.send(HttpCall.get(server.uri("/v2/apps")), soon());

      assertThat(reply.status()).isEqualTo(409);
      assertThat(reply.headers().get("x-thing")).containsExactly("A", "B");
      assertThat(reply.body()).isEqualTo("\u00e9!");
      assertThat(server.requests.get(0)).contains("GET /v2/apps HTTP/1.1");
    }
  }

  @Test
  void sendsBodyHeadersAndCredentialsAsGiven() throws IOException {
    try (RawServer server = RawServer.answering("HTTP/1.1 204 No Content\r\n\r\n")) {
      http.send(
          HttpCall.json("PUT", server.uri("/x?force=true"), "{}")
              .with(Optional.of(SecretRef.parse("env:PAIR"))),
          soon());

      assertThat(server.requests.get(0))
          .contains(
              "PUT /x?force=true HTTP/1.1",
              "Content-Type: application/json",
              "Authorization: Basic amFuZTpzM2NyOmV0",
              "{}");
    }
  }

  @Test
  void sendsAnEmptyBodyForPostWithoutOne() throws IOException {
    try (RawServer server = RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) {
      http.send(HttpCall.of("POST", server.uri("/run")), soon());

      assertThat(server.requests.get(0)).contains("Content-Length: 0");
    }
  }

  @Test
  void doesNotFollowRedirects() throws IOException {
    try (RawServer server =
        RawServer.answering(
            "HTTP/1.1 307 Temporary Redirect\r\nLocation: //10.0.0.1:5050\r\n"
                + "Content-Length: 0\r\n\r\n")) {
      HttpReply reply = http.send(HttpCall.get(server.uri("/master/state")), soon());

      assertThat(reply.status()).isEqualTo(307);
      assertThat(reply.header("Location")).contains("//10.0.0.1:5050");
    }
  }

  @Test
  void speaksTlsWhereTheAddressSaysSo() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Integer> firstByte =
          CompletableFuture.supplyAsync(
              () -> {
                try (Socket peer = server.accept()) {
                  return peer.getInputStream().read();
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      URI uri = URI.create("https://127.0.0.1:" + server.getLocalPort() + "/");

      HoraiException e =
          catchThrowableOfType(HoraiException.class, () -> http.send(HttpCall.get(uri), soon()));

      assertThat(e.code()).isEqualTo(CommonErrors.UNREACHABLE);
      assertThat(firstByte.get(30, TimeUnit.SECONDS)).as("a TLS handshake record").isEqualTo(22);
    }
  }

  @Test
  void unpacksGzip() throws IOException {
    try (RawServer server =
        new RawServer(
            (peer, out) -> {
              out.write(
                  "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n"
                      .getBytes(StandardCharsets.UTF_8));
              GZIPOutputStream zip = new GZIPOutputStream(out);
              zip.write("[1, 2]".getBytes(StandardCharsets.UTF_8));
              zip.finish();
            })) {
      assertThat(http.send(HttpCall.get(server.uri("/")), soon()).body()).isEqualTo("[1, 2]");
    }
  }

  @Test
  void saysThatNothingListens() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      port = free.getLocalPort();
    }
    HoraiException error = failing(HttpCall.get(URI.create("http://127.0.0.1:" + port + "/ping")));

    assertThat(error.code()).isEqualTo(CommonErrors.UNREACHABLE);
    assertThat(error.toString())
        .contains("GET http://127.0.0.1:" + port + "/ping failed")
        .contains("nothing listens on 127.0.0.1:" + port + " (connection refused)");
  }

  @Test
  void saysThatAPeerHungUp() throws IOException {
    try (RawServer silent = new RawServer((peer, out) -> peer.close());
        RawServer halfway =
            RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
        RawServer reset =
            new RawServer(
                (peer, out) -> {
                  peer.setSoLinger(true, 0);
                  peer.close();
                })) {
      for (RawServer server : List.of(silent, halfway, reset)) {
        HoraiException error = failing(HttpCall.get(server.uri("/")));

        assertThat(error.code()).isEqualTo(CommonErrors.UNREACHABLE);
        assertThat(error.why().orElseThrow()).containsAnyOf("closed the connection", "broke");
        assertThat(server.requests).hasSize(1);
      }
    }
  }

  @Test
  void saysThatThePeerDoesNotSpeakHttp() throws IOException {
    try (RawServer server = RawServer.answering("SSH-2.0-OpenSSH_9.2\r\n")) {
      HoraiException error = failing(HttpCall.get(server.uri("/")));

      assertThat(error.code()).isEqualTo(CommonErrors.BAD_ANSWER);
      assertThat(error.why().orElseThrow()).contains("does not speak HTTP").contains("SSH-2.0");
    }
  }

  @Test
  void refusesAnAddressThatIsNotHttp() {
    HoraiException error = failing(HttpCall.get(URI.create("ftp://127.0.0.1/x")));

    assertThat(error.code()).isEqualTo(CommonErrors.USAGE);
  }

  @Test
  void givesUpAtTheDeadlineEvenWhenBytesTrickle() throws IOException {
    CountDownLatch done = new CountDownLatch(1);
    try (RawServer server =
        new RawServer(
            (peer, out) -> {
              out.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n".getBytes());
              while (!done.await(20, TimeUnit.MILLISECONDS)) {
                out.write('x');
                out.flush();
              }
            })) {
      HoraiException error =
          catchThrowableOfType(
              HoraiException.class,
              () ->
                  http.send(
                      HttpCall.get(server.uri("/slow")), Deadline.after(Duration.ofMillis(200))));

      assertThat(error.code()).isEqualTo(CommonErrors.TIMED_OUT);
      assertThat(error.toString()).contains("/slow gave no answer").contains("waited 0.2 s");
    } finally {
      done.countDown();
    }
  }

  @Test
  void endsAtOnceWhenTheCallerIsInterrupted() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    AtomicReference<HoraiException> error = new AtomicReference<>();
    try (RawServer server =
        new RawServer(
            (peer, out) -> {
              asked.countDown();
              never.await();
            })) {
      Thread caller =
          new Thread(() -> error.set(failing(HttpCall.get(server.uri("/hang")))), "caller");
      caller.start();
      asked.await();
      caller.interrupt();
      caller.join(5000);

      assertThat(error.get()).isNotNull();
      assertThat(error.get().code()).isEqualTo(CommonErrors.INTERRUPTED);
    } finally {
      never.countDown();
    }
  }

  @Test
  void neverShowsCredentials() throws IOException {
    try (RawServer server = RawServer.answering("nonsense\r\n")) {
      URI withUser = URI.create(server.uri("/x?token=abc").toString().replace("//", "//joe:pw@"));
      HoraiException error =
          failing(HttpCall.get(withUser).with(Optional.of(SecretRef.parse("env:PAIR"))));

      assertThat(error.toString())
          .doesNotContain("pw")
          .doesNotContain("s3cr")
          .doesNotContain("abc");
    }
  }

  @Test
  void readsRecordedMarathonEvents() throws Exception {
    byte[] recorded =
        getClass().getResourceAsStream("/http/events-sse-filtered.txt").readAllBytes();
    BlockingQueue<Http.ServerEvent> events = new LinkedBlockingQueue<>();
    BlockingQueue<String> ends = new LinkedBlockingQueue<>();
    try (RawServer server = new RawServer((peer, out) -> out.write(recorded))) {
      http.stream(HttpCall.get(server.uri("/v2/events")), events::add, ends::add, soon());

      assertThat(ends.poll(10, TimeUnit.SECONDS)).isEqualTo("the server ended the stream");
      assertThat(events).hasSize(2);
      assertThat(events.peek().type()).isEqualTo("deployment_success");
      assertThat(events.peek().data()).startsWith("{\"id\":\"e280d31f").endsWith("}");
      assertThat(server.requests.get(0)).contains("Accept: text/event-stream");
    }
  }

  @Test
  void heartbeatsKeepAStreamAliveAndSilenceEndsIt() throws Exception {
    BlockingQueue<Http.ServerEvent> events = new LinkedBlockingQueue<>();
    BlockingQueue<String> ends = new LinkedBlockingQueue<>();
    CountDownLatch over = new CountDownLatch(1);
    try (RawServer server =
        new RawServer(
            (peer, out) -> {
              head(out);
              for (int beat = 0; beat < 8; beat++) {
                out.write(beat % 2 == 0 ? "\r\n".getBytes() : ": beat\n".getBytes());
                out.flush();
                over.await(60, TimeUnit.MILLISECONDS);
              }
              out.write("data: one\ndata: two\n\n".getBytes());
              out.flush();
              over.await();
            })) {
      http.stream(HttpCall.get(server.uri("/")), events::add, ends::add, soon());

      assertThat(events.poll(10, TimeUnit.SECONDS))
          .isEqualTo(new Http.ServerEvent("message", "one\ntwo"));
      assertThat(ends.poll(10, TimeUnit.SECONDS)).startsWith("no sign of life");
      over.countDown();
    }
  }

  @Test
  void closingAStreamTellsNobody() throws Exception {
    BlockingQueue<Http.ServerEvent> events = new LinkedBlockingQueue<>();
    BlockingQueue<String> ends = new LinkedBlockingQueue<>();
    CountDownLatch hungUp = new CountDownLatch(1);
    try (RawServer server =
        new RawServer(
            (peer, out) -> {
              head(out);
              out.write("data: x\n\n".getBytes());
              out.flush();
              waitForHangUp(peer);
              hungUp.countDown();
            })) {
      Http.Stream stream =
          http.stream(HttpCall.get(server.uri("/")), events::add, ends::add, soon());
      assertThat(events.poll(10, TimeUnit.SECONDS)).isNotNull();
      stream.close();

      assertThat(hungUp.await(10, TimeUnit.SECONDS)).isTrue();
      http.close();
      assertThat(ends).isEmpty();
    }
  }

  @Test
  void refusesAStreamThatIsNone() throws IOException {
    try (RawServer server =
        RawServer.answering(
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n<html>hi")) {
      HoraiException error =
          catchThrowableOfType(
              HoraiException.class,
              () -> http.stream(HttpCall.get(server.uri("/e")), e -> {}, e -> {}, soon()));

      assertThat(error.code()).isEqualTo(CommonErrors.BAD_ANSWER);
      assertThat(error.why().orElseThrow()).contains("text/html").contains("<html>hi");
    }
  }

  @Test
  void closingEndsStreamsAndThreads() throws Exception {
    CountDownLatch hungUp = new CountDownLatch(1);
    try (RawServer server =
        new RawServer(
            (peer, out) -> {
              head(out);
              waitForHangUp(peer);
              hungUp.countDown();
            })) {
      http.stream(HttpCall.get(server.uri("/")), e -> {}, e -> {}, soon());
      http.close();

      assertThat(hungUp.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(failing(HttpCall.get(server.uri("/"))).code()).isEqualTo(CommonErrors.INTERRUPTED);
      assertThat(Thread.getAllStackTraces().keySet())
          .noneMatch(thread -> thread.isAlive() && thread.getName().startsWith("horai-http-"));
    }
  }

  private static void head(OutputStream out) throws IOException {
    out.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n".getBytes());
    out.flush();
  }

  private static void waitForHangUp(Socket peer) {
    try {
      while (peer.getInputStream().read() >= 0) {
        continue;
      }
    } catch (IOException e) {
      // reset: the same to us
    }
  }

  private HoraiException failing(HttpCall call) {
    return catchThrowableOfType(HoraiException.class, () -> http.send(call, soon()));
  }

  private static Deadline soon() {
    return Deadline.after(Duration.ofSeconds(10));
  }
}
