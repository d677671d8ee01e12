package org.horai.zookeeper.command;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.ClusterRegistry;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.command.Command;
import org.horai.api.command.CommandName;
import org.horai.api.command.CommandSpec;
import org.horai.api.command.CommandSpec.Argument;
import org.horai.api.command.CommandSpec.Example;
import org.horai.api.command.CommandSpec.Option;
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

/** Lists the children of a node. */
@Component(service = Command.class)
@CommandName(scope = "zk", function = "ls", reads = true)
public final class ZkLs implements Command {
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile ClusterRegistry clusters;

  private final CoordinationStore store;

  @Activate
  public ZkLs(@Reference CoordinationStore store) {
    this.store = store;
  }

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "zk",
        "ls",
        "list the children of a ZooKeeper node",
        "With --long each child is read for its size, its own children and its age.",
        List.of(new Argument("path", "the node, / when absent", false, false, "zkpath")),
        List.of(Option.flag("long", "show size, children, kind and time of each child")),
        List.of(
            new Example("zk:ls", "what lies in the root"),
            new Example("zk:ls --long /mesos", "the masters that stand for election")));
  }

  @Override
  public View run(Invocation invocation) {
    ClusterSpec cluster = Needed.cluster(() -> clusters, invocation);
    ZkPath path = ZkPath.of(invocation.argument("path").orElse("/"));
    Deadline deadline = invocation.deadline(Duration.ofSeconds(30));
    List<String> names = store.children(cluster.zookeeper(), path.text(), deadline);
    if (names.isEmpty() && store.read(cluster.zookeeper(), path.text(), deadline).isEmpty()) {
      throw new HoraiException(
          CommonErrors.NOT_FOUND, "there is no node " + path.text(), "zk:ls /");
    }
    boolean detailed = invocation.flag("long");
    List<Map<String, Object>> rows = new ArrayList<>();
    for (String name : names) {
      ZkPath child = path.child(name);
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("path", child.text());
      if (detailed) {
        describe(store.read(cluster.zookeeper(), child.text(), deadline), row);
      }
      rows.add(row);
    }
    return View.listing(new View.Table(columns(detailed), rows, path.text() + " has no children."));
  }

  private static void describe(Optional<Node> read, Map<String, Object> row) {
    row.put("bytes", read.map(node -> node.data().length).orElse(null));
    row.put("children", read.map(Node::children).orElse(null));
    row.put("kind", read.map(node -> node.ephemeral() ? "ephemeral" : "kept").orElse("gone"));
    row.put(
        "modified",
        read.map(node -> Instant.ofEpochMilli(node.modifiedMillis()).toString()).orElse(""));
  }

  private static List<View.Column> columns(boolean detailed) {
    View.Column path = View.Column.of("path", "PATH");
    return detailed
        ? List.of(
            path,
            View.Column.of("kind", "KIND"),
            View.Column.number("bytes", "BYTES"),
            View.Column.number("children", "CHILDREN"),
            View.Column.of("modified", "MODIFIED"))
        : List.of(path);
  }
}
