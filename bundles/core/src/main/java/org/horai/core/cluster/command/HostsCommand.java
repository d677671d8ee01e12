package org.horai.core.cluster.command;

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

/** Lists the hosts of a cluster. */
@Component
@CommandName(scope = "cluster", function = "hosts", reads = true)
public final class HostsCommand implements Command {
  private final KnownClusters clusters;

  @Activate
  public HostsCommand(@Reference KnownClusters clusters) {
    this.clusters = clusters;
  }

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "cluster",
        "hosts",
        "list the hosts of the cluster and how they are reached",
        "Shows what the cluster file or the Ansible inventory says, without asking the hosts;"
            + " cluster:doctor --tag hosts asks them.",
        List.of(),
        List.of(),
        List.of(
            new Example("cluster:hosts", "the selected cluster"),
            new Example("cluster:hosts -o name", "only the names, for scripts"),
            new Example("cluster:hosts -o wide", "with keys and other variables")));
  }

  @Override
  public View run(Invocation invocation) {
    return ClusterViews.hosts(clusters.chosen(invocation.cluster()));
  }
}
