package org.horai.core.net.command;

import java.util.List;
import java.util.Optional;
import org.horai.api.cluster.ClusterRegistry;
import org.horai.api.command.Command;
import org.horai.api.command.CommandName;
import org.horai.api.command.CommandSpec;
import org.horai.api.command.CommandSpec.Argument;
import org.horai.api.command.CommandSpec.Example;
import org.horai.api.command.Invocation;
import org.horai.api.command.View;
import org.horai.api.plan.PlanFlow;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Brings the overlay up alone, before anything runs on it. */
@Component
@CommandName(scope = "net", function = "apply")
public final class NetApplyCommand implements Command {
  private final ClusterRegistry clusters;
  private final PlanFlow flow;

  @Activate
  public NetApplyCommand(@Reference ClusterRegistry clusters, @Reference PlanFlow flow) {
    this.clusters = clusters;
    this.flow = flow;
  }

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "net",
        "apply",
        "bring the overlay up as the cluster file wants it",
        "Plans, shows the plan, asks, applies. Agents are not pointed at the overlay, for that"
            + " belongs to chronos:apply.",
        List.of(new Argument("plan", "a plan saved by net:plan --out", false, false, "file")),
        List.of(),
        List.of(
            new Example("net:apply", "plan, ask, apply"),
            new Example("net:apply --yes", "without a question")));
  }

  @Override
  public View run(Invocation invocation) {
    Optional<String> plan = invocation.argument("plan");
    return plan.isPresent()
        ? flow.applySaved(invocation.path(plan.get()), invocation)
        : flow.apply(NetPlanCommand.overlay(clusters, invocation), invocation, "");
  }
}
