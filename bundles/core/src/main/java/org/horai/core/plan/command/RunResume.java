package org.horai.core.plan.command;

import java.util.List;
import org.horai.api.HoraiException;
import org.horai.api.cluster.ClusterRegistry;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.command.Command;
import org.horai.api.command.CommandName;
import org.horai.api.command.CommandSpec;
import org.horai.api.command.CommandSpec.Argument;
import org.horai.api.command.CommandSpec.Example;
import org.horai.api.command.Invocation;
import org.horai.api.command.View;
import org.horai.api.plan.PlanPresenter;
import org.horai.api.plan.PlanRunner;
import org.horai.core.plan.model.RunErrors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** run:resume. */
@Component(service = Command.class)
@CommandName(scope = "run", function = "resume")
public final class RunResume implements Command {
  private final PlanRunner runner;
  private final PlanPresenter presenter;
  private final ClusterRegistry clusters;

  @Activate
  public RunResume(
      @Reference PlanRunner runner,
      @Reference PlanPresenter presenter,
      @Reference ClusterRegistry clusters) {
    this.runner = runner;
    this.presenter = presenter;
    this.clusters = clusters;
  }

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "run",
        "resume",
        "go on with a run that was killed, interrupted or failed",
        "Steps that are done stay done, the others run. Each looks at the state before it acts.",
        List.of(
            new Argument(
                "RUN", "its id; the last one of the cluster when absent", false, false, "run")),
        List.of(),
        List.of(
            new Example("run:resume", "go on with the last run, which stopped"),
            new Example("run:resume --cluster prod", "the same for another cluster")));
  }

  @Override
  public View run(Invocation invocation) {
    String id = invocation.argument("RUN").orElse("");
    ClusterSpec cluster =
        id.isEmpty() || invocation.cluster().isPresent()
            ? clusters.chosen(invocation.cluster())
            : clusters.find(clusterOf(id));
    return presenter.outcome(
        runner.resume(cluster, id, presenter.listener(invocation.talk()), invocation::deadline));
  }

  private String clusterOf(String id) {
    return runner
        .find(id)
        .orElseThrow(() -> new HoraiException(RunErrors.NO_RUN, "no run " + id, "run:list"))
        .cluster();
  }
}
