package org.horai.core.net.command;

import java.time.Duration;
import java.util.List;
import org.horai.api.cluster.ClusterRegistry;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.command.Command;
import org.horai.api.command.CommandName;
import org.horai.api.command.CommandSpec;
import org.horai.api.command.CommandSpec.Example;
import org.horai.api.command.Invocation;
import org.horai.api.command.View;
import org.horai.core.net.model.NetViews;
import org.horai.core.net.model.OverlayObservations;
import org.horai.core.net.model.OverlayObservations.Observation;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Judges the overlay. */
@Component
@CommandName(scope = "net", function = "doctor", reads = true)
public final class NetDoctorCommand implements Command {
  private final ClusterRegistry clusters;
  private final OverlayObservations observer;

  @Activate
  public NetDoctorCommand(
      @Reference ClusterRegistry clusters, @Reference OverlayObservations observer) {
    this.clusters = clusters;
    this.observer = observer;
  }

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "net",
        "doctor",
        "say what is wrong with the overlay",
        "Compares all peers' views, and the hosts with the cluster file. Nothing is changed. The exit"
            + " code is 1 when there is an error; a difference from the cluster file alone is a"
            + " warning.",
        List.of(),
        List.of(),
        List.of(
            new Example("net:doctor", "judge the selected cluster's overlay"),
            new Example("net:doctor --wait 60s -o json", "more patiently, for scripts")));
  }

  @Override
  public View run(Invocation invocation) {
    ClusterSpec cluster = clusters.chosen(invocation.cluster());
    invocation.talk().progress("asking " + cluster.overlay().hosts().size() + " hosts");
    Observation seen = observer.observe(cluster, invocation.deadline(Duration.ofSeconds(30)));
    return NetViews.doctor(
        cluster.overlay(), seen.overlay().health(seen.facts()), seen.overlay().drift(seen.facts()));
  }
}
