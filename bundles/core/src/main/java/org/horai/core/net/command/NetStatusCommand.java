package org.horai.core.net.command;

import java.time.Duration;
import java.util.List;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.command.Command;
import org.horai.api.command.CommandName;
import org.horai.api.command.CommandSpec;
import org.horai.api.command.CommandSpec.Example;
import org.horai.api.command.Invocation;
import org.horai.api.command.View;
import org.horai.core.cluster.model.KnownClusters;
import org.horai.core.net.model.NetViews;
import org.horai.core.net.model.OverlayObservations;
import org.horai.core.net.model.OverlayObservations.Observation;
import org.horai.core.net.model.Selection;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Shows the overlay's peers. */
@Component
@CommandName(scope = "net", function = "status", reads = true)
public final class NetStatusCommand implements Command {
  private final KnownClusters clusters;
  private final OverlayObservations observer;

  @Activate
  public NetStatusCommand(
      @Reference KnownClusters clusters, @Reference OverlayObservations observer) {
    this.clusters = clusters;
    this.observer = observer;
  }

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "net",
        "status",
        "show the overlay's peers as they see each other",
        "Asks every master and agent at once, and compares what they say. The exit code is 0 also"
            + " when something is wrong; net:doctor judges.",
        List.of(),
        List.of(),
        List.of(
            new Example("net:status", "all peers of the selected cluster"),
            new Example("net:status --cluster prod -o json", "of another one, for scripts")));
  }

  @Override
  public View run(Invocation invocation) {
    ClusterSpec cluster = clusters.chosen(invocation.cluster());
    invocation.talk().progress("asking " + cluster.overlay().hosts().size() + " hosts");
    Observation seen = observer.observe(cluster, invocation.deadline(Duration.ofSeconds(30)));
    return NetViews.status(
        cluster.overlay(),
        seen.overlay().health(seen.facts()),
        Selection.of(cluster, clusters.network(cluster.name())));
  }
}
