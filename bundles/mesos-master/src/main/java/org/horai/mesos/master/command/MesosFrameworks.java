package org.horai.mesos.master.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.horai.api.cluster.ClassifiedFramework;
import org.horai.api.cluster.ClusterMaster;
import org.horai.api.cluster.ClusterRegistry;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.cluster.FrameworkInfo;
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

/** Lists the frameworks and what they are to Chronos. */
@Component(service = Command.class)
@CommandName(scope = "mesos", function = "frameworks", reads = true)
public final class MesosFrameworks implements Command {
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile ClusterRegistry clusters;

  private final ClusterMaster masters;

  @Activate
  public MesosFrameworks(@Reference ClusterMaster masters) {
    this.masters = masters;
  }

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "mesos",
        "frameworks",
        "list the frameworks and tell live ones, ghosts, zombies and strangers apart",
        "live: its id is the one Chronos stored. ghost: it has Chronos' name, but another id; it"
            + " holds its tasks and resources for at most its failover time-out. zombie: the stored"
            + " id was torn down, so Chronos will be refused and crash. stranger: another"
            + " framework.",
        List.of(),
        List.of(),
        List.of(
            new Example("mesos:frameworks", "all frameworks"),
            new Example("mesos:frameworks -o json", "with addresses and roles, for programs")));
  }

  @Override
  public View run(Invocation invocation) {
    ClusterSpec cluster = Needed.cluster(() -> clusters, invocation);
    List<Map<String, Object>> rows = new ArrayList<>();
    masters
        .frameworks(cluster, invocation.deadline(Duration.ofSeconds(30)))
        .forEach(framework -> rows.add(row(framework)));
    return View.listing(
        new View.Table(
            List.of(
                View.Column.of("id", "ID"),
                View.Column.of("name", "NAME"),
                View.Column.of("kind", "KIND"),
                View.Column.of("state", "STATE"),
                View.Column.number("tasks", "TASKS"),
                View.Column.number("cpus", "CPUS"),
                View.Column.number("memMiB", "MEM MIB"),
                View.Column.of("kept", "KEPT"),
                View.Column.of("why", "WHY"),
                View.Column.wide("address", "ADDRESS"),
                View.Column.wide("webUi", "WEB"),
                View.Column.wide("role", "ROLE")),
            rows,
            "No frameworks are registered. Marathon should be: look at its log."));
  }

  private static Map<String, Object> row(ClassifiedFramework classified) {
    FrameworkInfo framework = classified.framework();
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("id", framework.id());
    row.put("name", framework.name());
    row.put("kind", classified.kind().name().toLowerCase(Locale.ROOT));
    row.put("state", state(framework));
    row.put("active", framework.active());
    row.put("tasks", framework.tasks().size());
    row.put("cpus", framework.cpus());
    row.put("memMiB", framework.memMiB());
    row.put("kept", kept(framework));
    row.put("failoverTimeoutSeconds", framework.failoverTimeout().toSeconds());
    row.put("why", classified.why());
    row.put("address", framework.pid().map(p -> p.substring(p.indexOf('@') + 1)).orElse(""));
    row.put("webUi", framework.webUiUrl());
    row.put("role", framework.role());
    return row;
  }

  private static String state(FrameworkInfo framework) {
    if (framework.completed()) {
      return "ended";
    }
    return framework.active() ? "active" : "inactive";
  }

  /** Mesos does not say when a scheduler left, so the time-out is the most that is left. */
  private static String kept(FrameworkInfo framework) {
    if (framework.completed() || framework.active()) {
      return "";
    }
    Duration limit = framework.failoverTimeout();
    return limit.toDays() > 0
        ? "at most " + limit.toDays() + " d"
        : "at most " + limit.toSeconds() + " s";
  }
}
