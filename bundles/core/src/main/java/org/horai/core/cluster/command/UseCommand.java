package org.horai.core.cluster.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.command.Command;
import org.horai.api.command.CommandName;
import org.horai.api.command.CommandSpec;
import org.horai.api.command.CommandSpec.Argument;
import org.horai.api.command.CommandSpec.Example;
import org.horai.api.command.Invocation;
import org.horai.api.command.View;
import org.horai.core.cluster.model.ClusterViews;
import org.horai.core.cluster.model.KnownClusters;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Selects a cluster. */
@Component
@CommandName(scope = "cluster", function = "use")
public final class UseCommand implements Command {
  private final KnownClusters clusters;

  @Activate
  public UseCommand(@Reference KnownClusters clusters) {
    this.clusters = clusters;
  }

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "cluster",
        "use",
        "select the cluster that commands work on",
        "Takes the name of a known cluster, or a cluster file, which is checked and remembered. The"
            + " selection outlives the shell. --cluster NAME of any command is stronger.",
        List.of(new Argument("cluster", "a known name, or a cluster file", true, false, "cluster")),
        List.of(),
        List.of(
            new Example("cluster:use examples/cluster.yaml", "read and remember a file"),
            new Example("cluster:use prod", "select a known cluster")));
  }

  @Override
  public View run(Invocation invocation) {
    String wanted = invocation.required("cluster");
    boolean known = clusters.known().stream().anyMatch(cluster -> cluster.name().equals(wanted));
    Path file = invocation.path(wanted);
    ClusterSpec spec = clusters.use(known || !Files.exists(file) ? wanted : file.toString());
    return ClusterViews.selected(spec);
  }
}
