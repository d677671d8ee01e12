package org.horai.marathon.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.ClusterRegistry;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.command.Command;
import org.horai.api.command.CommandName;
import org.horai.api.command.CommandSpec;
import org.horai.api.command.Invocation;
import org.horai.api.command.View;
import org.horai.api.deployer.Instance;
import org.horai.api.deployer.Workload;
import org.horai.api.deployer.WorkloadDeployer;
import org.horai.api.service.Needed;
import org.horai.api.time.Deadline;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** {@code marathon:app}. */
@Component(service = Command.class)
@CommandName(scope = "marathon", function = "app", reads = true)
public final class AppCommand extends MarathonCommand {
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
        "app",
        "show an app with its instances and versions",
        "With -o json the whole definition as Marathon has it is part of the answer.",
        List.of(APP),
        List.of(),
        List.of(
            new CommandSpec.Example("marathon:app /chronos", "the app that runs Chronos"),
            new CommandSpec.Example("marathon:app /chronos -o json", "with its definition")));
  }

  @Override
  public View run(Invocation invocation) {
    ClusterSpec cluster = Needed.cluster(() -> clusters, invocation);
    Deadline deadline = deadline(invocation);
    String id = invocation.required("app");
    Workload app =
        deployer
            .find(cluster, id, deadline)
            .orElseThrow(
                () ->
                    new HoraiException(
                        CommonErrors.NOT_FOUND, "there is no app " + id, "marathon:apps"));
    List<String> versions = deployer.versions(cluster, id, deadline);
    List<Map<String, Object>> instances = app.instances().stream().map(AppCommand::row).toList();
    return new View(
        data(app, instances, versions),
        List.of(app.id()),
        List.of(
            new View.Pairs(pairs(app)),
            table(instances),
            View.Line.of("Versions, newest first: " + String.join(", ", versions))),
        0);
  }

  private static Map<String, Object> data(
      Workload app, List<Map<String, Object>> instances, List<String> versions) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("id", app.id());
    data.put("state", app.state());
    data.put("version", app.version());
    data.put("wantedInstances", app.wantedInstances());
    data.put("running", app.running());
    data.put("healthy", app.healthy());
    data.put("instances", instances);
    data.put("deployments", app.deployments());
    data.put("lastFailure", app.lastFailure().orElse(null));
    data.put("versions", versions);
    data.put("definition", app.definition());
    return data;
  }

  private static Map<String, String> pairs(Workload app) {
    Map<String, String> pairs = new LinkedHashMap<>();
    pairs.put("app", app.id());
    pairs.put("state", app.state());
    pairs.put("version", app.version());
    pairs.put(
        "instances",
        app.running() + " running, " + app.healthy() + " healthy of " + app.wantedInstances());
    pairs.put("command", Optional.ofNullable(app.definition().get("cmd")).orElse("").toString());
    if (!app.deployments().isEmpty()) {
      pairs.put("locked by", String.join(", ", app.deployments()));
    }
    app.lastFailure().ifPresent(failure -> pairs.put("last failure", failure));
    return pairs;
  }

  private static View.Table table(List<Map<String, Object>> instances) {
    return new View.Table(
        List.of(
            View.Column.of("taskId", "TASK"),
            View.Column.of("host", "HOST"),
            View.Column.of("state", "STATE"),
            View.Column.of("healthy", "HEALTHY"),
            View.Column.wide("ports", "PORTS"),
            View.Column.wide("version", "VERSION")),
        instances.stream().map(AppCommand::shown).toList(),
        "No instance is there; marathon:why tells why.");
  }

  /** Without the prefix that all states have: the ids of tasks are long enough. */
  private static Map<String, Object> shown(Map<String, Object> instance) {
    Map<String, Object> shown = new LinkedHashMap<>(instance);
    String state = String.valueOf(instance.get("state"));
    shown.put("state", state.replaceFirst("^TASK_", "").toLowerCase(Locale.ROOT));
    return shown;
  }

  private static Map<String, Object> row(Instance instance) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("taskId", instance.taskId());
    row.put("host", instance.host());
    row.put("ports", instance.ports());
    row.put("state", instance.state());
    row.put("healthy", instance.healthy().orElse(null));
    row.put("addresses", instance.addresses());
    row.put("version", instance.version());
    return row;
  }
}
