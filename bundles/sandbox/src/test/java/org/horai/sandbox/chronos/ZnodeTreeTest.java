package org.horai.sandbox.chronos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.data.Stat;
import org.horai.recordings.Exchange;
import org.horai.recordings.ZnodeTree;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The nodes below /chronos before and after each step of a purge, against those of a real Chronos
 * 3.0.2. A node counts with its path, its kind, its access list and, where Chronos writes it the
 * same each time, its length; the candidates' unique names and the addresses in them do not.
 */
class ZnodeTreeTest {
  private static final List<String> JOBS =
      List.of(
          "post-iso8601",
          "post-iso8601-no-schedule",
          "post-iso8601-no-command",
          "post-iso8601-unknown-field",
          "post-dependency",
          "post-dependency-missing-parent");

  private static final String STATE = "/chronos/state/state/";
  private static final Instant RECORDED = Instant.parse("2026-11-22T22:57:49Z");

  @TempDir Path directory;

  @Test
  void everyStepOfAPurgeLeavesTheRecordedNodes() throws Exception {
    try (ChronosTrio trio =
        new ChronosTrio(directory, ChronosVersion.V3_0_2, Clock.systemUTC()).started()) {
      CuratorFramework zooKeeper = trio.zooKeeper.client();
      SimChronos leader = trio.leader();
      JOBS.forEach(name -> RecordedJobs.post(leader, Exchange.read("chronos/" + name + ".http")));
      ChronosTrio.await(() -> !trio.mesos.registrations.isEmpty());
      ChronosTrio.await(() -> exists(zooKeeper, "/chronos/state/state/frameworkId"));
      assertThat(nodes(zooKeeper)).isEqualTo(recorded("tree-running"));

      trio.instances.forEach(SimChronos::terminate);
      assertThat(nodes(zooKeeper)).isEqualTo(recorded("chronos-after-app-delete-before-teardown"));

      trio.mesos.tearDown("2e88dd76-b433-433e-88b6-6457da97db80-0000");
      assertThat(nodes(zooKeeper)).isEqualTo(recorded("chronos-after-teardown-before-zk-delete"));

      zooKeeper.delete().deletingChildrenIfNeeded().forPath("/chronos");
      assertThat(nodes(zooKeeper)).isEqualTo(recorded("tree-after-purge")).isEmpty();
    }
  }

  @Test
  void theCandidatesTellTheirAddress() throws Exception {
    try (ChronosTrio trio =
        new ChronosTrio(directory, ChronosVersion.V3_0_2, Clock.systemUTC()).started()) {
      SimChronos leader = trio.leader();
      CuratorFramework zooKeeper = trio.zooKeeper.client();
      List<String> real =
          ZnodeTree.read("zk/tree-running-with-data.txt").nodes().stream()
              .filter(n -> n.path().startsWith("/chronos/state/candidate/"))
              .map(n -> new String(n.data().orElseThrow()))
              .toList();
      assertThat(real).hasSize(3).allMatch(id -> id.matches("[0-9.]+:\\d+"));
      String first = new TreeSet<>(bySequence(zooKeeper)).first();
      assertThat(zooKeeper.getData().forPath("/chronos/state/candidate/" + first.split(" ")[1]))
          .asString()
          .isEqualTo(leader.participant())
          .matches("[0-9.]+:\\d+");
    }
  }

  /**
   * The bytes that a running Chronos wrote: the entry's form, name and framework id, and the job
   * field by field. The entry's random id and points in time are what differs.
   */
  @Test
  void theRecordsAreByteForByteAsRecorded() throws Exception {
    Clock clock = Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), RECORDED));
    try (ChronosTrio trio = new ChronosTrio(directory, ChronosVersion.V3_0_2, clock).started()) {
      CuratorFramework zooKeeper = trio.zooKeeper.client();
      SimChronos leader = trio.leader();
      RecordedJobs.create(leader);
      ChronosTrio.await(() -> exists(zooKeeper, STATE + "frameworkId"));

      ZnodeTree recorded = ZnodeTree.read("zk/tree-running-with-data.txt");
      List<String> records =
          recorded.nodes().stream()
              .map(ZnodeTree.Znode::path)
              .filter(path -> path.startsWith(STATE))
              .toList();
      assertThat(records).hasSize(7);
      for (String path : records) {
        assertThat(comparable(zooKeeper.getData().forPath(path)))
            .as(path)
            .isEqualTo(comparable(recorded.data(path)));
      }
    }
  }

  private static String comparable(byte[] record) {
    return new String(record, StandardCharsets.ISO_8859_1)
        .replaceFirst("(?s)\\x12\\x10.{16}\\x1a", "<random>")
        .replaceFirst("-\\d{4}$", "-<number>")
        .replaceAll("2026-11-2\\dT[0-9:]*[.]\\d{3}Z", "<time>");
  }

  private static List<String> bySequence(CuratorFramework zooKeeper) throws Exception {
    return zooKeeper.getChildren().forPath("/chronos/state/candidate").stream()
        .map(name -> name.substring(name.lastIndexOf('-') + 1) + " " + name)
        .toList();
  }

  private static boolean exists(CuratorFramework zooKeeper, String path) {
    try {
      return zooKeeper.checkExists().forPath(path) != null;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static TreeSet<String> recorded(String name) {
    TreeSet<String> nodes = new TreeSet<>();
    ZnodeTree.read("zk/" + name + ".txt").nodes().stream()
        .filter(n -> n.path().startsWith("/chronos"))
        .forEach(n -> nodes.add(line(n.path(), n.ephemeral(), n.acl(), n.length())));
    return nodes;
  }

  private static TreeSet<String> nodes(CuratorFramework zooKeeper) throws Exception {
    TreeSet<String> nodes = new TreeSet<>();
    collect(zooKeeper, "/chronos", nodes);
    return nodes;
  }

  private static void collect(CuratorFramework zooKeeper, String path, TreeSet<String> nodes)
      throws Exception {
    Stat stat = zooKeeper.checkExists().forPath(path);
    if (stat == null) {
      return;
    }
    var acl = zooKeeper.getACL().forPath(path).get(0).getId();
    nodes.add(
        line(
            path,
            stat.getEphemeralOwner() != 0,
            acl.getScheme() + ":" + acl.getId(),
            stat.getDataLength()));
    for (String child : zooKeeper.getChildren().forPath(path)) {
      collect(zooKeeper, path + "/" + child, nodes);
    }
  }

  private static String line(String path, boolean ephemeral, String acl, int length) {
    String kind = ephemeral ? " ephemeral " : " lasting ";
    String name = path.replaceAll("_c_.*", "CANDIDATE");
    boolean varies =
        path.matches(".*/(candidate|state/state)") || path.contains("/J_") || ephemeral;
    return name + kind + acl + (varies ? "" : " " + length);
  }
}
