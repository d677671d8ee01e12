package org.horai.mesos.agent.command;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.ClusterRegistry;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.cluster.Host;
import org.horai.api.command.Command;
import org.horai.api.command.CommandName;
import org.horai.api.command.CommandSpec;
import org.horai.api.command.CommandSpec.Argument;
import org.horai.api.command.CommandSpec.Example;
import org.horai.api.command.CommandSpec.Option;
import org.horai.api.command.Invocation;
import org.horai.api.command.View;
import org.horai.api.plan.Phase;
import org.horai.api.plan.PlanFlow;
import org.horai.api.plan.PlanRequest;
import org.horai.api.service.Needed;
import org.horai.mesos.agent.AgentContributor;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Restarts agents one by one. */
@Component(service = Command.class)
@CommandName(scope = "agent", function = "restart")
public final class AgentRestart implements Command {
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile ClusterRegistry clusters;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile PlanFlow flow;

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "agent",
        "restart",
        "restart Mesos agents, one after another",
        "Writes the wanted settings, restarts one agent, waits until it is registered again and runs"
            + " with them, then goes on to the next. Tasks keep running, unless the agent's identity"
            + " changes; the plan says which and why. It stops at the first agent that does not come"
            + " back.",
        List.of(new Argument("host", "agents to restart; all when absent", false, true, "agent")),
        List.of(
            Option.flag("rolling", "one after another; the only way there is"),
            Option.flag("plan", "only show what would be done")),
        List.of(
            new Example("agent:restart --plan", "what a restart of all agents would do"),
            new Example("agent:restart --yes", "restart all, one by one, without a question")));
  }

  @Override
  public View run(Invocation invocation) {
    ClusterSpec cluster = Needed.cluster(() -> clusters, invocation);
    PlanFlow present = Needed.service("planning", "core", () -> flow);
    List<String> hosts = invocation.arguments("host");
    hosts.forEach(host -> agent(cluster, host));
    PlanRequest request =
        new PlanRequest(
            cluster,
            AgentContributor.RESTART,
            Set.of(Phase.AGENTS),
            hosts.isEmpty() ? Map.of() : Map.of("hosts", String.join(",", hosts)));
    if (invocation.flag("plan")) {
      return present.planOnly(request, Optional.empty(), false, invocation);
    }
    int count = hosts.isEmpty() ? cluster.inventory().agents().size() : hosts.size();
    return present.apply(
        request,
        invocation,
        "Restart "
            + count
            + (count == 1 ? " agent" : " agents, one after another,")
            + " of "
            + cluster.name()
            + "?");
  }

  private static void agent(ClusterSpec cluster, String name) {
    List<String> agents = cluster.inventory().agents().stream().map(Host::name).toList();
    if (!agents.contains(name)) {
      throw new HoraiException(
          CommonErrors.NOT_FOUND,
          "there is no agent " + name,
          "the agents are " + String.join(", ", agents),
          "agent:status");
    }
  }
}
