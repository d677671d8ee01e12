package org.horai.core.net.command;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.horai.api.cluster.ClusterRegistry;
import org.horai.api.command.Command;
import org.horai.api.command.CommandName;
import org.horai.api.command.CommandSpec;
import org.horai.api.command.CommandSpec.Example;
import org.horai.api.command.CommandSpec.Option;
import org.horai.api.command.Invocation;
import org.horai.api.command.View;
import org.horai.api.plan.Phase;
import org.horai.api.plan.PlanFlow;
import org.horai.api.plan.PlanRequest;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Shows what would change to have the overlay alone. */
@Component
@CommandName(scope = "net", function = "plan", reads = true)
public final class NetPlanCommand implements Command {
  private final ClusterRegistry clusters;
  private final PlanFlow flow;

  @Activate
  public NetPlanCommand(@Reference ClusterRegistry clusters, @Reference PlanFlow flow) {
    this.clusters = clusters;
    this.flow = flow;
  }

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "net",
        "plan",
        "show what would change to have the overlay as the cluster file wants it",
        "Looks at every host once and changes nothing. Agents, Marathon and Chronos are left out:"
            + " chronos:plan has them too.",
        List.of(),
        List.of(
            Option.value("out", "FILE", "save the plan for net:apply FILE", ""),
            Option.flag("detailed-exitcode", "exit 10 when there is something to change")),
        List.of(
            new Example("net:plan", "show the steps"),
            new Example("net:plan --detailed-exitcode", "for scripts: exit 10 on drift")));
  }

  @Override
  public View run(Invocation invocation) {
    return flow.planOnly(
        overlay(clusters, invocation),
        invocation.option("out").map(invocation::path),
        invocation.flag("detailed-exitcode"),
        invocation);
  }

  /** The request that plan and apply share. */
  static PlanRequest overlay(ClusterRegistry clusters, Invocation invocation) {
    return new PlanRequest(
        clusters.chosen(invocation.cluster()),
        "net.deploy",
        Set.of(Phase.HOSTS, Phase.OVERLAY),
        Map.of());
  }
}
