package org.horai.marathon.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.HostPort;
import org.horai.api.time.Deadline;
import org.horai.core.http.client.OkHttpTransport;
import org.horai.marathon.client.MarathonServer.Reply;
import org.horai.marathon.model.MarathonErrors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WireTest {
  private static final Reply LEADERLESS =
      new Reply(503, "{\"message\":\"Could not determine the current leader\"}", Map.of());

  private final OkHttpTransport http = new OkHttpTransport(reference -> null);
  private MarathonServer first;
  private MarathonServer second;

  @BeforeEach
  void start() throws IOException {
    first = new MarathonServer();
    second = new MarathonServer();
  }

  @AfterEach
  void stop() {
    first.close();
    second.close();
    http.close();
  }

  private String version(HostPort... addresses) {
    return new MarathonClient(http, new ObjectMapper(), MarathonServer.cluster(List.of(addresses)))
        .info(Deadline.after(Duration.ofSeconds(30)))
        .version();
  }

  private HoraiException failure(HostPort... addresses) {
    return catchThrowableOfType(HoraiException.class, () -> version(addresses));
  }

  private static HostPort nobody() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return new HostPort("127.0.0.1", socket.getLocalPort());
    }
  }

  @Test
  void aDeadMarathonIsPassedOver() throws IOException {
    second.on("GET /v2/info", Apps.info("1.4.8"));

    assertThat(version(nobody(), second.address())).isEqualTo("1.4.8");
  }

  @Test
  void aMarathonWithoutLeaderIsPassedOver() {
    first.on("GET", LEADERLESS);
    second.on("GET /v2/info", Apps.info("1.4.8"));

    assertThat(version(first.address(), second.address())).isEqualTo("1.4.8");
  }

  @Test
  void aQuestionThatBreaksOneMarathonIsPutToTheNextAndAChangeIsNot() {
    first.on("GET", new Reply(500, "{\"message\":\"Connection refused\"}", Map.of()));
    first.on("DELETE", new Reply(500, "{\"message\":\"exception\"}", Map.of()));
    second.on("GET /v2/info", Apps.info("1.4.8"));

    assertThat(version(first.address(), second.address())).isEqualTo("1.4.8");
    assertThat(failure(first.address()).why().orElse("")).contains("Connection refused");
    MarathonClient client =
        new MarathonClient(
            http,
            new ObjectMapper(),
            MarathonServer.cluster(List.of(first.address(), second.address())));
    HoraiException refused =
        catchThrowableOfType(
            HoraiException.class,
            () -> client.delete("/chronos", Deadline.after(Duration.ofSeconds(30))));
    assertThat(refused.code()).isEqualTo(MarathonErrors.BROKEN);
    assertThat(second.asked).noneMatch(request -> request.startsWith("DELETE"));
  }

  @Test
  void redirectsAreFollowedAlsoWithoutScheme() {
    first.on("GET", new Reply(307, "", Map.of("Location", "//" + second.address() + "/v2/info")));
    second.on("GET /v2/info", Apps.info("1.4.8"));

    assertThat(version(first.address())).isEqualTo("1.4.8");
  }

  @Test
  void aCircleOfRedirectsEnds() {
    first.on("GET", new Reply(302, "", Map.of("Location", "/v2/info")));

    assertThat(failure(first.address()).code()).isEqualTo(CommonErrors.BAD_ANSWER);
  }

  @Test
  void nobodyReachableListsEveryAddress() throws IOException {
    HostPort one = nobody();
    HostPort two = nobody();

    HoraiException e = failure(one, two);

    assertThat(e.code()).isEqualTo(CommonErrors.UNREACHABLE);
    assertThat(e.why().orElse("")).contains(one.toString(), two.toString(), "refused");
  }

  @Test
  void nobodyLeadingIsAnErrorOfItsOwn() throws IOException {
    first.on("GET", LEADERLESS);

    HoraiException e = failure(first.address(), nobody());

    assertThat(e.code()).isEqualTo(MarathonErrors.NO_LEADER);
    assertThat(e.why().orElse("")).contains("Could not determine the current leader");
  }

  @Test
  void aWebPageIsABadAnswer() {
    first.on("GET", new Reply(200, "<html><body>It works!</body></html>", Map.of()));

    HoraiException e = failure(first.address());

    assertThat(e.code()).isEqualTo(CommonErrors.BAD_ANSWER);
    assertThat(e.why().orElse("")).contains("It works!");
  }

  @Test
  void aPageThatIsNotFoundIsNotAMissingApp() {
    first.on("GET", new Reply(404, "<html>Not Found</html>", Map.of()));

    assertThat(failure(first.address()).code()).isEqualTo(CommonErrors.BAD_ANSWER);
  }

  @Test
  void eachRefusalHasItsCode() {
    Map<Integer, String> codes =
        Map.of(401, "HOR-012", 403, "MAR-403", 422, "MAR-422", 400, "MAR-400", 500, "MAR-500");
    codes.forEach(
        (status, code) -> {
          first.on("GET", new Reply(status, "{\"message\":\"no\"}", Map.of()));
          assertThat(failure(first.address()).code().id()).isEqualTo(code);
        });
  }

  @Test
  void everyFieldOfARefusalIsNamed() {
    first.on(
        "GET",
        new Reply(
            422,
            "{\"message\":\"Object is not valid\",\"details\":["
                + "{\"path\":\"/cpus\",\"errors\":[\"too small\",\"odd\"]},"
                + "{\"path\":\"/id\",\"errors\":[\"is empty\"]}]}",
            Map.of()));

    assertThat(failure(first.address()).why())
        .contains("Object is not valid: /cpus too small, odd; /id is empty");
  }

  @Test
  void anIdThatIsNoPathIsNotAStackTrace() {
    first.on("GET", Apps.missing());
    MarathonClient client = new MarathonClient(http, new ObjectMapper(), first.cluster());

    Stream.of("a b", "/%zz", "x?y#z")
        .forEach(
            id -> assertThat(client.find(id, Deadline.after(Duration.ofSeconds(30)))).isEmpty());
  }
}
