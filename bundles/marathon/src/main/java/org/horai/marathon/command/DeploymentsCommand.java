package org.horai.marathon.command;

import java.time.Instant;
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
import org.horai.api.deployer.Deployment;
import org.horai.api.deployer.WorkloadDeployer;
import org.horai.api.recording.Tap;
import org.horai.api.service.Needed;
import org.horai.marathon.model.Age;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** {@code marathon:deployments}. */
@Component(service = Command.class)
@CommandName(scope = "marathon", function = "deployments", reads = true)
public final class DeploymentsCommand extends MarathonCommand {
  @Reference WorkloadDeployer deployer;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile ClusterRegistry clusters;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile Tap tap;

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "marathon",
        "deployments",
        "list the deployments that Marathon works on",
        "A deployment holds its apps locked. Ended ones are not listed, whether they succeeded or"
            + " not.",
        List.of(),
        List.of(),
        List.of(
            new CommandSpec.Example("marathon:deployments", "with step and age"),
            new CommandSpec.Example("marathon:deployments -o json", "for a script")));
  }

  @Override
  public View run(Invocation invocation) {
    ClusterSpec cluster = Needed.cluster(() -> clusters, invocation);
    Instant now = Tap.of(tap).now("deployments are listed");
    List<Map<String, Object>> rows =
        deployer.deployments(cluster, deadline(invocation)).stream()
            .map(deployment -> row(deployment, now))
            .toList();
    return View.listing(
        new View.Table(
            List.of(
                View.Column.of("id", "ID"),
                View.Column.of("apps", "APPS"),
                View.Column.of("actions", "DOES NOW"),
                View.Column.number("step", "STEP"),
                View.Column.number("steps", "OF"),
                View.Column.number("age", "AGE")),
            rows,
            "Marathon works on no deployment; chronos:apply starts one."));
  }

  private static Map<String, Object> row(Deployment deployment, Instant now) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("id", deployment.id());
    row.put("apps", deployment.apps());
    row.put("actions", deployment.actions());
    row.put("step", deployment.step());
    row.put("steps", deployment.steps());
    row.put("age", Age.words(deployment.version(), now));
    row.put("version", deployment.version());
    return row;
  }
}
