package org.horai.zookeeper.command;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.ClusterRegistry;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.command.Command;
import org.horai.api.command.CommandName;
import org.horai.api.command.CommandSpec;
import org.horai.api.command.CommandSpec.Argument;
import org.horai.api.command.CommandSpec.Example;
import org.horai.api.command.Invocation;
import org.horai.api.command.View;
import org.horai.api.coordination.CoordinationStore;
import org.horai.api.coordination.CoordinationStore.Node;
import org.horai.api.service.Needed;
import org.horai.api.time.Deadline;
import org.horai.zookeeper.model.ZkPath;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Deletes a node with all below it, after showing how much that is. */
@Component(service = Command.class)
@CommandName(scope = "zk", function = "rm")
public final class ZkRm implements Command {
  private static final String LOCKS = "/horai/locks";

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile ClusterRegistry clusters;

  private final CoordinationStore store;

  @Activate
  public ZkRm(@Reference CoordinationStore store) {
    this.store = store;
  }

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "zk",
        "rm",
        "delete a ZooKeeper node with all below it",
        "Shows how many nodes die and asks. Refused (exit 4) for /, /zookeeper, /marathon, the path"
            + " of the Mesos masters and the locks of Horai, and for everything above or below"
            + " them. To start Chronos afresh use chronos:restart --purge, which keeps the safe"
            + " order.",
        List.of(new Argument("path", "the node", true, false, "zkpath")),
        List.of(),
        List.of(
            new Example("zk:rm /chronos-old", "delete what an old Chronos left"),
            new Example("zk:rm /chronos-old --yes", "the same without a question")));
  }

  @Override
  public View run(Invocation invocation) {
    ZkPath path = ZkPath.of(invocation.required("path"));
    path.guardedBy(Set.of(LOCKS)).ifPresent(other -> refuse(path, other));
    ClusterSpec cluster = Needed.cluster(() -> clusters, invocation);
    Set<String> guarded = Set.of(cluster.mesos().zkPath(), LOCKS);
    path.guardedBy(guarded).ifPresent(other -> refuse(path, other));
    Deadline deadline = invocation.deadline(Duration.ofMinutes(1));
    Tree tree = count(cluster, path, deadline);
    if (tree.nodes() == 0) {
      return done(path, tree, path.text() + " does not exist: nothing to delete");
    }
    if (tree.ephemeral() > 0) {
      invocation
          .talk()
          .warn(
              tree.ephemeral()
                  + " of the nodes belong to running programs, which may write them again");
    }
    String nodes = tree.nodes() == 1 ? "1 node" : tree.nodes() + " nodes";
    invocation
        .talk()
        .confirm("Delete " + path.text() + ", " + nodes + ", in cluster " + cluster.name() + "?");
    store.deleteTree(cluster.zookeeper(), path.text(), guarded, deadline);
    return done(path, tree, path.text() + " is gone (" + nodes + ")");
  }

  private static View done(ZkPath path, Tree tree, String line) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("path", path.text());
    data.put("deleted", tree.nodes());
    return View.of(data, new View.Mark(View.Style.GOOD, line, ""));
  }

  private static void refuse(ZkPath path, String guarded) {
    throw new HoraiException(
        CommonErrors.REFUSED,
        "will not delete " + path.text(),
        guarded + " is guarded: other systems keep their state there",
        "name a path of Chronos alone, or purge it with chronos:restart --purge");
  }

  private Tree count(ClusterSpec cluster, ZkPath path, Deadline deadline) {
    int nodes = 0;
    int ephemeral = 0;
    Deque<ZkPath> open = new ArrayDeque<>(List.of(path));
    while (!open.isEmpty()) {
      ZkPath next = open.pop();
      Optional<Node> node = store.read(cluster.zookeeper(), next.text(), deadline);
      if (node.isPresent()) {
        nodes++;
        ephemeral += node.get().ephemeral() ? 1 : 0;
        if (node.get().children() > 0) {
          store
              .children(cluster.zookeeper(), next.text(), deadline)
              .forEach(name -> open.push(next.child(name)));
        }
      }
    }
    return new Tree(nodes, ephemeral);
  }

  private record Tree(int nodes, int ephemeral) {}
}
