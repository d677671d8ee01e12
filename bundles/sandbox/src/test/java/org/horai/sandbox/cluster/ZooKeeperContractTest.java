package org.horai.sandbox.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.apache.zookeeper.data.Stat;
import org.horai.recordings.Exchange;
import org.horai.recordings.NormalTree;
import org.horai.recordings.ZnodeTree;
import org.horai.sandbox.chronos.ChronosFlags;
import org.horai.sandbox.chronos.ChronosSite;
import org.horai.sandbox.chronos.ChronosVersion;
import org.horai.sandbox.chronos.RecordedJobs;
import org.horai.sandbox.chronos.SimChronos;
import org.horai.sandbox.marathon.MarathonStore;
import org.horai.sandbox.marathon.MarathonVersion;
import org.horai.sandbox.marathon.SimMarathon;
import org.horai.sandbox.marathon.TestMarathon;
import org.horai.sandbox.mesos.MesosGeneration;
import org.horai.sandbox.mesos.Reachability;
import org.horai.sandbox.mesos.TaskExit;
import org.horai.sandbox.mesos.TaskLaunch;
import org.horai.sandbox.mesos.TestMesos;
import org.horai.sandbox.net.Eventually;
import org.junit.jupiter.api.Test;

/**
 * All that the simulated Mesos, Marathon and Chronos keep in ZooKeeper against the nodes of real
 * ones, by the rule of {@link NormalTree}: the recorded requests are sent in their order, and then
 * the trees must be the same.
 */
class ZooKeeperContractTest {
  private static final Instant RECORDED = Instant.parse("2026-11-22T22:57:49Z");

  private final ObjectMapper json = new ObjectMapper();
  private final List<SimChronos> trio = new ArrayList<>();

  @Test
  void theWholeTreeIsAsRecordedBeforeAndAfterAPurge() throws Exception {
    try (TestMesos cluster =
            new TestMesos(MesosGeneration.V1_11, 7, 0.05, Reachability.everywhere());
        TestMarathon marathon = marathon(cluster);
        CuratorFramework client =
            CuratorFrameworkFactory.newClient(
                cluster.zooKeeper().connect(), new RetryOneTime(100))) {
      client.start();
      createApps(marathon);
      marathon.failOneTask("127.0.7.12");
      createJobs(cluster);

      awaitTree(client, "tree-running-with-data", NormalTree::withData);
      awaitTree(client, "tree-running", NormalTree::withLengths);

      purge(cluster, marathon);
      client.delete().deletingChildrenIfNeeded().forPath("/chronos");
      awaitTree(client, "tree-after-purge", NormalTree::withLengths);
    } finally {
      trio.forEach(SimChronos::close);
    }
  }

  private static TestMarathon marathon(TestMesos cluster) throws IOException {
    SimMarathon.Settings settings =
        SimMarathon.Settings.of(
            MarathonVersion.V1_11,
            new InetSocketAddress("127.0.7.1", 0),
            cluster.zooKeeper().connect());
    return new TestMarathon(
        cluster, settings, new MarathonStore(cluster.context().clock(), settings.version()));
  }

  /** What happened to the recorded apps until all instances ran. */
  private static void createApps(TestMarathon marathon) throws IOException {
    replay(marathon, "app-put-id-mismatch", 201);
    replay(marathon, "app-put-unknown-field", 201);
    replay(marathon, "app-post-create-zero", 201);
    quiet(marathon);
    replay(marathon, "app-put-identical-while-locked", 200);
    replay(marathon, "app-delete-while-locked", 200);
    delete(marathon, "/unknownfield");
    delete(marathon, "/zero");
    quiet(marathon);
    replay(marathon, "app-put-create", 201);
    replay(marathon, "app-put-same-while-locked", 200);
    replay(marathon, "app-put-change-while-locked-409", 409);
    replay(marathon, "app-restart-while-locked-409", 409);
    marathon.awaitHealthy("/chronos", 3);
    replay(marathon, "app-put-same", 200);
  }

