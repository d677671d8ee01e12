package org.horai.chronos.job;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.horai.api.command.Command;
import org.horai.api.command.CommandName;
import org.horai.api.command.CommandSpec;
import org.horai.api.command.Invocation;
import org.horai.api.command.View;
import org.horai.api.jobs.Job;
import org.horai.chronos.ChronosServices;
import org.horai.chronos.model.JobGraph;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code job:graph}. */
@Component
@CommandName(scope = "job", function = "graph", reads = true)
public final class GraphCommand implements Command {
  @Reference private ChronosServices services;

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "job",
        "graph",
        "show which job runs after which",
        "As an indented tree, or as Graphviz text with --dot.",
        List.of(),
        List.of(CommandSpec.Option.flag("dot", "Graphviz text")),
        List.of(
            new CommandSpec.Example("job:graph", "as a tree"),
            new CommandSpec.Example("job:graph --dot", "for Graphviz")));
  }

  @Override
  public View run(Invocation invocation) {
    JobGraph graph = services.jobs(invocation, invocation.deadline(Duration.ofSeconds(60))).graph();
    List<String> lines = invocation.flag("dot") ? graph.dot().lines().toList() : graph.tree();
    List<View.Block> blocks =
        lines.isEmpty()
            ? List.of(View.Line.of("There are no jobs. job:put makes one."))
            : lines.stream().map(line -> (View.Block) View.Line.of(line)).toList();
    List<Map<String, Object>> data =
        graph.parentsFirst().stream()
            .map(job -> Map.<String, Object>of("name", job.name(), "parents", job.parents()))
            .toList();
    return new View(data, graph.parentsFirst().stream().map(Job::name).toList(), blocks, 0);
  }
}
