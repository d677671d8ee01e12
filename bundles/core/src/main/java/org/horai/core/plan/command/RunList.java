package org.horai.core.plan.command;

import java.time.ZoneId;
import java.util.List;
import org.horai.api.command.Command;
import org.horai.api.command.CommandName;
import org.horai.api.command.CommandSpec;
import org.horai.api.command.CommandSpec.Example;
import org.horai.api.command.Invocation;
import org.horai.api.command.View;
import org.horai.api.command.View.Column;
import org.horai.api.command.View.Table;
import org.horai.api.plan.PlanRunner;
import org.horai.core.plan.model.ReportView;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** run:list. */
@Component(service = Command.class)
@CommandName(scope = "run", function = "list", reads = true)
public final class RunList implements Command {
  private final PlanRunner runner;

  @Activate
  public RunList(@Reference PlanRunner runner) {
    this.runner = runner;
  }

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "run",
        "list",
        "list the runs of this machine, newest first",
        "A run that was killed shows as interrupted; run:resume goes on with it.",
        List.of(),
        List.of(),
        List.of(
            new Example("run:list", "all runs"),
            new Example("run:list --cluster prod", "the runs of one cluster"),
            new Example("run:list -o json", "all runs for a program")));
  }

  @Override
  public View run(Invocation invocation) {
    return View.listing(
        new Table(
            List.of(
                Column.of("run", "RUN"),
                Column.of("cluster", "CLUSTER"),
                Column.of("goal", "GOAL"),
                Column.of("status", "STATUS"),
                Column.of("startedLocal", "STARTED"),
                Column.number("took", "TOOK"),
                Column.number("changed", "CHANGED"),
                Column.wide("error", "ERROR")),
            runner.runs().stream()
                .filter(r -> invocation.cluster().map(r.cluster()::equals).orElse(true))
                .map(report -> ReportView.row(report, ZoneId.systemDefault()))
                .toList(),
            "No runs yet. chronos:apply makes one."));
  }
}
