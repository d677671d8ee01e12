package org.horai.mesos.agent.command;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.horai.api.cluster.AgentInfo;
import org.horai.api.cluster.ClusterRegistry;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.command.Command;
import org.horai.api.command.CommandName;
import org.horai.api.command.CommandSpec;
import org.horai.api.command.CommandSpec.Example;
import org.horai.api.command.Invocation;
import org.horai.api.command.View;
import org.horai.api.service.Needed;
import org.horai.mesos.agent.AgentSurvey;
import org.horai.mesos.agent.model.AgentNeed;
import org.horai.mesos.agent.model.AgentNow;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Shows each agent as it runs, as it is written, and as it should be. */
@Component(service = Command.class)
@CommandName(scope = "agent", function = "status", reads = true)
public final class AgentStatus implements Command {
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile ClusterRegistry clusters;

  private final AgentSurvey survey;

  @Activate
  public AgentStatus(@Reference AgentSurvey survey) {
    this.survey = survey;
  }

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "agent",
        "status",
        "show how each Mesos agent runs, is written and should be",
        "RUNNING, WRITTEN and WANTED are the values of docker_socket; \"same\" is that of the column"
            + " before. WIPE says whether a restart"
            + " would need a new identity, in which its tasks die: only when hostname, port,"
            + " resources, attributes or domain change.",
        List.of(),
        List.of(),
        List.of(
            new Example("agent:status", "all agents of the selected cluster"),
            new Example("agent:status -o wide", "with ids, work_dir and reasons")));
  }

  @Override
  public View run(Invocation invocation) {
    ClusterSpec cluster = Needed.cluster(() -> clusters, invocation);
    List<AgentNeed> needs = survey.look(cluster, invocation.deadline(Duration.ofSeconds(30)));
    List<Map<String, Object>> rows = needs.stream().map(AgentStatus::row).toList();
    View.Table table =
        new View.Table(
            List.of(
                View.Column.of("host", "HOST"),
                View.Column.of("state", "STATE"),
                View.Column.number("tasks", "TASKS"),
                View.Column.of("running", "RUNNING"),
                View.Column.of("written", "WRITTEN"),
                View.Column.of("wanted", "WANTED"),
                View.Column.of("restart", "RESTART"),
                View.Column.of("wipe", "WIPE"),
                View.Column.wide("id", "ID"),
                View.Column.wide("workDir", "WORK DIR"),
                View.Column.wide("why", "WHY")),
            invocation.output().equals("wide")
                ? rows
                : rows.stream().map(AgentStatus::brief).toList(),
            "The inventory names no agents.");
    return new View(rows, View.listing(table).names(), List.of(table), 0);
  }

  private static Map<String, Object> row(AgentNeed need) {
    AgentNow now = need.now();
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("host", now.host().name());
    row.put("state", state(now));
    row.put("active", now.active());
    row.put("tasks", now.tasks());
    row.put("running", socket(now.running()));
    row.put("written", socket(now.files()));
    row.put("wanted", need.wanted().getOrDefault("docker_socket", ""));
    row.put("restart", need.restart() ? "needed" : "no");
    row.put("wipe", need.wipe() ? "needed" : "no");
    row.put("id", now.agent().map(AgentInfo::id).orElse(""));
    row.put("workDir", need.workDir().orElse(""));
    row.put("why", need.why());
    return row;
  }

  /** Paths are long, and nearly always the same. */
  private static Map<String, Object> brief(Map<String, Object> row) {
    Map<String, Object> brief = new LinkedHashMap<>(row);
    if (row.get("wanted").equals(row.get("written"))) {
      brief.put("wanted", "same");
    }
    if (row.get("written").equals(row.get("running"))) {
      brief.put("written", "same");
    }
    return brief;
  }

  private static String state(AgentNow now) {
    if (!now.masterAsked()) {
      return "unknown";
    }
    if (now.registered().isEmpty()) {
      return "unregistered";
    }
    return now.active() ? "active" : "inactive";
  }

  private static String socket(Optional<Map<String, String>> flags) {
    return flags.map(known -> known.getOrDefault("docker_socket", "not set")).orElse("unknown");
  }
}
