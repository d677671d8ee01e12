package org.horai.mesos.master;

import static org.assertj.core.api.Assertions.assertThat;
import static org.horai.mesos.master.Clusters.soon;
import static org.horai.mesos.master.TwoMasters.assertError;
import static org.horai.mesos.master.TwoMasters.info;
import static org.horai.mesos.master.TwoMasters.write;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.curator.test.TestingServer;
import org.horai.api.CommonErrors;
import org.horai.api.cluster.ClusterSpec;
import org.horai.mesos.master.model.MesosErrors;
import org.horai.zookeeper.ZooKeeperStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How frameworks are torn down. */
class MesosTeardownTest {
  private static final String CHRONOS = "2e88dd76-b433-433e-88b6-6457da97db80-0001";

  private TwoMasters two;
  private MesosMaster masters;
  private FakePort leader;
  private FakePort other;
  private ClusterSpec cluster;

  @BeforeEach
  void startMasters() throws IOException {
    two = new TwoMasters();
    masters = two.masters;
    leader = two.leader;
    other = two.other;
    cluster = two.cluster;
  }

  @AfterEach
  void stop() {
    two.close();
  }

  @Test
  void teardownIsSentAgainWithItsBodyWhenANonLeaderPointsElsewhere() throws Exception {
    ZooKeeperStore store = new ZooKeeperStore();
    masters.store = store;
    AtomicBoolean gone = tornDownOnPost();
    try (TestingServer zookeeper = new TestingServer()) {
      ClusterSpec stale = Clusters.of(zookeeper.getConnectString(), List.of());
      write(store, stale, "/mesos/json.info_0000000001", info(other.address(), "stale"));

      masters.teardown(stale, CHRONOS, soon());

      assertThat(gone).isTrue();
      assertThat(other.requests()).contains("POST /master/teardown frameworkId=" + CHRONOS);
      assertThat(leader.requests()).contains("POST /master/teardown frameworkId=" + CHRONOS);
    } finally {
      store.close();
    }
  }

  /** The original script asked whatever a DNS name led to; an old non-leader says 400 to all. */
  @Test
  void bug7TeardownGoesToTheLeaderAndNotToANonLeaderThatKnowsNoFramework() {
    AtomicBoolean gone = tornDownOnPost();
    other
        .on("GET /master/redirect", Recording.of("not-found"))
        .on("POST /master/teardown", Recording.of("teardown-unknown-id"))
        .on(
            "GET /master/state",
            Recording.json(
                "{\"version\":\"0.28.2\",\"pid\":\"master@127.0.7.2:5050\",\"leader\":"
                    + "\"master@127.0.7.1:5050\",\"slaves\":[],\"frameworks\":[]}"));

    masters.teardown(cluster, CHRONOS, soon());

    assertThat(gone).isTrue();
    assertThat(other.requests()).noneMatch(request -> request.startsWith("POST"));
  }

  @Test
  void teardownOfWhatTheLeaderDoesNotListCountsAsDone() {
    leader.on("POST /master/teardown", Recording.of("teardown-again-completed"));
    String state = Recording.of("master-state").body().replace(CHRONOS, "another-id");
    leader.on("GET /master/state", Recording.json(state));
    masters.teardown(cluster, CHRONOS, soon());

    leader.on("POST /master/teardown", Recording.of("teardown-unknown-id"));
    masters.teardown(cluster, "00000000-0000-0000-0000-000000000000-0000", soon());
  }

  @Test
  void teardownThatTheLeaderRefusesForAListedFrameworkIsAnError() {
    leader.on("POST /master/teardown", Recording.of("teardown-missing-field"));
    assertError(
        () -> masters.teardown(cluster, CHRONOS, soon()), MesosErrors.TEARDOWN_REFUSED, "Missing");
  }

  @Test
  void teardownWaitsForAFrameworkANewLeaderStillExpects() {
    AtomicBoolean registered = new AtomicBoolean();
    AtomicBoolean gone = new AtomicBoolean();
    leader.on(
        "POST /master/teardown",
        body -> {
          if (registered.getAndSet(true)) {
            gone.set(true);
            return Recording.of("teardown-good");
          }
          return Recording.of("teardown-unknown-id");
        });
    leader.on(
        "GET /master/state",
        body -> Recording.json(minimal(gone.get() ? "" : "\"" + CHRONOS + "\"")));

    masters.teardown(cluster, CHRONOS, soon());
    assertThat(gone).isTrue();
  }

  @Test
  void teardownWithoutAnIdIsWrongUse() {
    assertError(() -> masters.teardown(cluster, " ", soon()), CommonErrors.USAGE, "id");
    assertThat(leader.requests()).isEmpty();
  }

  private AtomicBoolean tornDownOnPost() {
    AtomicBoolean gone = new AtomicBoolean();
    leader.on(
        "POST /master/teardown",
        body -> {
          gone.set(true);
          return Recording.of("teardown-good");
        });
    leader.on(
        "GET /master/state",
        body ->
            Recording.json(
                Recording.of("master-state")
                    .body()
                    .replace(gone.get() ? CHRONOS : "nothing", "another-id")));
    return gone;
  }

  private static String minimal(String awaited) {
    return "{\"version\":\"1.11.0\",\"pid\":\"master@127.0.7.1:5050\",\"leader\":"
        + "\"master@127.0.7.1:5050\",\"frameworks\":[],\"unregistered_frameworks\":["
        + awaited
        + "]}";
  }
}
