package org.horai.core.plan.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.horai.api.CommonErrors;
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
import org.horai.api.command.View.Column;
import org.horai.api.command.View.Table;
import org.horai.api.host.ResourceState;
import org.horai.core.plan.JournaledPlanRunner;
import org.horai.core.plan.model.RunErrors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** run:undo. */
@Component(service = Command.class)
@CommandName(scope = "run", function = "undo")
public final class RunUndo implements Command {
  private final JournaledPlanRunner runner;
  private final ClusterRegistry clusters;

  @Activate
  public RunUndo(@Reference JournaledPlanRunner runner, @Reference ClusterRegistry clusters) {
    this.runner = runner;
    this.clusters = clusters;
  }

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "run",
        "undo",
        "put back what a run changed on the hosts",
        "Files, folders, modes, owners and kernel parameters become what they were, and services"
            + " run and start at boot as before. What somebody changed since is left alone."
            + " Services are not restarted, packages stay, and what commands did, or was done in"
            + " Marathon, Mesos or ZooKeeper, is not undone.",
        List.of(new Argument("RUN", "its id", true, false, "run")),
        List.of(),
        List.of(
            new Example("run:undo r-20261123-0907-ab3", "put back what that run changed"),
            new Example("run:undo r-20261123-0907-ab3 --yes", "the same without a question")));
  }

  @Override
  public View run(Invocation invocation) {
    String id = invocation.required("RUN");
    String name =
        runner
            .find(id)
            .orElseThrow(() -> new HoraiException(RunErrors.NO_RUN, "no run " + id, "run:list"))
            .cluster();
    ClusterSpec cluster = clusters.find(name);
    invocation.talk().confirm("Put back what " + id + " changed on the hosts of " + name + "?");
    return view(id, runner.undo(cluster, id, invocation.talk()::say, invocation::deadline));
  }

  private static View view(String id, Map<String, List<ResourceState>> restored) {
    List<Map<String, Object>> rows = new ArrayList<>();
    restored.forEach((host, states) -> states.forEach(state -> rows.add(row(host, state))));
    boolean failed =
        restored.values().stream()
            .flatMap(List::stream)
            .anyMatch(state -> state.status() == ResourceState.Status.FAILED);
    return View.listing(
            new Table(
                List.of(
                    Column.of("host", "HOST"),
                    Column.of("status", "STATUS"),
                    Column.of("file", "FILE")),
                rows,
                "Nothing is kept for undo of " + id + ". run:show " + id + " tells what it did."))
        .withExitCode(failed ? CommonErrors.FAILED.category().exitCode() : 0);
  }

  private static Map<String, Object> row(String host, ResourceState state) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("host", host);
    row.put("status", state.status().name().toLowerCase(Locale.ROOT));
    row.put("file", state.detail());
    return row;
  }
}
