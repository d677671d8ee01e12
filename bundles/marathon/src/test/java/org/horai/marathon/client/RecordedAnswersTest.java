package org.horai.marathon.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.horai.api.HoraiException;
import org.horai.api.deployer.Workload;
import org.horai.api.http.Http;
import org.horai.api.time.Deadline;
import org.horai.core.http.client.OkHttpTransport;
import org.horai.marathon.model.Answers;
import org.horai.recordings.Exchange;
import org.horai.recordings.Recordings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each recorded answer, served by a real server to the real client, is understood. */
@Timeout(60)
class RecordedAnswersTest {
  private static OkHttpTransport http;
  private MarathonServer server;
  private MarathonClient client;

  @BeforeAll
  static void open() {
    http = new OkHttpTransport(reference -> null);
  }

  @AfterAll
  static void shut() {
    http.close();
  }

  @BeforeEach
  void start() throws IOException {
    server = new MarathonServer();
    client = new MarathonClient(http, new ObjectMapper(), server.cluster());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** Lines of {@code file|call|what the client must say}. */
  static List<String> contract() throws IOException {
    URL table = RecordedAnswersTest.class.getResource("/contract.txt");
    return Files.readAllLines(Path.of(table.getPath()));
  }

  static Stream<String> exchanges() throws IOException {
    return contract().stream().filter(l -> !l.contains("|unused|") && !l.contains("|events|"));
  }

  static Stream<String> streams() throws IOException {
    return contract().stream().filter(line -> line.contains("|events|"));
  }

  @Test
  void everyRecordingIsUsedOrLeftOutForAReason() throws IOException {
    assertThat(contract().stream().map(line -> "marathon/" + line.split("\\|", -1)[0]))
        .containsExactlyInAnyOrderElementsOf(Recordings.names("marathon/"));
    assertThat(contract()).allMatch(line -> line.split("\\|", -1).length == 3);
  }

  @ParameterizedTest
  @MethodSource("exchanges")
  void isUnderstood(String line) throws IOException {
    String[] words = line.split("\\|", -1);
    MarathonServer.Reply reply = recorded(words[0]);
    server.on("GET", reply).on("PUT", reply).on("DELETE", reply);
    if (words[2].startsWith("MAR-")) {
      HoraiException e = catchThrowableOfType(HoraiException.class, () -> call(words[1]));
      assertThat(e.code().id()).isEqualTo(words[2].substring(0, 7));
      assertThat(e.toString()).contains(words[2].substring(8));
    } else {
      assertThat(call(words[1])).isEqualTo(words[2]);
    }
  }

  private static MarathonServer.Reply recorded(String name) {
    Exchange exchange = Exchange.read("marathon/" + name);
    Map<String, String> headers = new LinkedHashMap<>();
    exchange.lastingHeaders().forEach(h -> headers.put(h.getKey(), h.getValue()));
    return new MarathonServer.Reply(exchange.status(), exchange.body(), headers);
  }

  private String call(String name) {
    Deadline deadline = Deadline.after(Duration.ofSeconds(30));
    return switch (name) {
      case "find" ->
          client.find("/chronos", deadline).map(RecordedAnswersTest::words).orElse("missing");
      case "put" -> words(client.put("/chronos", Map.of(), true, deadline));
      case "delete" -> client.delete("/chronos", deadline) ? "removed" : "missing";
      case "versions" -> String.join(",", client.versions("/chronos", deadline));
      case "list" ->
          client.list(deadline).stream().map(Workload::id).collect(Collectors.joining(","));
      case "deployments" ->
          client.deployments(deadline).stream()
              .map(
                  d ->
                      d.id()
                          + " "
                          + String.join(", ", d.actions())
                          + (" " + d.step() + "/" + d.steps()))
              .collect(Collectors.joining("; "));
      case "queue" ->
          Stream.of("/four", "/huge", "/norack")
              .flatMap(id -> client.queued(id, deadline).stream())
              .map(RecordedAnswersTest::words)
              .collect(Collectors.joining("; "));
      case "info" -> words(client.info(deadline));
      case "tasks" -> String.valueOf(client.liveTasks("/chronos", deadline).size());
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static String words(Workload app) {
    return ("%s %s wanted %d live %d running %d healthy %d deployments %s")
        .formatted(
            app.id(),
            app.version(),
            app.wantedInstances(),
            app.instances().size(),
            app.running(),
            app.healthy(),
            String.join(",", app.deployments()))
        .strip();
  }

  private static String words(Answers.Accepted accepted) {
    return accepted.deploymentId().orElse("") + " " + accepted.version().orElse("");
  }

  private static String words(Answers.Queued queued) {
    return queued.appId()
        + " "
        + queued.delaySeconds()
        + " "
        + queued.rejections().stream()
            .map(Answers.Rejection::reason)
            .collect(Collectors.joining(","));
  }

  private static String words(Answers.Info info) {
    return info.version() + " " + info.leader() + " " + info.frameworkId();
  }

  @ParameterizedTest
  @MethodSource("streams")
  void everyEventOfAStreamArrives(String line) throws Exception {
    String[] words = line.split("\\|", -1);
    server
        .on("GET /v2/info", MarathonServer.Reply.json(Map.of("leader", "")))
        .on("GET /v2/events", recorded(words[0]));
    BlockingQueue<Http.ServerEvent> events = new LinkedBlockingQueue<>();
    CountDownLatch ended = new CountDownLatch(1);

    client.events(
        List.of(), events::add, r -> ended.countDown(), Deadline.after(Duration.ofSeconds(30)));

    assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
    // The recorder was stopped in the middle of the line of an event at the end of some streams.
    assertThat(events.size()).isBetween(Integer.parseInt(words[2]) - 1, Integer.parseInt(words[2]));
    assertThat(events)
        .allSatisfy(
            event ->
                assertThat(client.read(event.data()).at("eventType").text(""))
                    .isEqualTo(event.type()));
  }
}
