package org.horai.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.horai.zookeeper.Ensembles.bytes;
import static org.horai.zookeeper.Ensembles.soon;
import static org.horai.zookeeper.Ensembles.withAuth;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.recipes.leader.LeaderLatch;
import org.apache.curator.retry.RetryOneTime;
import org.apache.curator.test.TestingServer;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.ZooKeeperSpec;
import org.horai.api.coordination.CoordinationStore.Candidate;
import org.horai.api.coordination.CoordinationStore.Lock;
import org.horai.api.coordination.CoordinationStore.Watch;
import org.horai.api.secret.Secret;
import org.horai.zookeeper.model.ZooKeeperErrors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ZooKeeperStoreTest {
  private TestingServer server;
  private ZooKeeperSpec ensemble;
  private final ZooKeeperStore store = new ZooKeeperStore();

  @BeforeEach
  void startServer() throws Exception {
    server = new TestingServer();
    ensemble = Ensembles.at(server.getConnectString());
  }

  @AfterEach
  void stopServer() throws Exception {
    store.close();
    server.close();
  }

  @Test
  void whatWasWrittenIsReadBack() {
    store.write(ensemble, "/a/b", bytes("one"), soon());
    store.write(ensemble, "/a/b", bytes("two"), soon());
    store.write(ensemble, "/a/c", new byte[0], soon());

    assertThat(store.read(ensemble, "/a/b", soon()))
        .hasValueSatisfying(
            node -> {
              assertThat(node.data()).isEqualTo(bytes("two"));
              assertThat(node.version()).isEqualTo(1);
              assertThat(node.ephemeral()).isFalse();
            });
    assertThat(store.children(ensemble, "/a/", soon())).containsExactly("b", "c");
    assertThat(store.read(ensemble, "/nothing", soon())).isEmpty();
    assertThat(store.children(ensemble, "/nothing", soon())).isEmpty();
  }

  @Test
  void deletedTreesAreGone() {
    for (int i = 0; i < 120; i++) {
      store.write(ensemble, "/chronos/state/state/J_" + i, bytes("x"), soon());
    }
    store.deleteTree(ensemble, "/chronos", Set.of(), soon());

    assertThat(store.read(ensemble, "/chronos", soon())).isEmpty();
    assertThat(store.children(ensemble, "/", soon())).containsExactly("zookeeper");
    store.deleteTree(ensemble, "/chronos", Set.of(), soon());
  }

  @Test
  void guardedTreesSurviveAndTheRefusalHasExitCode4() {
    store.write(ensemble, "/prod/mesos/json.info_0000000001", bytes("x"), soon());

    for (String path : List.of("/", "/mesos", "/marathon/state", "/prod", "/prod/mesos")) {
      assertThatThrownBy(() -> store.deleteTree(ensemble, path, Set.of("/prod/mesos"), soon()))
          .isInstanceOfSatisfying(
              HoraiException.class,
              e -> {
                assertThat(e.code()).isEqualTo(CommonErrors.REFUSED);
                assertThat(e.exitCode()).isEqualTo(4);
              });
    }
    assertThat(store.read(ensemble, "/prod/mesos/json.info_0000000001", soon())).isPresent();
  }

  @Test
  void electionOfCuratorLatchesHasTheFirstComerInFront() throws Exception {
    try (CuratorFramework client = client();
        LeaderLatch first = new LeaderLatch(client, "/chronos/state/candidate", "h1:4400");
        LeaderLatch second = new LeaderLatch(client, "/chronos/state/candidate", "h2:4400")) {
      first.start();
      first.await();
      second.start();
      awaitChildren(client, "/chronos/state/candidate", 2);

      List<Candidate> candidates = store.election(ensemble, "/chronos/state/candidate", soon());

      assertThat(candidates).extracting(Candidate::id).containsExactly("h1:4400", "h2:4400");
      assertThat(candidates.get(0).node()).startsWith("_c_").contains("-latch-00000000");
    }
  }

  @Test
  void electionOfMesosMastersGoesByNumberAndIgnoresTheLog() {
    store.write(ensemble, "/mesos/json.info_0000000010", bytes("{\"id\":\"late\"}"), soon());
    store.write(ensemble, "/mesos/json.info_0000000009", bytes("{\"id\":\"early\"}"), soon());
    store.write(ensemble, "/mesos/log_replicas", bytes("x"), soon());

    assertThat(store.election(ensemble, "/mesos", soon()))
        .containsExactly(
            new Candidate("json.info_0000000009", "{\"id\":\"early\"}", 9),
            new Candidate("json.info_0000000010", "{\"id\":\"late\"}", 10));
    assertThat(store.election(ensemble, "/nobody", soon())).isEmpty();
  }

  @Test
  void secondTakerIsToldWhoHoldsTheLock() {
    Lock lock = store.lock(ensemble, "/horai/locks/prod", "ann@desk chronos:apply", soon());
    assertThat(lock.held()).isTrue();

    assertThatThrownBy(() -> store.lock(ensemble, "/horai/locks/prod", "bob", soon()))
        .isInstanceOfSatisfying(
            HoraiException.class,
            e -> {
              assertThat(e.code()).isEqualTo(CommonErrors.REFUSED);
              assertThat(e.getMessage())
                  .contains("held by ann@desk chronos:apply since 2")
                  .contains("/horai/locks/prod");
            });
    lock.close();
    assertThat(lock.held()).isFalse();
    try (Lock second = store.lock(ensemble, "/horai/locks/prod", "bob", soon())) {
      assertThat(second.held()).isTrue();
      lock.close();
      assertThat(store.read(ensemble, "/horai/locks/prod", soon())).isPresent();
    }
    assertThat(store.read(ensemble, "/horai/locks/prod", soon())).isEmpty();
  }

  @Test
  void lockIsGivenBackByAnInterruptedThreadToo() {
    Lock lock = store.lock(ensemble, "/horai/locks/prod", "ann", soon());
    Thread.currentThread().interrupt();

    lock.close();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(store.read(ensemble, "/horai/locks/prod", soon())).isEmpty();
  }

  @Test
  void lockIsLostWithItsSessionAndThenFreeForOthers() throws Exception {
    Lock lock = store.lock(ensemble, "/horai/locks/prod", "ann", soon());
    server.stop();
    await(() -> !lock.held());
    server.restart();

    await(() -> store.read(ensemble, "/horai/locks/prod", soon()).isEmpty());
    assertThat(lock.held()).isFalse();
    try (Lock second = store.lock(ensemble, "/horai/locks/prod", "bob", soon())) {
      lock.close();
      assertThat(second.held()).isTrue();
      assertThat(store.read(ensemble, "/horai/locks/prod", soon())).isPresent();
    }
  }

  @Test
  void watchHearsChangesBelowThePathUntilItIsClosed() throws Exception {
    store.write(ensemble, "/chronos/state/a", bytes("1"), soon());
    LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
    try (Watch watch = store.watch(ensemble, "/chronos", () -> heard.add("!"), soon())) {
      assertThat(heard).isEmpty();
      store.write(ensemble, "/chronos/state/a", bytes("2"), soon());
      assertThat(heard.poll(10, TimeUnit.SECONDS)).isNotNull();
      store.write(ensemble, "/chronos/state/b", bytes("1"), soon());
      assertThat(heard.poll(10, TimeUnit.SECONDS)).isNotNull();
      store.deleteTree(ensemble, "/chronos/state/b", Set.of(), soon());
      assertThat(heard.poll(10, TimeUnit.SECONDS)).isNotNull();
    }
  }

  @Test
  void nodesOfOthersNeedTheirCredentials() throws Exception {
    store.secrets = reference -> new Secret("chronos:secret");
    ZooKeeperSpec known = withAuth(ensemble, "env:ZK_AUTH");
    store.write(known, "/private/node", bytes("mine"), soon());

    assertThat(store.read(ensemble, "/private/node", soon())).isPresent();
    assertThatThrownBy(() -> store.write(ensemble, "/private/node", bytes("theirs"), soon()))
        .isInstanceOfSatisfying(
            HoraiException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ZooKeeperErrors.NOT_ALLOWED);
              assertThat(e.toString()).contains("no credentials").doesNotContain("secret");
            });

    store.secrets = reference -> new Secret("chronos:wrong");
    ZooKeeperSpec wrong = withAuth(ensemble, "env:OTHER");
    assertThatThrownBy(() -> store.write(wrong, "/private/node", bytes("theirs"), soon()))
        .hasMessageContaining("env:OTHER");
    store.secrets = reference -> new Secret("chronos:secret");
    store.write(wrong, "/private/node", bytes("with corrected credentials"), soon());
  }

  @Test
  void withoutASecretServiceTheMissingBundleIsNamed() {
    assertThatThrownBy(() -> store.read(withAuth(ensemble, "env:X"), "/", soon()))
        .isInstanceOfSatisfying(
            HoraiException.class,
            e -> {
              assertThat(e.code()).isEqualTo(CommonErrors.PROVIDER_GONE);
              assertThat(e.toString()).contains("core");
            });
  }

  @Test
  void stoppedStoreLeavesNoThreadsAndRefusesFurtherWork() {
    store.read(ensemble, "/", soon());
    store.lock(ensemble, "/horai/locks/x", "ann", soon());
    store.watch(ensemble, "/horai", () -> {}, soon());
    store.close();

    await(
        () ->
            Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("horai-zookeeper-")));
    assertThatThrownBy(() -> store.read(ensemble, "/", soon()))
        .isInstanceOfSatisfying(
            HoraiException.class, e -> assertThat(e.code()).isEqualTo(CommonErrors.PROVIDER_GONE));
  }

  @Test
  void serverThatForbidsFourLetterWordsIsFoundServingByASession() throws Exception {
    try (SilentServer silent = new SilentServer(server.getPort())) {
      assertThat(store.health(Ensembles.at("127.0.0.1:" + silent.port()), soon()).servers())
          .singleElement()
          .satisfies(
              health -> {
                assertThat(health.mode()).isEqualTo("serving");
                assertThat(health.problem()).contains("whitelist");
              });
    }
  }

  private CuratorFramework client() {
    CuratorFramework client =
        CuratorFrameworkFactory.newClient(server.getConnectString(), new RetryOneTime(100));
    client.start();
    return client;
  }

  private static void awaitChildren(CuratorFramework client, String path, int count) {
    await(
        () -> {
          try {
            return client.getChildren().forPath(path).size() == count;
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        });
  }

  private static void await(java.util.function.Supplier<Boolean> question) {
    org.horai.api.time.Waiter.every(Duration.ofMillis(20))
        .until("the test's condition", soon(), question, () -> "it does not hold");
  }
}
