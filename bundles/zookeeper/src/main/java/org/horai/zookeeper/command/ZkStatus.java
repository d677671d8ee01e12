package org.horai.zookeeper.command;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.horai.api.ErrorCategory;
import org.horai.api.cluster.ClusterRegistry;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.command.Command;
import org.horai.api.command.CommandName;
import org.horai.api.command.CommandSpec;
import org.horai.api.command.CommandSpec.Example;
import org.horai.api.command.Invocation;
import org.horai.api.command.View;
import org.horai.api.coordination.CoordinationStore;
import org.horai.api.coordination.CoordinationStore.EnsembleHealth;
import org.horai.api.coordination.CoordinationStore.ServerHealth;
import org.horai.api.service.Needed;
import org.horai.api.time.Deadline;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Asks every server for itself. */
@Component(service = Command.class)
@CommandName(scope = "zk", function = "status", reads = true)
public final class ZkStatus implements Command {
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile ClusterRegistry clusters;

  private final CoordinationStore store;

  @Activate
  public ZkStatus(@Reference CoordinationStore store) {
    this.store = store;
  }

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "zk",
        "status",
        "ask every ZooKeeper server of the cluster how it is",
        "Asks all servers at the same time, each for itself, with the word srvr or, where that is"
            + " not allowed, with a session. Ends with 3 when no more than half of them serve.",
        List.of(),
        List.of(),
        List.of(
            new Example("zk:status", "the ensemble of the selected cluster"),
            new Example("zk:status -o json", "the same for programs")));
  }

  @Override
  public View run(Invocation invocation) {
    ClusterSpec cluster = Needed.cluster(() -> clusters, invocation);
    Deadline deadline = invocation.deadline(Duration.ofSeconds(5));
    EnsembleHealth health = store.health(cluster.zookeeper(), deadline);
    View.Table table =
        new View.Table(
            List.of(
                View.Column.of("server", "SERVER"),
                View.Column.of("mode", "MODE"),
                View.Column.of("version", "VERSION"),
                View.Column.number("latencyMillis", "MS"),
                View.Column.of("problem", "PROBLEM")),
            health.servers().stream().map(ZkStatus::row).toList(),
            "No servers are configured: set zookeeper.servers in the cluster file.");
    long serving = health.servers().stream().filter(ServerHealth::serving).count();
    String line =
        (health.quorum() ? "quorum: " : "no quorum: ")
            + serving
            + " of "
            + health.servers().size()
            + " servers serve";
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("quorum", health.quorum());
    data.put("serving", serving);
    data.put("servers", table.rows());
    View.Style style = health.quorum() ? View.Style.GOOD : View.Style.BAD;
    return new View(
            data,
            health.servers().stream().map(server -> server.server().toString()).toList(),
            List.of(table, new View.Mark(style, line, "")),
            0)
        .withExitCode(health.quorum() ? 0 : ErrorCategory.ENVIRONMENT.exitCode());
  }

  private static Map<String, Object> row(ServerHealth server) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("server", server.server().toString());
    row.put("mode", server.serving() ? server.mode() : "down");
    row.put("version", server.version());
    row.put("latencyMillis", server.latencyMillis());
    row.put("problem", server.problem());
    return row;
  }
}
