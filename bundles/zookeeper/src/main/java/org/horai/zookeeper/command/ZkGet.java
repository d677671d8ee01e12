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
import org.horai.zookeeper.model.NodeText;
import org.horai.zookeeper.model.StateEntry;
import org.horai.zookeeper.model.ZkPath;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Shows one node. */
@Component(service = Command.class)
@CommandName(scope = "zk", function = "get", reads = true)
public final class ZkGet implements Command {
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile ClusterRegistry clusters;

  private final CoordinationStore store;

  @Activate
  public ZkGet(@Reference CoordinationStore store) {
    this.store = store;
  }

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "zk",
        "get",
        "show the data of a ZooKeeper node",
        "Text is shown as text, other bytes in hexadecimal. The records of Chronos (J_* and"
            + " frameworkId) are Mesos state entries: their value is shown. --raw shows the bytes as"
            + " they are stored.",
        List.of(new Argument("path", "the node", true, false, "zkpath")),
        List.of(Option.flag("raw", "show the stored bytes in hexadecimal")),
        List.of(
            new Example("zk:get /chronos/state/state/frameworkId", "the stored framework id"),
            new Example("zk:get --raw /chronos/state/state/frameworkId", "its bytes")));
  }

  @Override
  public View run(Invocation invocation) {
    ClusterSpec cluster = Needed.cluster(() -> clusters, invocation);
    ZkPath path = ZkPath.of(invocation.required("path"));
    Deadline deadline = invocation.deadline(Duration.ofSeconds(15));
    Node node =
        store
            .read(cluster.zookeeper(), path.text(), deadline)
            .orElseThrow(
                () ->
                    new HoraiException(
                        CommonErrors.NOT_FOUND, "there is no node " + path.text(), "zk:ls /"));
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("path", path.text());
    data.put("version", node.version());
    data.put("modified", Instant.ofEpochMilli(node.modifiedMillis()).toString());
    data.put("children", node.children());
    data.put("ephemeral", node.ephemeral());
    data.put("bytes", node.data().length);
    List<String> lines = content(node.data(), invocation.flag("raw"), data);
    List<View.Block> blocks = new ArrayList<>();
    lines.forEach(line -> blocks.add(View.Line.of(line)));
    blocks.add(new View.Line(summary(node), View.Style.DIM));
    return new View(data, List.of(path.text()), blocks, 0);
  }

  /** Adds the content to the data and returns it as lines for people. */
  private static List<String> content(byte[] bytes, boolean raw, Map<String, Object> data) {
    Optional<StateEntry> entry = raw ? Optional.empty() : StateEntry.decode(bytes);
    Optional<String> text = raw ? Optional.empty() : NodeText.text(bytes);
    if (entry.isPresent()) {
      data.put("encoding", "state-entry");
      data.put("name", entry.get().name());
      data.put("uuid", entry.get().uuid().toString());
      data.put("value", entry.get().text());
      return entry.get().text().lines().toList();
    }
    if (text.isPresent()) {
      data.put("encoding", "text");
      data.put("value", text.get());
      return text.get().lines().toList();
    }
    data.put("encoding", "hex");
    data.put("value", NodeText.hex(bytes));
    return NodeText.dump(bytes);
  }

  private static String summary(Node node) {
    return node.data().length
        + " bytes, version "
        + node.version()
        + ", "
        + node.children()
        + " children"
        + (node.ephemeral() ? ", ephemeral" : "");
  }
}