  private void createJobs(TestMesos cluster) throws Exception {
    Clock clock = Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), RECORDED));
    for (int i = 1; i <= 3; i++) {
      trio.add(chronos(cluster, "127.0.7.1" + i, clock));
    }
    Eventually.holds("one of them leads", () -> trio.stream().anyMatch(SimChronos::isLeader));
    SimChronos leader = trio.stream().filter(SimChronos::isLeader).findFirst().orElseThrow();
    Thread runner = new Thread(() -> Eventually.holds("the job ends", () -> end(cluster, "bad")));
    runner.start();
    RecordedJobs.create(leader);
    runner.join();
  }

  private static boolean end(TestMesos cluster, String job) {
    Optional<TaskLaunch> running =
        cluster.runner().launches().stream()
            .filter(launch -> launch.task().name().equals("ChronosTask:" + job))
            .findFirst();
    running.ifPresent(
        launch -> cluster.runner().end(launch.task().taskId(), new TaskExit(true, "")));
    return running.isPresent();
  }

  private SimChronos chronos(TestMesos cluster, String host, Clock clock) throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(host, 0));
      port = socket.getLocalPort();
    }
    List<String> argv =
        List.of(
            "/usr/bin/chronos",
            "run_jar",
            "--master",
            "zk://127.0.7.1:2181/mesos",
            "--zk_hosts",
            cluster.zooKeeper().connect(),
            "--hostname",
            host,
            "--http_port",
            Integer.toString(port));
    SimChronos chronos =
        new SimChronos(
            ChronosFlags.parse(ChronosVersion.V3_0_2, argv),
            ChronosSite.at(new InetSocketAddress(host, port)).withClock(clock),
            new MesosLink(cluster.mesos()),
            json,
            cluster.context().threads());
    chronos.start();
    return chronos;
  }

  /** What happened from then on until Chronos was gone. */
  private void purge(TestMesos cluster, TestMarathon marathon) throws IOException {
    replay(marathon, "app-put-four-unique", 201);
    String plain = "{\"cmd\":\"sleep 100000\",\"mem\":16,";
    marathon.put("/huge", plain + "\"cpus\":64}");
    marathon.put(
        "/norack", plain + "\"cpus\":0.01,\"constraints\":[[\"rack\",\"LIKE\",\"nosuch\"]]}");
    replay(marathon, "app-put-change", 200);
    replay(marathon, "app-put-change-while-locked-409-again", 409);
    replay(marathon, "app-delete-while-locked-2", 200);
    replay(marathon, "app-delete-locked-four", 200);
    delete(marathon, "/huge");
    delete(marathon, "/norack");
    quiet(marathon);
    replay(marathon, "app-put-create-after-teardown-no-zk-purge", 201);
    replay(marathon, "app-delete-existing", 200);
    quiet(marathon);
    trio.forEach(SimChronos::terminate);
    String chronos = "";
    for (var framework :
        cluster.get(cluster.leader().authority(), "/master/frameworks").path("frameworks")) {
      boolean named = framework.path("name").asText().startsWith("chronos");
      chronos = named ? framework.path("id").asText() : chronos;
    }
    assertThat(cluster.teardown(cluster.leader().authority(), chronos).status()).isEqualTo(200);
  }

  private static void replay(TestMarathon marathon, String name, int status) throws IOException {
    Exchange recorded = Exchange.read("marathon/" + name + ".http");
    assertThat(recorded.status()).as(name).isEqualTo(status);
    assertThat(marathon.send(recorded.method(), recorded.target(), recorded.requestBody()).status())
        .as(name)
        .isEqualTo(status);
  }

  private static void delete(TestMarathon marathon, String id) throws IOException {
    assertThat(marathon.send("DELETE", "/v2/apps" + id, "").status()).isEqualTo(200);
  }

  private static void quiet(TestMarathon marathon) {
    Eventually.holds("no deployment runs", () -> marathon.get("/v2/deployments").isEmpty());
  }

  /** What is written a little later may be missing at first. */
  private static void awaitTree(
      CuratorFramework client, String name, Function<List<ZnodeTree.Znode>, List<String>> rule)
      throws Exception {
    List<String> recorded = rule.apply(ZnodeTree.read("zk/" + name + ".txt").nodes());
    try {
      Eventually.holds("all is written", () -> rule.apply(nodes(client)).equals(recorded));
    } catch (AssertionError never) {
      assertThat(rule.apply(nodes(client))).as(name).isEqualTo(recorded);
    }
  }

  private static List<ZnodeTree.Znode> nodes(CuratorFramework client) throws Exception {
    List<ZnodeTree.Znode> nodes = new ArrayList<>();
    collect(client, "/", nodes);
    return nodes;
  }

  private static void collect(CuratorFramework client, String path, List<ZnodeTree.Znode> nodes)
      throws Exception {
    Stat stat = new Stat();
    byte[] data = client.getData().storingStatIn(stat).forPath(path);
    var id = client.getACL().forPath(path).get(0).getId();
    nodes.add(
        new ZnodeTree.Znode(
            path,
            data.length,
            stat.getVersion(),
            stat.getEphemeralOwner() != 0,
            id.getScheme() + ":" + id.getId(),
            Optional.of(data)));
    for (String child : client.getChildren().forPath(path)) {
      collect(client, path.equals("/") ? "/" + child : path + "/" + child, nodes);
    }
  }
}
