package org.horai.chronos.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.ClusterSnapshot;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.cluster.FrameworkInfo;
import org.horai.api.command.Command;
import org.horai.api.command.CommandName;
import org.horai.api.command.CommandSpec;
import org.horai.api.command.Invocation;
import org.horai.api.command.View;
import org.horai.api.plan.Phase;
import org.horai.api.plan.PlanRequest;
import org.horai.api.time.Deadline;
import org.horai.chronos.ChronosServices;
import org.horai.chronos.flow.ChronosAccess;
import org.horai.chronos.model.Dying;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code chronos:restart}. */
@Component
@CommandName(scope = "chronos", function = "restart")
public final class RestartCommand implements Command {
  private static final Set<Phase> PHASES = Set.of(Phase.WORKLOAD, Phase.VERIFY);

  @Reference private ChronosServices services;

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "chronos",
        "restart",
        "restart Chronos with its jobs kept, or purge it and start anew",
        "--maintain keeps framework and jobs: one instance after the other (--rolling, the default) or"
            + " all at once (--stop-start); it is refused while the overlay is not healthy. --purge backs the jobs up, ends the app, tears the"
            + " framework down, removes its records from ZooKeeper and deploys a new one without jobs;"
            + " the framework is found by name and stored id and shown before anything is asked.",
        List.of(
            new CommandSpec.Argument(
                "framework",
                "with --purge: the id that must be the one found",
                false,
                false,
                "chronos-framework")),
        List.of(
            CommandSpec.Option.flag("maintain", "keep framework and jobs"),
            CommandSpec.Option.flag("rolling", "followers first, leader last, never two down"),
            CommandSpec.Option.flag("stop-start", "end all instances, then start all"),
            CommandSpec.Option.flag("purge", "end framework and jobs, start anew")),
        List.of(
            new CommandSpec.Example("chronos:restart --maintain", "one instance after the other"),
            new CommandSpec.Example(
                "chronos:restart --purge --yes", "start anew without jobs; they are backed up")));
  }

  @Override
  public View run(Invocation invocation) {
    refuseContradictions(invocation);
    ClusterSpec cluster = services.cluster(invocation);
    if (invocation.flag("purge")) {
      return purge(invocation, cluster);
    }
    String mode = invocation.flag("stop-start") ? "stop-start" : "rolling";
    return services
        .flow()
        .apply(
            new PlanRequest(cluster, "chronos.restart", PHASES, Map.of("mode", mode)),
            invocation,
            "Restart Chronos of " + cluster.name() + " (" + mode + ")?");
  }

  private static void refuseContradictions(Invocation invocation) {
    boolean maintain = invocation.flag("maintain");
    boolean purge = invocation.flag("purge");
    if (maintain == purge) {
      throw usage(
          maintain
              ? "--maintain keeps what --purge ends"
              : "say what to do with framework and jobs",
          "chronos:restart --maintain, or chronos:restart --purge");
    }
    if (purge && (invocation.flag("rolling") || invocation.flag("stop-start"))) {
      throw usage("a purge ends all instances at once", "leave --rolling and --stop-start out");
    }
    if (invocation.flag("rolling") && invocation.flag("stop-start")) {
      throw usage("--rolling and --stop-start exclude each other", "choose one");
    }
    if (maintain && invocation.argument("framework").isPresent()) {
      throw usage("--maintain takes no framework id, the id is kept", "leave it out");
    }
  }

  /** What ends is told before the plan; then the framework's name is the one thing asked for. */
  private View purge(Invocation invocation, ClusterSpec cluster) {
    Map<String, String> options = new TreeMap<>(Map.of("redeploy", "true"));
    String asked = invocation.argument("framework").orElse("");
    if (!asked.isEmpty()) {
      options.put("frameworkId", asked);
    }
    ChronosAccess chronos = services.open(cluster);
    Deadline soon = invocation.deadline(Duration.ofMinutes(1));
    Optional<String> stored = chronos.storedFrameworkId(soon);
    List<String> jobs = chronos.storedJobs(soon);
    String name = cluster.chronos().frameworkName();
    ClusterSnapshot mesos = chronos.services().masters().snapshot(cluster, soon);
    List<FrameworkInfo> dying = Dying.of(name, mesos, stored, asked);
    ending(cluster, dying, stored, jobs).forEach(invocation.talk()::say);
    return services
        .flow()
        .applyTyped(
            new PlanRequest(cluster, "chronos.purge", PHASES, options),
            invocation,
            name,
            "This ends framework \"" + name + "\" of " + cluster.name() + " for good.");
  }

  private static List<String> ending(
      ClusterSpec cluster, List<FrameworkInfo> dying, Optional<String> stored, List<String> jobs) {
    List<String> lines = new ArrayList<>(List.of("This ends for good:"));
    for (FrameworkInfo framework : dying) {
      String tasks = count(framework.tasks().size(), "task");
      lines.add("  framework \"" + framework.name() + "\" " + framework.id() + " with " + tasks);
    }
    stored
        .filter(id -> dying.stream().noneMatch(f -> f.id().equals(id)))
        .ifPresent(id -> lines.add("  the stored framework id " + id));
    String path = cluster.chronos().zkPath();
    lines.add("  " + count(jobs.size(), "job") + " below " + path + " (backed up first)");
    return lines;
  }

  private static String count(int number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }

  private static HoraiException usage(String what, String next) {
    return new HoraiException(CommonErrors.USAGE, what, next);
  }
}
