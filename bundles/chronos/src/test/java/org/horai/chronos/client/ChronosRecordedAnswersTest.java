package org.horai.chronos.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.horai.api.HoraiException;
import org.horai.api.jobs.ChronosDialect;
import org.horai.api.jobs.Job;
import org.horai.api.jobs.JobView;
import org.horai.api.time.Deadline;
import org.horai.chronos.v2.Chronos2Dialect;
import org.horai.chronos.v3.Chronos3Dialect;
import org.horai.core.http.client.OkHttpTransport;
import org.horai.recordings.Exchange;
import org.horai.recordings.Recordings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each answer that a real Chronos 3.0.2 gave to a call that the client makes, served by a real
 * server to the client. The call is the one that was recorded: its method and its path say which.
 */
@Timeout(60)
class ChronosRecordedAnswersTest {
  private static final Deadline SOON = Deadline.after(Duration.ofMinutes(1));
  private static OkHttpTransport http;

  @BeforeAll
  static void open() {
    http = new OkHttpTransport(reference -> null);
  }

  @AfterAll
  static void shut() {
    http.close();
  }

  /** Lines of {@code recording|what the client must say}, or {@code recording|unused|reason}. */
  static List<String> contract() throws IOException, URISyntaxException {
    return Files.readAllLines(
        Path.of(ChronosRecordedAnswersTest.class.getResource("/contract.txt").toURI()));
  }

  static Stream<String> exchanges() throws IOException, URISyntaxException {
    return contract().stream().filter(line -> !line.contains("|unused|"));
  }

  @Test
  void everyExchangeIsUsedOrLeftOutForAReason() throws Exception {
    assertThat(contract().stream().map(line -> "chronos/" + line.split("\\|", -1)[0]))
        .containsExactlyInAnyOrderElementsOf(
            Recordings.names("chronos/").stream().filter(n -> n.endsWith(".http")).toList());
    assertThat(contract()).allMatch(line -> line.matches("[^|]+\\|(unused\\|.+|[^|]*)"));
  }

  @ParameterizedTest
  @MethodSource("exchanges")
  void isUnderstood(String line) throws IOException {
    String[] words = line.split("\\|", -1);
    Exchange recorded = Exchange.read("chronos/" + words[0]);
    String name = words[0].replace(".http", "");
    try (RecordedServer server = new RecordedServer(name, "graph-csv-after-run")) {
      if (words[1].matches("(CHR|HOR)-.*")) {
        HoraiException e = catchThrowableOfType(HoraiException.class, () -> call(recorded, server));
        assertThat(e.code().id()).isEqualTo(words[1].substring(0, 7));
        assertThat(e.next()).isPresent();
        assertThat(e.toString()).contains(words[1].substring(8)).doesNotContain("\tat ", "<html");
      } else {
        assertThat(call(recorded, server)).isEqualTo(words[1]);
      }
      assertThat(server.requests().get(0))
          .isEqualTo(recorded.method() + " " + recorded.target().replaceAll("\\?.*", ""));
    }
  }

  private static String call(Exchange recorded, RecordedServer server) {
    String path = recorded.target().replaceAll("^/v1|\\?.*", "");
    ChronosDialect dialect =
        recorded.target().startsWith("/scheduler") ? new Chronos2Dialect() : new Chronos3Dialect();
    ChronosClient client =
        new ChronosClient(http, new ObjectMapper(), dialect, server.address(), Optional.empty());
    String last = path.substring(path.lastIndexOf('/') + 1);
    switch (recorded.method() + " " + path.replaceAll("/(job|task/kill)/[^/]+$", "/$1/NAME")) {
      case "GET /ping" -> {
        return String.valueOf(client.pings(SOON));
      }
      case "GET /scheduler/leader" -> {
        return client.leader(SOON);
      }
      case "GET /scheduler/jobs" -> {
        return client.jobs(SOON).stream().map(v -> words(v)).collect(Collectors.joining("; "));
      }
      case "POST /scheduler/iso8601", "POST /scheduler/dependency" -> client.put(job(last), SOON);
      case "PUT /scheduler/job/NAME" -> client.run(last, SOON);
      case "DELETE /scheduler/job/NAME" -> client.delete(last, SOON);
      case "DELETE /scheduler/task/kill/NAME" -> client.kill(last, SOON);
      default -> throw new IllegalArgumentException("the client does not call " + path);
    }
    return "done";
  }

  private static Job job(String resource) {
    Map<String, Object> fields = new HashMap<>(Map.of("name", "any", "command", "true"));
    fields.put(
        resource.equals("iso8601") ? "schedule" : "parents",
        resource.equals("iso8601") ? "R/2030-01-01T00:00:00Z/P1D" : List.of("hello"));
    return new Job("any", fields);
  }

  private static String words(JobView view) {
    return ("%s %s %s ok %d failed %d parents %s")
        .formatted(
            view.job().name(),
            view.status(),
            view.state(),
            view.successes(),
            view.errors(),
            view.job().parents());
  }
}
