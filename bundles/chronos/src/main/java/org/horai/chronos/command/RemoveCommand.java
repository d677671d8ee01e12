package org.horai.chronos.command;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.command.Command;
import org.horai.api.command.CommandName;
import org.horai.api.command.CommandSpec;
import org.horai.api.command.Invocation;
import org.horai.api.command.View;
import org.horai.api.plan.Phase;
import org.horai.api.plan.PlanRequest;
import org.horai.chronos.ChronosServices;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code chronos:remove}. */
@Component
@CommandName(scope = "chronos", function = "remove")
public final class RemoveCommand implements Command {
  @Reference private ChronosServices services;

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "chronos",
        "remove",
        "remove Chronos from Marathon",
        "Backs the jobs up and removes the app. Framework and jobs stay: Mesos keeps the framework's"
            + " tasks until its failover time-out, and a later chronos:apply goes on with them. With"
            + " --purge framework and records end, too.",
        List.of(),
        List.of(CommandSpec.Option.flag("purge", "tear the framework down and delete its records")),
        List.of(
            new CommandSpec.Example("chronos:remove", "keep framework and jobs for later"),
            new CommandSpec.Example("chronos:remove --purge --yes", "leave nothing behind")));
  }

  @Override
  public View run(Invocation invocation) {
    ClusterSpec cluster = services.cluster(invocation);
    Set<Phase> phases = Set.of(Phase.WORKLOAD, Phase.VERIFY);
    PlanRequest request =
        invocation.flag("purge")
            ? new PlanRequest(cluster, "chronos.purge", phases, Map.of("redeploy", "false"))
            : new PlanRequest(cluster, "chronos.remove", phases, Map.of());
    return services
        .flow()
        .apply(request, invocation, "Remove Chronos from " + cluster.name() + "?");
  }
}
