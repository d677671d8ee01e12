package org.horai.marathon.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.deployer.DeployerEvent;
import org.horai.api.deployer.Submission;
import org.horai.api.deployer.WaitingReason;
import org.horai.api.deployer.Workload;
import org.horai.api.time.Deadline;
import org.horai.core.http.client.OkHttpTransport;
import org.horai.marathon.client.MarathonServer.Reply;
import org.horai.marathon.model.MarathonErrors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AwaitingTest {
  private static final Duration NEVER = Duration.ofMinutes(10);
  private static final Duration OFTEN = Duration.ofMillis(20);
  private static final Submission OURS =
      new Submission("/chronos", true, Optional.of("d-1"), Optional.of(Apps.V2));

  private final OkHttpTransport http = new OkHttpTransport(reference -> null);
  private final List<String> told = new ArrayList<>();
  private MarathonServer server;
  private MarathonClient client;

  @BeforeEach
  void start() throws IOException {
    server = new MarathonServer().on("GET /v2/info", Apps.info("1.11.24"));
    client = new MarathonClient(http, new ObjectMapper(), server.cluster());
  }

  @AfterEach
  void stop() {
    server.close();
    http.close();
  }

  private Awaiting awaiting(Duration poll, Consumer<String> progress, Duration limit) {
    return new Awaiting(
        client,
        poll,
        "/chronos",
        deadline -> List.of(new WaitingReason("node1", "is full", "cpus: 0 free", "add agents")),
        progress,
        Deadline.after(limit));
  }

  private Workload await() {
    return awaiting(OFTEN, told::add, Duration.ofSeconds(30)).submission(OURS);
  }

  private HoraiException failure(Duration limit) {
    return catchThrowableOfType(
        HoraiException.class, () -> awaiting(OFTEN, told::add, limit).submission(OURS));
  }

  @Test
  void eventsAloneCarryItFromDeployingToHealthy() {
    List<Reply> next =
        new ArrayList<>(
            List.of(
                Apps.chronos(Apps.V2).running(Apps.V2, true, null).lockedBy("d-1").reply(),
                Apps.chronos(Apps.V2).running(Apps.V2, true, true, true).reply()));
    server.on("GET /v2/apps/chronos", Apps.chronos(Apps.V2).lockedBy("d-1").reply());
    Consumer<String> moving =
        line -> {
          told.add(line);
          if (!next.isEmpty()) {
            server.on("GET /v2/apps/chronos", next.remove(0));
            server.event("status_update_event", "{\"appId\":\"/other\"}");
            server.event("status_update_event", "{\"appId\":\"/chronos\"}");
          }
        };

    Workload app = awaiting(NEVER, moving, Duration.ofSeconds(30)).submission(OURS);

    assertThat(app.healthy()).isEqualTo(3);
    assertThat(told).containsExactly("0 of 3 healthy", "1 of 3 healthy", "3 of 3 healthy");
  }

  @Test
  void withoutAnEventStreamPollingDoes() {
    server
        .on("GET /v2/events", new Reply(404, "{}", Map.of()))
        .on(
            "GET /v2/apps/chronos",
            Apps.chronos(Apps.V2).lockedBy("d-1").reply(),
            Apps.chronos(Apps.V2).running(Apps.V2, true, true, true).reply());

    assertThat(await().healthy()).isEqualTo(3);
  }

  @Test
  void aDeploymentThatNeverAppearsIsJudgedByTheState() {
    // An identical PUT is answered with a version that is never stored.
    server.on(
        "GET /v2/apps/chronos", Apps.chronos(Apps.V1).running(Apps.V1, true, true, true).reply());

    assertThat(await().version()).isEqualTo(Apps.V1);
  }

  @Test
  void instancesOfTheOldVersionDoNotCount() {
    server.on(
        "GET /v2/apps/chronos",
        Apps.chronos(Apps.V2).running(Apps.V1, true, true, true).reply(),
        Apps.chronos(Apps.V2).running(Apps.V2, true, true, true).reply());

    await();

    assertThat(told).startsWith("0 of 3 healthy, 3 of an older version");
  }

  @Test
  void scalingKeepsRunningInstancesCurrent() {
    server.on(
        "GET /v2/apps/chronos",
        Apps.chronos(Apps.V2)
            .with("versionInfo", Map.of("lastConfigChangeAt", Apps.V1))
            .running(Apps.V1, true, true)
            .running(Apps.V2, true)
            .reply());

    assertThat(await().healthy()).isEqualTo(3);
  }

  @Test
  void aChangeOfTheLeaderPasses() {
    server.on(
        "GET /v2/apps/chronos",
        new Reply(502, "<html>Bad Gateway</html>", Map.of()),
        new Reply(503, "{\"message\":\"Could not determine the current leader\"}", Map.of()),
        new Reply(500, "{\"message\":\"exception\"}", Map.of()),
        Apps.chronos(Apps.V2).running(Apps.V2, true, true, true).reply());

    assertThat(await().healthy()).isEqualTo(3);
  }

  @Test
  void aCrashLoopIsToldWithTheLastFailureAndTheBackOff() {
    server
        .on(
            "GET /v2/queue",
            Reply.json(
                Map.of(
                    "queue",
                    List.of(
                        Map.of(
                            "app",
                            Map.of("id", "/chronos"),
                            "count",
                            3,
                            "delay",
                            Map.of("timeLeftSeconds", 12, "overdue", false))))))
        .on(
            "GET /v2/apps/chronos",
            Apps.chronos(Apps.V2).failed(Apps.V2, "t1").reply(),
            Apps.chronos(Apps.V2).failed(Apps.V2, "t2").reply(),
            Apps.chronos(Apps.V2).failed(Apps.V2, "t2").running(Apps.V2, true, true, true).reply());

    await();

    assertThat(told.get(0)).contains("0 of 3 healthy; failure, last: Command exited with status 1");
    assertThat(told.get(1)).contains("crash loop, 2 failures").contains("next start in 12 s");
  }

  @Test
  void theDeadlinesErrorSaysHowFarAndWhy() {
    server.on("GET /v2/apps/chronos", Apps.chronos(Apps.V2).running(Apps.V2, true, false).reply());

    HoraiException e = failure(Duration.ofMillis(1500));

    assertThat(e.code()).isEqualTo(CommonErrors.TIMED_OUT);
    assertThat(e.toString())
        .contains("1 of 3 healthy, 1 failing its check")
        .contains("node1: is full (cpus: 0 free)")
        .contains("marathon:why /chronos");
  }

  @Test
  void aChangeBySomebodyElseEndsTheWait() {
    server.on("GET /v2/apps/chronos", Apps.chronos(Apps.V3).reply());

    assertThat(failure(Duration.ofSeconds(30)).code()).isEqualTo(MarathonErrors.OVERTAKEN);
  }

  @Test
  void aRemovalBySomebodyElseEndsTheWait() {
    server.on("GET /v2/apps/chronos", Apps.chronos(Apps.V2).reply(), Apps.missing());

    assertThat(failure(Duration.ofSeconds(30)).what()).contains("was removed by somebody else");
  }

  @Test
  void aConditionOnTheInstancesIsAwaited() {
    server.on(
        "GET /v2/apps/chronos",
        Apps.chronos(Apps.V2).running(Apps.V2, true, true, true).reply(),
        Apps.chronos(Apps.V2).running(Apps.V2, true, true).reply());

    Workload app =
        awaiting(OFTEN, told::add, Duration.ofSeconds(30))
            .condition("a task to end", a -> a.instances().size() == 2);

    assertThat(app.running()).isEqualTo(2);
  }

  @Test
  void interruptingEndsTheWait() throws Exception {
    server.on("GET /v2/apps/chronos", Apps.chronos(Apps.V2).reply());
    BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    FutureTask<Workload> call =
        new FutureTask<>(() -> awaiting(NEVER, lines::add, NEVER).submission(OURS));
    Thread caller = new Thread(call);
    caller.start();
    assertThat(lines.poll(30, TimeUnit.SECONDS)).isNotNull();

    caller.interrupt();

    ExecutionException e =
        catchThrowableOfType(ExecutionException.class, () -> call.get(30, TimeUnit.SECONDS));
    assertThat(((HoraiException) e.getCause()).code()).isEqualTo(CommonErrors.INTERRUPTED);
  }

  @Test
  void aSubscriptionOpensItsStreamAgainAndChoosesTypes() throws Exception {
    BlockingQueue<DeployerEvent> events = new LinkedBlockingQueue<>();
    ExecutorService threads = Executors.newCachedThreadPool();
    try (EventSubscription subscription =
        EventSubscription.open(
            client,
            List.of("deployment_success"),
            events::add,
            threads,
            Deadline.after(Duration.ofSeconds(30)))) {
      server.event("status_update_event", "{}");
      server.event("deployment_success", "{\"id\":\"d-1\"}");
      assertThat(events.poll(30, TimeUnit.SECONDS))
          .isEqualTo(new DeployerEvent("deployment_success", Map.of("id", "d-1")));

      server.cutEvents();
      DeployerEvent again = null;
      while (again == null) {
        server.event("deployment_success", "{\"id\":\"d-2\"}");
        again = events.poll(50, TimeUnit.MILLISECONDS);
      }
      assertThat(again.data()).isEqualTo(Map.of("id", "d-2"));
    } finally {
      threads.shutdownNow();
      assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }
  }
}
