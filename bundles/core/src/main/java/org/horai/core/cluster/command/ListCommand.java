package org.horai.core.cluster.command;

import java.time.Instant;
import java.util.List;
import org.horai.api.command.Command;
import org.horai.api.command.CommandName;
import org.horai.api.command.CommandSpec;
import org.horai.api.command.CommandSpec.Example;
import org.horai.api.command.Invocation;
import org.horai.api.command.View;
import org.horai.core.cluster.model.ClusterViews;
import org.horai.core.cluster.model.KnownClusters;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Lists the known clusters. */
@Component
@CommandName(scope = "cluster", function = "list", reads = true)
public final class ListCommand implements Command {
  private final KnownClusters clusters;

  @Activate
  public ListCommand(@Reference KnownClusters clusters) {
    this.clusters = clusters;
  }

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "cluster",
        "list",
        "list the known clusters",
        "Shows what their files want, without asking the clusters themselves; STATE is what"
            + " cluster:doctor found last. The selected one is marked.",
        List.of(),
        List.of(),
        List.of(
            new Example("cluster:list", "all known clusters"),
            new Example("cluster:list -o json", "for scripts"),
            new Example("cluster:list -o wide", "with their files")));
  }

  @Override
  public View run(Invocation invocation) {
    return ClusterViews.list(clusters.known(), Instant.now());
  }
}
