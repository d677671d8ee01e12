package org.horai.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.horai.zookeeper.Ensembles.bytes;
import static org.horai.zookeeper.Ensembles.soon;

import java.time.Duration;
import java.util.List;
import org.apache.curator.test.InstanceSpec;
import org.apache.curator.test.TestingCluster;
import org.horai.api.HoraiException;
import org.horai.api.cluster.ZooKeeperSpec;
import org.horai.api.coordination.CoordinationStore.EnsembleHealth;
import org.horai.api.coordination.CoordinationStore.ServerHealth;
import org.horai.api.health.Finding;
import org.horai.api.health.Severity;
import org.horai.api.time.Deadline;
import org.horai.zookeeper.model.EnsembleFindings;
import org.horai.zookeeper.model.ZooKeeperErrors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QuorumTest {
  private TestingCluster servers;
  private ZooKeeperSpec ensemble;
  private final ZooKeeperStore store = new ZooKeeperStore();

  @BeforeEach
  void startServers() throws Exception {
    servers = new TestingCluster(3);
    servers.start();
    ensemble = Ensembles.at(servers.getConnectString());
  }

  @AfterEach
  void stopServers() throws Exception {
    store.close();
    servers.close();
  }

  @Test
  void ensembleIsFollowedThroughTheLossOfOneServerAndOfAll() throws Exception {
    store.write(ensemble, "/chronos", bytes("x"), soon());
    EnsembleHealth whole = awaitServing(3); // the write needs two only
    assertThat(whole.quorum()).isTrue();
    assertThat(whole.servers())
        .extracting(ServerHealth::mode)
        .containsExactlyInAnyOrder("leader", "follower", "follower");
    assertThat(EnsembleFindings.of(whole))
        .singleElement()
        .matches(finding -> finding.what().startsWith("3 of 3 servers serve, leader "));

    List<InstanceSpec> all = List.copyOf(servers.getInstances());
    servers.killServer(all.get(0));
    assertThat(store.read(ensemble, "/chronos", soon())).isPresent();
    EnsembleHealth wounded = awaitServing(2);
    assertThat(wounded.quorum()).isTrue();
    assertThat(EnsembleFindings.of(wounded))
        .extracting(Finding::severity)
        .containsExactly(Severity.OK, Severity.WARNING);

    servers.killServer(all.get(1));
    servers.killServer(all.get(2));
    EnsembleHealth dead = awaitServing(0);
    assertThat(dead.quorum()).isFalse();
    assertThat(EnsembleFindings.of(dead))
        .allMatch(finding -> finding.severity() == Severity.ERROR)
        .hasSize(4);
    assertThatThrownBy(
            () -> store.read(ensemble, "/chronos", Deadline.after(Duration.ofSeconds(6))))
        .isInstanceOfSatisfying(
            HoraiException.class,
            e -> {
              assertThat(e.exitCode()).isEqualTo(3);
              assertThat(e.toString()).contains(ensemble.servers().get(0).toString());
            });
    ZooKeeperStore fresh = new ZooKeeperStore();
    assertThatThrownBy(() -> fresh.read(ensemble, "/chronos", soon()))
        .isInstanceOfSatisfying(
            HoraiException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ZooKeeperErrors.ENSEMBLE_DOWN);
              assertThat(e.toString())
                  .contains("tried " + ensemble.connectString())
                  .contains("connection refused");
            });
    fresh.close();
  }

  private EnsembleHealth awaitServing(int count) {
    return org.horai.api.time.Waiter.every(Duration.ofMillis(100))
        .await(
            count + " servers to serve",
            soon(),
            () ->
                java.util.Optional.of(store.health(ensemble, soon()))
                    .filter(
                        health ->
                            health.servers().stream().filter(ServerHealth::serving).count()
                                == count),
            () -> "another number does");
  }
}
