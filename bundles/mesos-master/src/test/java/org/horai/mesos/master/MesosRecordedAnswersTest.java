package org.horai.mesos.master;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.horai.mesos.master.Clusters.soon;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.horai.api.HoraiException;
import org.horai.api.cluster.ClusterSnapshot;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.cluster.HostPort;
import org.horai.core.http.client.OkHttpTransport;
import org.horai.recordings.Exchange;
import org.horai.recordings.Recordings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each answer that a real Mesos 1.11 gave to a call that the client makes, served by real servers
 * to the client: the one that was asked, and a leader that answers everything else.
 */
@Timeout(60)
class MesosRecordedAnswersTest {
  private static final String CHRONOS = "2e88dd76-b433-433e-88b6-6457da97db80-0001";

  private final OkHttpTransport http = new OkHttpTransport(reference -> null);
  private final MesosMaster masters = new MesosMaster();
  private final AtomicBoolean gone = new AtomicBoolean();
  private FakePort leader;
  private FakePort standby;

  @BeforeEach
  void start() throws IOException {
    masters.http = http;
    leader = new FakePort();
    standby = new FakePort();
    for (FakePort port : List.of(leader, standby)) {
      port.instead("127.0.7.1:5050", leader.address()).instead("127.0.7.2:5050", standby.address());
    }
    Recording state = Recording.of("master-state");
    Recording after = Recording.json(state.body().replace(CHRONOS, "another-id"));
    leader
        .on("GET /master/redirect", Recording.of("redirect-leader"))
        .on("GET /master/state", body -> gone.get() ? after : state)
        .on("POST /master/teardown", body -> tornDown(Recording.of("teardown-good")));
    standby.on("GET /master/redirect", Recording.of("redirect-nonleader"));
  }

  @AfterEach
  void stop() {
    leader.close();
    standby.close();
    http.close();
  }

  /** Lines of {@code recording|what the client must say}, or {@code recording|unused|reason}. */
  static List<String> contract() throws IOException, URISyntaxException {
    return Files.readAllLines(
        Path.of(MesosRecordedAnswersTest.class.getResource("/contract.txt").toURI()));
  }

  static Stream<String> exchanges() throws IOException, URISyntaxException {
    return contract().stream().filter(line -> !line.contains("|unused|"));
  }

  @Test
  void everyExchangeIsUsedOrLeftOutForAReason() throws Exception {
    assertThat(contract().stream().map(line -> "mesos/" + line.split("\\|", -1)[0]))
        .containsExactlyInAnyOrderElementsOf(Recordings.names("mesos/"));
    assertThat(contract()).allMatch(line -> line.matches("[^|]+\\|(unused\\|.+|[^|]+)"));
  }

  @ParameterizedTest
  @MethodSource("exchanges")
  void isUnderstood(String line) {
    String[] words = line.split("\\|", -1);
    Exchange recorded = Exchange.read("mesos/" + words[0]);
    Recording answer = Recording.of(words[0].replace(".http", ""));
    FakePort asked = words[0].contains("nonleader") ? standby : leader;
    asked.on(
        recorded.method() + " " + recorded.target(),
        body -> recorded.target().equals("/master/teardown") ? tornDown(answer) : answer);
    if (recorded.status() == 307 && !recorded.target().endsWith("redirect")) {
      standby.on("GET /master/redirect", Recording.of("not-found"));
    }
    if (words[0].equals("teardown-nonleader.http")) {
      standby.on("GET /master/state", body -> stateOfTheDeposed());
    }
    if (words[1].matches("(MES|HOR)-.*")) {
      HoraiException e = catchThrowableOfType(HoraiException.class, () -> call(recorded, asked));
      assertThat(e.code().id()).isEqualTo(words[1].substring(0, 7));
      assertThat(e.next()).isPresent();
      assertThat(e.toString()).contains(words[1].substring(8));
    } else {
      assertThat(call(recorded, asked)).isEqualTo(words[1]);
    }
    assertThat(asked.requests())
        .anyMatch(r -> r.startsWith(recorded.method() + " " + recorded.target()));
  }

  /** A new leader was elected just now, and this one learns it with the teardown. */
  private Recording stateOfTheDeposed() {
    String led = Recording.of("master-state").body().replace("127.0.7.1:", "127.0.7.2:");
    return gone.get() ? Recording.of("state-nonleader") : Recording.json(led);
  }

  private Recording tornDown(Recording answer) {
    gone.set(answer.status() == 200);
    return answer;
  }

  private String call(Exchange recorded, FakePort asked) {
    ClusterSpec cluster = Clusters.of("127.0.0.1:1", List.of(asked.address()));
    return switch (recorded.method() + " " + recorded.target()) {
      case "GET /master/redirect" -> name(masters.leader(cluster, soon()).address());
      case "GET /master/state", "GET /state.json" -> words(masters.snapshot(cluster, soon()));
      case "POST /master/teardown" -> {
        masters.teardown(cluster, CHRONOS, soon());
        yield "gone";
      }
      case "GET /flags", "GET /state" -> {
        var flags = masters.agentFlags(cluster, asked.address(), soon());
        yield flags.get("port") + " " + flags.get("hostname") + " " + flags.get("work_dir");
      }
      default -> throw new IllegalArgumentException("the client does not call this");
    };
  }

  private String name(HostPort address) {
    return address.equals(leader.address()) ? "the leader" : address.toString();
  }

  private String words(ClusterSnapshot snapshot) {
    return ("%s led by %s, %d agents, %s")
        .formatted(
            snapshot.version(),
            name(snapshot.leader().address()),
            snapshot.agents().size(),
            snapshot.frameworks().stream()
                .map(f -> f.name() + (f.active() ? " active " : " inactive ") + f.tasks().size())
                .sorted()
                .collect(Collectors.joining(", ")));
  }
}
