package org.horai.chronos.command;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

/** {@code chronos:plan}. */
@Component
@CommandName(scope = "chronos", function = "plan", reads = true)
public final class PlanCommand implements Command {
  @Reference private ChronosServices services;

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "chronos",
        "plan",
        "show what would change to have Chronos as the cluster file wants it",
        "Looks at every host and service once, changes nothing, and lists the steps in the order they"
            + " would run: hosts, overlay, agents, app, proof.",
        List.of(),
        List.of(
            CommandSpec.Option.value("out", "FILE", "save the plan for chronos:apply FILE", ""),
            CommandSpec.Option.flag(
                "detailed-exitcode", "exit 10 when there is something to change")),
        List.of(
            new CommandSpec.Example("chronos:plan", "show the steps"),
            new CommandSpec.Example(
                "chronos:plan --out prod.plan.json", "save it, review it, apply exactly that")));
  }

  @Override
  public View run(Invocation invocation) {
    Optional<java.nio.file.Path> out = invocation.option("out").map(invocation::path);
    return services
        .flow()
        .planOnly(
            deploy(invocation, services), out, invocation.flag("detailed-exitcode"), invocation);
  }

  /** The request that plan and apply share. */
  static PlanRequest deploy(Invocation invocation, ChronosServices services) {
    return new PlanRequest(
        services.cluster(invocation),
        "chronos.deploy",
        Set.of(Phase.HOSTS, Phase.OVERLAY, Phase.AGENTS, Phase.WORKLOAD, Phase.VERIFY),
        Map.of());
  }
}
