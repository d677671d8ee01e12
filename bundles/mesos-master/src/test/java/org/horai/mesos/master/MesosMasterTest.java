package org.horai.mesos.master;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.horai.mesos.master.Clusters.soon;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.curator.test.TestingServer;
import org.horai.api.CommonErrors;
import org.horai.api.ErrorCode;
import org.horai.api.HoraiException;
import org.horai.api.cluster.ClusterSnapshot;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.cluster.FrameworkInfo;
import org.horai.api.cluster.HostPort;
import org.horai.api.cluster.MasterAddress;
import org.horai.api.health.Finding;
import org.horai.api.health.Severity;
import org.horai.api.secret.Secret;
import org.horai.api.time.Deadline;
import org.horai.core.http.client.OkHttpTransport;
import org.horai.mesos.master.model.MesosErrors;
import org.horai.zookeeper.ZooKeeperStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MesosMasterTest {
  private static final String CHRONOS = "2e88dd76-b433-433e-88b6-6457da97db80-0001";

  private final OkHttpTransport http = new OkHttpTransport(reference -> new Secret("a:b"));
  private final MesosMaster masters = new MesosMaster();
  private FakePort leader;
  private FakePort other;
  private ClusterSpec cluster;

  @BeforeEach
  void startMasters() throws IOException {
    masters.http = http;
    leader = new FakePort();
    other = new FakePort();
    for (FakePort port : List.of(leader, other)) {
      port.instead("127.0.7.1:5050", leader.address()).instead("127.0.7.2:5050", other.address());
    }
    leader
        .on("GET /master/redirect", Recording.of("redirect-leader"))
        .on("GET /master/state", Recording.of("master-state"))
        .on("POST /master/teardown", Recording.of("teardown-good"));
    other
        .on("GET /master/redirect", Recording.of("redirect-nonleader"))
        .on("GET /master/state", Recording.of("state-nonleader"))
        .on("POST /master/teardown", Recording.of("teardown-nonleader"));
    cluster = Clusters.of("127.0.0.1:1", List.of(other.address(), leader.address()), "127.0.7.11");
  }

  @AfterEach
  void stop() {
    leader.close();
    other.close();
    http.close();
  }

  @Test
  void recordedStateBecomesASnapshot() {
    ClusterSnapshot snapshot = masters.snapshot(cluster, soon());

    assertThat(snapshot.version()).isEqualTo("1.11.0");
    assertThat(snapshot.leader().address()).isEqualTo(leader.address());
    assertThat(snapshot.agents())
        .hasSize(3)
        .allSatisfy(agent -> assertThat(agent.active()).isTrue())
        .anySatisfy(
            agent -> {
              assertThat(agent.address()).isEqualTo(new HostPort("127.0.7.11", 5051));
              assertThat(agent.resources())
                  .containsEntry("mem", "2048")
                  .containsEntry("ports", "[31100-31199]");
              assertThat(agent.used()).containsEntry("cpus", "0.2");
              assertThat(agent.attributes()).containsEntry("rack", "r1");
              assertThat(agent.registered()).contains(Instant.ofEpochMilli(1795387580902L));
            });
    FrameworkInfo chronos = snapshot.named("chronos").get(0);
    assertThat(chronos.id()).isEqualTo(CHRONOS);
    assertThat(chronos.active()).isTrue();
    assertThat(chronos.address()).contains(new HostPort("127.0.7.11", 42099));
    assertThat(chronos.failoverTimeout()).isEqualTo(Duration.ofDays(7));
    assertThat(chronos.webUiUrl()).isEqualTo("http://127.0.7.11:31108");
    assertThat(snapshot.named("marathon").get(0).tasks())
        .hasSize(3)
        .allMatch(task -> task.state().equals("TASK_RUNNING"));
  }

  @Test
  void leaderIsFoundByElectionInZooKeeper() throws Exception {
    ZooKeeperStore store = new ZooKeeperStore();
    masters.store = store;
    try (TestingServer zookeeper = new TestingServer()) {
      ClusterSpec byElection = Clusters.of(zookeeper.getConnectString(), List.of());
      write(store, byElection, "/mesos/log_replicas", "x");
      write(store, byElection, "/mesos/json.info_0000000002", info(other.address(), "second"));
      write(store, byElection, "/mesos/json.info_0000000001", info(leader.address(), "first"));

      MasterAddress found = masters.leader(byElection, soon());

      assertThat(found)
          .isEqualTo(new MasterAddress("first", "m.example", leader.address(), "1.11.0"));
      assertThat(masters.snapshot(byElection, soon()).agents()).hasSize(3);
      assertThat(other.requests()).isEmpty();
    } finally {
      store.close();
    }
  }

  @Test
  void olderElectionRecordsAreLeftToTheMastersToTell() throws Exception {
    ZooKeeperStore store = new ZooKeeperStore();
    masters.store = store;
    try (TestingServer zookeeper = new TestingServer()) {
      ClusterSpec legacy = Clusters.of(zookeeper.getConnectString(), List.of(other.address()));
      write(store, legacy, "/mesos/info_0000000001", "\n\u0004id-1\u0010\u0001");

      assertThat(masters.leader(legacy, soon()).address()).isEqualTo(leader.address());
    } finally {
      store.close();
    }
  }

  @Test
  void leaderThatDiedIsReplacedByTheOneTheMastersName() throws Exception {
    ZooKeeperStore store = new ZooKeeperStore();
    masters.store = store;
    FakePort dead = new FakePort();
    dead.close();
    try (TestingServer zookeeper = new TestingServer()) {
      ClusterSpec cut =
          Clusters.of(zookeeper.getConnectString(), List.of(dead.address(), other.address()));
      write(store, cut, "/mesos/json.info_0000000001", info(dead.address(), "dead"));

      assertThat(masters.snapshot(cut, soon()).agents()).hasSize(3);
    } finally {
      store.close();
    }
  }

  @Test
  void emptyViewOfAnOldNonLeaderIsNeverTrusted() {
    other
        .on("GET /master/redirect", Recording.of("not-found"))
        .on(
            "GET /master/state",
            Recording.json(
                "{\"version\":\"0.28.2\",\"pid\":\"master@127.0.7.2:5050\",\"leader\":"
                    + "\"master@127.0.7.1:5050\",\"slaves\":[],\"frameworks\":[]}"));
    ClusterSpec onlyOther = Clusters.of("127.0.0.1:1", List.of(other.address()));

    assertThat(masters.snapshot(onlyOther, soon()).frameworks()).hasSize(2);
  }

  @Test
  void oldMastersWithTheSuffixedNameOnlyAreUnderstood() {
    leader
        .on("GET /master/state", Recording.of("state.json"))
        .on(
            "GET /master/state.json",
            Recording.json(
                "{\"version\":\"0.28.2\",\"id\":\"m\",\"pid\":\"master@127.0.7.1:5050\","
                    + "\"leader\":\"master@127.0.7.1:5050\",\"slaves\":[{\"id\":\"S0\",\"hostname\":"
                    + "\"a1\",\"pid\":\"slave(1)@127.0.7.11:5051\"}],\"frameworks\":[{\"id\":\"F\","
                    + "\"name\":\"chronos\",\"failover_timeout\":604800}],\"orphan_tasks\":[]}"));

    ClusterSnapshot snapshot = masters.snapshot(cluster, soon());

    assertThat(snapshot.version()).isEqualTo("0.28.2");
    assertThat(snapshot.agents().get(0).active()).isTrue();
    assertThat(snapshot.frameworks().get(0).active()).isTrue();
    assertThat(snapshot.frameworks().get(0).connected()).isEmpty();
    assertThat(snapshot.frameworks().get(0).pid()).isEmpty();
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

  @Test
  void refusedCredentialsAreToldApart() {
    leader.on("POST /master/teardown", Recording.status(401, ""));
    assertError(
        () -> masters.teardown(cluster, CHRONOS, soon()), CommonErrors.UNAUTHORIZED, "credentials");
    leader.on("GET /master/state", Recording.status(403, ""));
    assertError(() -> masters.snapshot(cluster, soon()), CommonErrors.UNAUTHORIZED, "403");
  }

  @Test
  void webPageInsteadOfJsonIsABadAnswer() {
    leader.on("GET /master/state", Recording.status(200, "<html>hello</html>"));
    assertError(() -> masters.snapshot(cluster, soon()), CommonErrors.BAD_ANSWER, "<html>");
  }

  @Test
  void withoutALeaderEachMasterIsNamedWithWhatItSaid() {
    leader
        .on("GET /master/redirect", Recording.status(503, ""))
        .on("GET /master/state", Recording.status(503, ""));
    other
        .on("GET /master/redirect", Recording.status(503, ""))
        .on("GET /master/state", Recording.status(503, ""));

    assertThatThrownBy(() -> masters.snapshot(cluster, Deadline.after(Duration.ofMillis(800))))
        .isInstanceOfSatisfying(
            HoraiException.class,
            e -> {
              assertThat(e.code()).isEqualTo(CommonErrors.UNREACHABLE);
              assertThat(e.toString())
                  .contains(leader.address() + " knows no leader (503)")
                  .contains(other.address() + " knows no leader (503)")
                  .contains("bundle zookeeper");
            });
  }

  @Test
  void flagsOfAgentsComeFromThemselves() {
    FakePort agent = new FakePortOf("GET /flags", "agent-flags").port();
    assertThat(masters.agentFlags(cluster, agent.address(), soon()))
        .containsEntry("docker_socket", "/var/run/docker.sock")
        .containsEntry("work_dir", "/opt/prod/var/agent1")
        .containsEntry("executor_registration_timeout", "3mins");
    FakePort old = new FakePortOf("GET /state", "agent-state").port();
    assertThat(masters.agentFlags(cluster, old.address(), soon()))
        .containsEntry("reconfiguration_policy", "equal");
    agent.on("GET /flags", Recording.status(401, ""));
    assertError(
        () -> masters.agentFlags(cluster, agent.address(), soon()),
        CommonErrors.UNAUTHORIZED,
        "401");
    agent.close();
    old.close();
  }

  @Test
  void checkNamesMissingAgentsSilentAndDisagreeingMasters() {
    FakePort dead = new FakePortOf("GET /x", "not-found").port();
    dead.close();
    FakePort lost =
        new FakePortOf("GET /master/redirect", "redirect-leader")
            .port()
            .instead("127.0.7.1:5050", new HostPort("127.0.9.9", 5050));
    ClusterSpec wounded =
        Clusters.of(
            "127.0.0.1:1",
            List.of(leader.address(), other.address(), dead.address(), lost.address()),
            "127.0.7.11",
            "127.0.7.99");

    List<Finding> findings = new MesosCheck(masters).check(wounded, soon());

    assertThat(findings)
        .extracting(Finding::code, Finding::severity)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("MES-100", Severity.OK),
            org.assertj.core.groups.Tuple.tuple("MES-102", Severity.WARNING),
            org.assertj.core.groups.Tuple.tuple("MES-103", Severity.ERROR),
            org.assertj.core.groups.Tuple.tuple("MES-104", Severity.ERROR));
    assertThat(findings)
        .filteredOn(finding -> finding.code().equals("MES-104"))
        .extracting(Finding::subject)
        .containsExactly("host-127.0.7.99");
    lost.close();
  }

  @Test
  void checkWithoutALeaderIsAFindingNotAnException() {
    leader.close();
    other.close();
    assertThat(new MesosCheck(masters).check(cluster, Deadline.after(Duration.ofMillis(500))))
        .singleElement()
        .matches(finding -> finding.code().equals("MES-101"));
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

  private static String info(HostPort address, String id) {
    return "{\"address\":{\"hostname\":\"m.example\",\"ip\":\"%s\",\"port\":%d},\"hostname\":\"m.example\",\"id\":\"%s\",\"ip\":17236095,\"pid\":\"master@%s\",\"version\":\"1.11.0\"}"
        .formatted(address.host(), address.port(), id, address);
  }

  private static void write(ZooKeeperStore store, ClusterSpec cluster, String path, String data) {
    store.write(cluster.zookeeper(), path, data.getBytes(StandardCharsets.UTF_8), soon());
  }

  private static void assertError(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, ErrorCode code, String word) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            HoraiException.class,
            e -> {
              assertThat(e.code()).isEqualTo(code);
              assertThat(e.toString()).contains(word);
            });
  }

  /** A port with one answer. */
  private record FakePortOf(String request, String recording) {
    FakePort port() {
      try {
        return new FakePort().on(request, Recording.of(recording));
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }
}
