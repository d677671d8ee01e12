package org.horai.chronos.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.horai.api.cluster.ChronosChoice;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.command.Command;
import org.horai.api.command.CommandName;
import org.horai.api.command.CommandSpec;
import org.horai.api.command.Invocation;
import org.horai.api.command.View;
import org.horai.chronos.ChronosServices;
import org.horai.chronos.flow.StatusReader;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code chronos:status}. */
@Component
@CommandName(scope = "chronos", function = "status", reads = true)
public final class StatusCommand implements Command {
  @Reference private ChronosServices services;

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "chronos",
        "status",
        "show leader, instances, framework and number of jobs",
        "Asks Marathon, ZooKeeper, Mesos and every instance. The leader is agreed when ZooKeeper and"
            + " every running instance name the same one.",
        List.of(),
        List.of(),
        List.of(
            new CommandSpec.Example("chronos:status", "of the selected cluster"),
            new CommandSpec.Example("chronos:status -o json", "for scripts")));
  }

  @Override
  public View run(Invocation invocation) {
    ClusterSpec cluster = services.cluster(invocation);
    View view =
        new StatusReader(services.open(cluster), invocation.deadline(Duration.ofSeconds(30)))
            .read()
            .view(cluster);
    ChronosChoice choice = services.clusters().chronos(cluster.name());
    if (!choice.version().equals(cluster.chronos().version())) {
      return view;
    }
    List<View.Block> blocks = new ArrayList<>(view.blocks());
    if (choice.moving()) {
      blocks.add(
          View.Line.of(
              "On its way from Chronos "
                  + choice.from()
                  + " to "
                  + choice.version()
                  + ": run:resume, or chronos:upgrade --back"));
    }
    UpgradeCommand.advice(cluster, choice)
        .map(advice -> "Chronos " + choice.version() + " was chosen by chronos:upgrade. " + advice)
        .map(View.Line::of)
        .ifPresent(blocks::add);
    return new View(view.data(), view.names(), blocks, view.exitCode());
  }
}
