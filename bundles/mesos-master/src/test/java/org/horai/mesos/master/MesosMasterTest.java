package org.horai.mesos.master;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.horai.mesos.master.Clusters.soon;
import static org.horai.mesos.master.TwoMasters.assertError;
import static org.horai.mesos.master.TwoMasters.info;
import static org.horai.mesos.master.TwoMasters.write;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.curator.test.TestingServer;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.ClusterSnapshot;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.cluster.FrameworkInfo;
import org.horai.api.cluster.HostPort;
import org.horai.api.cluster.MasterAddress;
import org.horai.api.health.Finding;
import org.horai.api.health.Severity;
import org.horai.api.plan.PlanRequest;
import org.horai.api.time.Deadline;
import org.horai.zookeeper.ZooKeeperStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MesosMasterTest {
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

  /** As seen on the real one: right after an election it shows no agents. */
  @Test
  void nothingIsPlannedUponALeaderThatKnowsNoAgentYet() throws IOException {
    Recording settled = Recording.of("master-state");
    ObjectNode fresh = (ObjectNode) new ObjectMapper().readTree(settled.body());
    fresh.putArray("slaves");
    Deque<Recording> answers = new ArrayDeque<>();
    answers.add(Recording.json(fresh.toString()));
    leader.on("GET /master/state", body -> answers.isEmpty() ? settled : answers.poll());
    PlanRequest request = new PlanRequest(cluster, "chronos.deploy", Set.of(), Map.of());

    Object facts = new MesosFacts(masters).take(request, soon());

    assertThat(((ClusterSnapshot) facts).agents()).hasSize(3);
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
