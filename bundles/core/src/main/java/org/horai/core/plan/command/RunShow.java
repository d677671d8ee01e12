package org.horai.core.plan.command;

import java.util.List;
import org.horai.api.HoraiException;
import org.horai.api.command.Command;
import org.horai.api.command.CommandName;
import org.horai.api.command.CommandSpec;
import org.horai.api.command.CommandSpec.Argument;
import org.horai.api.command.CommandSpec.Example;
import org.horai.api.command.Invocation;
import org.horai.api.command.View;
import org.horai.api.plan.PlanPresenter;
import org.horai.api.plan.PlanRunner;
import org.horai.api.plan.Report;
import org.horai.core.plan.model.RunErrors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** run:show. */
@Component(service = Command.class)
@CommandName(scope = "run", function = "show", reads = true)
public final class RunShow implements Command {
  private final PlanRunner runner;
  private final PlanPresenter presenter;

  @Activate
  public RunShow(@Reference PlanRunner runner, @Reference PlanPresenter presenter) {
    this.runner = runner;
    this.presenter = presenter;
  }

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "run",
        "show",
        "show the report of a run",
        "Without a name the latest run is shown. Showing a failed run is no failure: the exit code"
            + " is 0.",
        List.of(new Argument("RUN", "its id; the latest when absent", false, false, "run")),
        List.of(),
        List.of(
            new Example("run:show", "the latest run"),
            new Example("run:show -o json", "the latest run with all details, for a program")));
  }

  @Override
  public View run(Invocation invocation) {
    Report report =
        invocation
            .argument("RUN")
            .map(id -> runner.find(id).orElseThrow(() -> none("no run " + id)))
            .orElseGet(
                () ->
                    runner.runs().stream()
                        .filter(r -> invocation.cluster().map(r.cluster()::equals).orElse(true))
                        .findFirst()
                        .orElseThrow(() -> none("no runs yet")));
    return presenter.report(report).withExitCode(0);
  }

  private static HoraiException none(String what) {
    return new HoraiException(RunErrors.NO_RUN, what, "run:list");
  }
}
