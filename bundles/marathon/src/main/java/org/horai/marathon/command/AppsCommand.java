package org.horai.marathon.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.horai.api.cluster.ClusterRegistry;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.command.Command;
import org.horai.api.command.CommandName;
import org.horai.api.command.CommandSpec;
import org.horai.api.command.Invocation;
import org.horai.api.command.View;
import org.horai.api.deployer.Workload;
import org.horai.api.deployer.WorkloadDeployer;
import org.horai.api.service.Needed;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** {@code marathon:apps}. */
@Component(service = Command.class)
@CommandName(scope = "marathon", function = "apps", reads = true)
public final class AppsCommand extends MarathonCommand {
  @Reference WorkloadDeployer deployer;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile ClusterRegistry clusters;

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "marathon",
        "apps",
        "list Marathon's apps",
        "States are those of Marathon's own pages: Running, Deploying, Waiting, Suspended.",
        List.of(),
        List.of(),
        List.of(
            new CommandSpec.Example("marathon:apps", "all apps with their instances"),
            new CommandSpec.Example("marathon:apps -o name", "their ids, one a line")));
  }

  @Override
  public View run(Invocation invocation) {
    ClusterSpec cluster = Needed.cluster(() -> clusters, invocation);
    List<Map<String, Object>> rows =
        deployer.list(cluster, deadline(invocation)).stream().map(AppsCommand::row).toList();
    return View.listing(
        new View.Table(
            List.of(
                View.Column.of("id", "ID"),
                View.Column.of("state", "STATE"),
                View.Column.number("running", "RUNNING"),
                View.Column.number("healthy", "HEALTHY"),
                View.Column.number("instances", "WANTED"),
                View.Column.number("cpus", "CPUS"),
                View.Column.number("mem", "MEM MiB"),
                View.Column.wide("version", "VERSION")),
            rows,
            "Marathon has no apps; chronos:apply makes one."));
  }

  private static Map<String, Object> row(Workload app) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("id", app.id());
    row.put("state", app.state());
    row.put("running", app.running());
    row.put("healthy", app.healthy());
    row.put("instances", app.wantedInstances());
    row.put("cpus", app.definition().get("cpus"));
    row.put("mem", app.definition().get("mem"));
    row.put("version", app.version());
    row.put("deployments", app.deployments());
    return row;
  }
}
