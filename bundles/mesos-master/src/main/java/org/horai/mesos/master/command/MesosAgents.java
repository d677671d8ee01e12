package org.horai.mesos.master.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.horai.api.cluster.AgentInfo;
import org.horai.api.cluster.ClusterMaster;
import org.horai.api.cluster.ClusterRegistry;
import org.horai.api.cluster.ClusterSnapshot;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.cluster.Host;
import org.horai.api.command.Command;
import org.horai.api.command.CommandName;
import org.horai.api.command.CommandSpec;
import org.horai.api.command.CommandSpec.Example;
import org.horai.api.command.Invocation;
import org.horai.api.command.View;
import org.horai.api.service.Needed;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Lists the registered agents. */
@Component(service = Command.class)
@CommandName(scope = "mesos", function = "agents", reads = true)
public final class MesosAgents implements Command {
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile ClusterRegistry clusters;

  private final ClusterMaster masters;

  @Activate
  public MesosAgents(@Reference ClusterMaster masters) {
    this.masters = masters;
  }

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "mesos",
        "agents",
        "list the agents as the leading master sees them",
        "An agent is listed under its name in the inventory, or its host name. One that lost its"
            + " identity is listed twice until the master gives the old one up.",
        List.of(),
        List.of(),
        List.of(
            new Example("mesos:agents", "all agents"),
            new Example(
                "mesos:agents -o wide", "with attributes, ports and time of registration")));
  }

  @Override
  public View run(Invocation invocation) {
    ClusterSpec cluster = Needed.cluster(() -> clusters, invocation);
    ClusterSnapshot snapshot =
        masters.snapshot(cluster, invocation.deadline(Duration.ofSeconds(30)));
    List<Map<String, Object>> rows = new ArrayList<>();
    snapshot.agents().forEach(agent -> rows.add(row(cluster, snapshot, agent)));
    rows.sort(Comparator.comparing(row -> String.valueOf(row.get("host"))));
    return View.listing(
        new View.Table(
            List.of(
                View.Column.of("host", "HOST"),
                View.Column.of("state", "STATE"),
                View.Column.of("address", "ADDRESS"),
                View.Column.number("cpus", "CPUS"),
                View.Column.number("memMiB", "MEM MIB"),
                View.Column.number("tasks", "TASKS"),
                View.Column.wide("version", "VERSION"),
                View.Column.of("id", "ID"),
                View.Column.wide("attributes", "ATTRIBUTES"),
                View.Column.wide("ports", "PORTS"),
                View.Column.wide("registered", "REGISTERED")),
            rows,
            "No agents are registered. agent:status looks at the hosts."));
  }

  private static Map<String, Object> row(
      ClusterSpec cluster, ClusterSnapshot snapshot, AgentInfo agent) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put(
        "host",
        cluster
            .inventory()
            .byNameOrAddress(agent.address().host())
            .or(() -> cluster.inventory().byNameOrAddress(agent.hostname()))
            .map(Host::name)
            .orElse(agent.hostname()));
    row.put("state", agent.active() ? "active" : "inactive");
    row.put("active", agent.active());
    row.put("address", agent.address().toString());
    row.put("cpus", share(agent, "cpus"));
    row.put("memMiB", share(agent, "mem"));
    row.put("tasks", tasksOn(snapshot, agent.id()));
    row.put("version", agent.version());
    row.put("id", agent.id());
    row.put("attributes", agent.attributes());
    row.put("ports", agent.resources().getOrDefault("ports", ""));
    row.put("registered", agent.registered().map(Object::toString).orElse(""));
    return row;
  }

  /** {@code used/total}. */
  private static String share(AgentInfo agent, String resource) {
    return agent.used().getOrDefault(resource, "0")
        + "/"
        + agent.resources().getOrDefault(resource, "?");
  }

  private static long tasksOn(ClusterSnapshot snapshot, String agentId) {
    return snapshot.frameworks().stream()
        .flatMap(framework -> framework.tasks().stream())
        .filter(task -> task.agentId().equals(agentId))
        .count();
  }
}
