package org.horai.sandbox.chronos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChronosFailoverTest {

  private static final String JOB =
      "{\"name\":\"later\",\"command\":\"true\",\"schedule\":\"R/2040-01-01T00:00:00Z/PT1H\"}";
  private static final String CANDIDATES = "/chronos/state/candidate";

  @TempDir Path directory;
  private ChronosTrio trio;
  private SimChronos leader;

  @BeforeEach
  void startThree() throws Exception {
    trio = new ChronosTrio(directory, ChronosVersion.V3_0_2, Clock.systemUTC()).started();
    leader = trio.leader();
    ChronosTrio.await(
        () ->
            RawHttp.send(leader.participant(), "POST", "/v1/scheduler/iso8601", JOB)
                    .contains(" 204 ")
                && stored("frameworkId"));
  }

  @AfterEach
  void stopAll() {
    trio.close();
  }

  private boolean stored(String record) {
    try {
      return trio.zooKeeper.client().checkExists().forPath("/chronos/state/state/" + record)
          != null;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private int candidates() {
    try {
      return trio.zooKeeper.client().getChildren().forPath(CANDIDATES).size();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aTerminatedLeaderIsReplacedAtOnceWithTheSameFrameworkAndJobs() {
    SimChronos follower = trio.followersOf(leader).get(0);
    leader.terminate();
    assertThat(candidates()).isEqualTo(2);
    assertThat(leader.exited().join().code()).isEqualTo(143);
    trio.instances.remove(leader);
    SimChronos next = trio.leader();
    ChronosTrio.await(
        () -> RawHttp.get(follower.participant(), "/v1/scheduler/jobs").contains("\"later\""));
    assertThat(RawHttp.get(follower.participant(), "/v1/scheduler/leader"))
        .contains("{\"leader\":\"" + next.participant() + "\"}");
    List<FrameworkInfo> seen = trio.mesos.registrations;
    assertThat(seen.get(0).frameworkId()).isEmpty();
    assertThat(seen.get(seen.size() - 1).frameworkId())
        .contains("2e88dd76-b433-433e-88b6-6457da97db80-0000");
  }

  @Test
  void followersOfAKilledLeaderAnswer500UntilItsSessionExpires() {
    List<SimChronos> followers = trio.followersOf(leader);
    leader.kill();
    assertThat(leader.exited().join().code()).isEqualTo(137);
    assertThat(candidates()).as("the dead leader's session is still there").isEqualTo(3);
    for (String path : List.of("/ping", "/v1/scheduler/leader", "/v1/scheduler/jobs")) {
      String answer = RawHttp.get(followers.get(0).participant(), path);
      assertThat(answer).startsWith("HTTP/1.1 500 java.net.ConnectException");
      assertThat(answer.lines().findFirst().orElse("")).contains("RedirectFilter");
      assertThat(RawHttp.bodyOf(answer)).contains("<title>Error 500 </title>");
    }
    assertThat(RawHttp.get(leader.participant(), "/ping")).contains("Connection refused");
    trio.instances.remove(leader);
    SimChronos next = trio.leader();
    ChronosTrio.await(() -> RawHttp.get(followers.get(0).participant(), "/ping").contains("pong"));
    ChronosTrio.await(
        () -> RawHttp.get(next.participant(), "/v1/scheduler/jobs").contains("later"));
    assertThat(candidates()).isEqualTo(2);
  }

  @Test
  void aFrameworkTornDownWhileRunningIsNotNoticedAndItsJobsWait() {
    trio.mesos.tearDown("2e88dd76-b433-433e-88b6-6457da97db80-0000");
    String address = leader.participant();
    RawHttp.send(address, "PUT", "/v1/scheduler/job/later", "");
    ChronosTrio.await(
        () -> RawHttp.get(address, "/v1/scheduler/jobs/summary").contains("\"state\":\"queued\""));
    assertThat(RawHttp.get(address, "/ping")).contains(" 200 ");
    assertThat(leader.exited()).isNotDone();
  }

  @Test
  void aStoredFrameworkIdThatWasTornDownEndsEveryNewLeader() {
    trio.mesos.tearDown("2e88dd76-b433-433e-88b6-6457da97db80-0000");
    leader.terminate();
    for (SimChronos instance : trio.followersOf(leader)) {
      SimChronos.Exit exit = instance.exited().join();
      assertThat(exit.code()).isEqualTo(1);
      assertThat(exit.stderr()).contains("Got error 'Framework has been removed'");
    }
    assertThat(candidates()).isZero();
  }

  @Test
  void withoutAWayBackFromTheMasterNoFrameworkIdIsStored() throws Exception {
    List.copyOf(trio.instances).forEach(SimChronos::terminate);
    trio.zooKeeper.client().delete().forPath("/chronos/state/state/frameworkId");
    trio.instances.clear();
    trio.mesos.connectsBack = false;
    int before = trio.mesos.registrations.size();
    trio.add("127.0.7.14");
    ChronosTrio.await(() -> trio.mesos.registrations.size() > before);
    ChronosTrio.await(
        () -> RawHttp.get(trio.leader().participant(), "/v1/scheduler/jobs").contains("later"));
    assertThat(stored("frameworkId")).isFalse();
  }

  @Test
  void aNewLeaderAnswersAnEmptyListUntilItHasLoadedItsJobs() throws Exception {
    List.copyOf(trio.instances).forEach(SimChronos::terminate);
    trio.instances.clear();
    SimChronos slow =
        trio.add(
            "127.0.7.14", site -> site.withTimes(Duration.ofSeconds(60), Duration.ofMinutes(10)));
    ChronosTrio.await(slow::isLeader);
    String answer = RawHttp.get(slow.participant(), "/v1/scheduler/jobs");
    assertThat(answer).startsWith("HTTP/1.1 200 ");
    assertThat(RawHttp.bodyOf(answer)).isEqualTo("[]");
    assertThat(stored("J_later")).isTrue();
  }

  @Test
  void aFollowerWaitsWithoutEndForALeaderBehindACutNetwork() throws Exception {
    AtomicBoolean whole = new AtomicBoolean();
    AtomicInteger asked = new AtomicInteger();
    SimChronos cut =
        trio.add(
            "127.0.7.14",
            site ->
                site.withNetwork(
                    to -> {
                      asked.incrementAndGet();
                      return to.equals(leader.participant()) && whole.get();
                    }));
    ChronosTrio.await(() -> candidates() == 4);
    CompletableFuture<String> answer =
        CompletableFuture.supplyAsync(() -> RawHttp.get(cut.participant(), "/ping"));
    ChronosTrio.await(() -> asked.get() > 2);
    assertThat(answer).isNotDone();
    whole.set(true);
    assertThat(answer.get(20, TimeUnit.SECONDS)).contains("pong");
  }

  @Test
  void credentialsAreAskedForByLeaderAndFollowerAlike() throws Exception {
    trio.close();
    trio =
        new ChronosTrio(
            directory.resolve("guarded"),
            ChronosVersion.V3_0_2,
            Clock.systemUTC(),
            "--http_credentials",
            "me:secret");
    SimChronos first = trio.add("127.0.7.11");
    ChronosTrio.await(first::isLeader);
    SimChronos second = trio.add("127.0.7.12");
    ChronosTrio.await(() -> candidates() == 2);
    for (SimChronos instance : List.of(first, second)) {
      String address = instance.participant();
      assertThat(RawHttp.get(address, "/ping")).startsWith("HTTP/1.1 401 ");
      assertThat(
              RawHttp.raw(
                  address,
                  "GET /ping HTTP/1.1\r\nAuthorization: Basic bWU6c2VjcmV0\r\n"
                      + "Connection: close\r\n\r\n"))
          .startsWith("HTTP/1.1 200 ");
    }
  }
}
