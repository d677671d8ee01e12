package org.horai.sandbox.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.apache.zookeeper.data.Stat;
import org.horai.recordings.ZnodeTree;
import org.horai.sandbox.marathon.MarathonVersion;
import org.horai.sandbox.marathon.TestMarathon;
import org.horai.sandbox.mesos.MesosGeneration;
import org.horai.sandbox.mesos.Reachability;
import org.horai.sandbox.mesos.TestMesos;
import org.horai.sandbox.net.Eventually;
import org.junit.jupiter.api.Test;

/**
 * What the simulated Mesos and Marathon keep in ZooKeeper against the nodes of real ones: path,
 * kind, access list and data, without ids, addresses and sequence numbers. Marathon's own records
 * of apps, groups and deployments are not simulated: nobody but Marathon reads them. The nodes of
 * Chronos are compared where Chronos is simulated.
 */
class ZooKeeperContractTest {
  private static final Pattern SIMULATED =
      Pattern.compile("/mesos.*|/marathon/(leader-curator|state/framework-id)(/.*)?");

  @Test
  void mesosAndMarathonKeepWhatWasRecorded() throws Exception {
    List<String> recorded = new ArrayList<>();
    for (ZnodeTree.Znode node : ZnodeTree.read("zk/tree-running-with-data.txt").nodes()) {
      if (SIMULATED.matcher(node.path()).matches()) {
        recorded.add(
            line(node.path(), node.ephemeral(), node.acl(), node.data().orElse(new byte[0])));
      }
    }
    assertThat(recorded).hasSize(11);
    try (TestMesos cluster =
            new TestMesos(MesosGeneration.V1_11, 46, 0.05, Reachability.everywhere());
        TestMarathon marathon = new TestMarathon(cluster, MarathonVersion.V1_11, "127.0.46.1");
        CuratorFramework client =
            CuratorFrameworkFactory.newClient(
                cluster.zooKeeper().connect(), new RetryOneTime(100))) {
      client.start();
      Eventually.holds(
          "all have written",
          () ->
              client.getChildren().forPath("/mesos/log_replicas").size() == 2
                  && client.checkExists().forPath(marathon.zkPath() + "/state/framework-id/b/id")
                      != null);
      List<String> answered = new ArrayList<>();
      for (String path : List.of("/mesos", marathon.zkPath())) {
        collect(client, path, marathon.zkPath(), answered);
      }
      assertThat(answered).containsExactlyInAnyOrderElementsOf(recorded);
    }
  }

  private static void collect(
      CuratorFramework client, String path, String marathon, List<String> lines) throws Exception {
    Stat stat = client.checkExists().forPath(path);
    var id = client.getACL().forPath(path).get(0).getId();
    String shown = path.replace(marathon, "/marathon");
    if (SIMULATED.matcher(shown).matches()) {
      lines.add(
          line(
              shown,
              stat.getEphemeralOwner() != 0,
              id.getScheme() + ":" + id.getId(),
              client.getData().forPath(path)));
    }
    for (String child : client.getChildren().forPath(path)) {
      collect(client, path + "/" + child, marathon, lines);
    }
  }

  private static String line(String path, boolean ephemeral, String acl, byte[] data) {
    return (path + (ephemeral ? " ephemeral " : " lasting ") + acl + " ")
            .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "<id>")
            .replaceAll("\\d{10}", "<number>")
        + new String(data, StandardCharsets.ISO_8859_1)
            .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "<id>")
            .replaceAll("127[.]0[.]\\d+[.]\\d+", "<address>")
            .replaceAll("(<address>|\"port\"):\\d+", "$1:<port>")
            .replaceAll("\"ip\":\\d+", "\"ip\":<number>");
  }
}
