package org.horai.zookeeper.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.horai.zookeeper.Ensembles.bytes;
import static org.horai.zookeeper.Ensembles.soon;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.curator.test.TestingServer;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.AgentSpec;
import org.horai.api.cluster.ChronosSpec;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.cluster.Inventory;
import org.horai.api.cluster.MesosSpec;
import org.horai.api.command.Command;
import org.horai.api.command.View;
import org.horai.api.network.OverlaySpec;
import org.horai.itests.support.OneCluster;
import org.horai.itests.support.Operator;
import org.horai.zookeeper.Ensembles;
import org.horai.zookeeper.ZooKeeperStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ZkCommandsTest {
  private TestingServer server;
  private ClusterSpec cluster;
  private final ZooKeeperStore store = new ZooKeeperStore();
  private final List<String> said = new ArrayList<>();
  private boolean answer = true;

  @BeforeEach
  void startServer() throws Exception {
    server = new TestingServer();
    cluster = cluster(server.getConnectString());
  }

  @AfterEach
  void stopServer() throws Exception {
    store.close();
    server.close();
  }

  @Test
  void listingShowsPathsAndOnDemandWhatTheyAre() {
    store.write(cluster.zookeeper(), "/chronos/state/x", bytes("12345"), soon());

    assertThat(run(ls(), Map.of()).names()).containsExactly("/chronos", "/zookeeper");
    assertThat(run(ls(), Map.of("path", "/chronos/state", "--long", "")).data())
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
        .singleElement()
        .hasToString(
            "{path=/chronos/state/x, bytes=5, children=0, kind=kept, modified="
                + modified("/chronos/state/x")
                + "}");
    assertThat(run(ls(), Map.of("path", "/chronos/state/x")).names()).isEmpty();
    assertThatThrownBy(() -> run(ls(), Map.of("path", "/nothing")))
        .isInstanceOfSatisfying(
            HoraiException.class, e -> assertThat(e.code()).isEqualTo(CommonErrors.NOT_FOUND));
  }

  @Test
  void dataIsShownAsTextEntryOrBytes() {
    byte[] entry = entry("frameworkId", "\n\u0004id-1");
    store.write(cluster.zookeeper(), "/s/text", bytes("h1:4400"), soon());
    store.write(cluster.zookeeper(), "/s/frameworkId", entry, soon());
    store.write(cluster.zookeeper(), "/s/bytes", new byte[] {0, 1}, soon());

    assertThat(get("/s/text")).containsEntry("encoding", "text").containsEntry("value", "h1:4400");
    assertThat(get("/s/frameworkId"))
        .containsEntry("encoding", "state-entry")
        .containsEntry("value", "id-1");
    assertThat(get("/s/bytes")).containsEntry("encoding", "hex").containsEntry("value", "0001");
    View raw = run(get(), Map.of("path", "/s/frameworkId", "--raw", ""));
    assertThat(raw.data().toString()).contains("encoding=hex");
  }

  @Test
  void removalAsksWithTheNumberOfNodes() {
    store.write(cluster.zookeeper(), "/chronos/state/state/J_a", bytes("x"), soon());
    store.write(cluster.zookeeper(), "/chronos/state/state/J_b", bytes("x"), soon());

    answer = false;
    assertThatThrownBy(() -> run(rm(), Map.of("path", "/chronos")))
        .isInstanceOfSatisfying(
            HoraiException.class, e -> assertThat(e.code()).isEqualTo(CommonErrors.UNCONFIRMED));
    assertThat(said).containsExactly("Delete /chronos, 5 nodes, in cluster test?");
    assertThat(store.read(cluster.zookeeper(), "/chronos/state/state/J_a", soon())).isPresent();

    answer = true;
    assertThat(run(rm(), Map.of("path", "/chronos")).data())
        .isEqualTo(Map.of("path", "/chronos", "deleted", 5));
    assertThat(store.read(cluster.zookeeper(), "/chronos", soon())).isEmpty();
    assertThat(run(rm(), Map.of("path", "/chronos")).data())
        .isEqualTo(Map.of("path", "/chronos", "deleted", 0));
  }

  @Test
  void removalOfGuardedPathsIsRefusedWithoutAQuestion() {
    for (String path : List.of("/", "/mesos", "/marathon", "/dc1", "/dc1/mesos", "/horai/locks")) {
      assertThatThrownBy(() -> run(rm(), Map.of("path", path)))
          .isInstanceOfSatisfying(HoraiException.class, e -> assertThat(e.exitCode()).isEqualTo(4));
    }
    assertThat(said).isEmpty();
  }

  @Test
  void statusEndsWith3WithoutAQuorum() throws Exception {
    assertThat(run(status(), Map.of()).exitCode()).isZero();
    server.stop();
    View view = run(status(), Map.of());
    assertThat(view.exitCode()).isEqualTo(3);
    assertThat(view.data().toString()).contains("quorum=false").contains("refused");
  }

  @Test
  void withoutARegistryTheMissingBundleIsNamed() {
    assertThatThrownBy(() -> new ZkLs(store).run(new Operator(answer, Map.of())))
        .hasMessageContaining("bundle core");
  }

  @Test
  void everyCommandShowsTwoExamplesOfItself() {
    for (Command command : List.of(status(), ls(), get(), rm())) {
      assertThat(command.spec().examples())
          .hasSizeGreaterThanOrEqualTo(2)
          .allMatch(example -> example.line().startsWith(command.spec().name()));
    }
  }

  private Command ls() {
    ZkLs command = new ZkLs(store);
    command.clusters = new OneCluster(cluster);
    return command;
  }

  private Command get() {
    ZkGet command = new ZkGet(store);
    command.clusters = new OneCluster(cluster);
    return command;
  }

  private Command rm() {
    ZkRm command = new ZkRm(store);
    command.clusters = new OneCluster(cluster);
    return command;
  }

  private Command status() {
    ZkStatus command = new ZkStatus(store);
    command.clusters = new OneCluster(cluster);
    return command;
  }

  private View run(Command command, Map<String, String> words) {
    Operator operator = new Operator(answer, words);
    try {
      return command.run(operator);
    } finally {
      said.addAll(operator.heard());
    }
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> get(String path) {
    return (Map<String, Object>) run(get(), Map.of("path", path)).data();
  }

  private String modified(String path) {
    long millis = store.read(cluster.zookeeper(), path, soon()).orElseThrow().modifiedMillis();
    return java.time.Instant.ofEpochMilli(millis).toString();
  }

  private static byte[] entry(String name, String value) {
    return bytes(
        "\n"
            + (char) name.length()
            + name
            + "\u0012\u0010"
            + "0123456789abcdef"
            + "\u001a"
            + (char) value.length()
            + value);
  }

  private static ClusterSpec cluster(String connectString) {
    return new ClusterSpec(
        "test",
        false,
        Optional.empty(),
        new Inventory(List.of()),
        Ensembles.at(connectString),
        new MesosSpec("/dc1/mesos", List.of(), 5051),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        new OverlaySpec("weave", "1.5.2", "", "", Optional.empty(), List.of(), Map.of()),
        new AgentSpec(
            AgentSpec.Layout.PACKAGE, "mesos-slave", "", Duration.ZERO, Map.of(), Duration.ZERO),
        (ChronosSpec) null);
  }

  /** A registry that knows the one cluster of the test. */
}
