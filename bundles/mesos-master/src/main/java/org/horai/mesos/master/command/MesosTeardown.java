package org.horai.mesos.master.command;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.ClassifiedFramework;
import org.horai.api.cluster.ClusterMaster;
import org.horai.api.cluster.ClusterRegistry;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.cluster.FrameworkInfo;
import org.horai.api.cluster.FrameworkKind;
import org.horai.api.cluster.TaskInfo;
import org.horai.api.command.Command;
import org.horai.api.command.CommandName;
import org.horai.api.command.CommandSpec;
import org.horai.api.command.CommandSpec.Argument;
import org.horai.api.command.CommandSpec.Example;
import org.horai.api.command.CommandSpec.Option;
import org.horai.api.command.Invocation;
import org.horai.api.command.View;
import org.horai.api.service.Needed;
import org.horai.api.time.Deadline;
import org.horai.mesos.master.model.MesosErrors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Tears a framework down, after showing what dies. */
@Component(service = Command.class)
@CommandName(scope = "mesos", function = "teardown")
public final class MesosTeardown implements Command {
  private static final int SHOWN = 10;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile ClusterRegistry clusters;

  private final ClusterMaster masters;

  @Activate
  public MesosTeardown(@Reference ClusterMaster masters) {
    this.masters = masters;
  }

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "mesos",
        "teardown",
        "kill a framework with all its tasks and forbid its id",
        "Shows the tasks that die and asks for the framework's name. Frameworks that are not Chronos"
            + " are refused unless --force-foreign is given. A Chronos that runs is left alive"
            + " without a framework: chronos:restart --purge keeps the safe order.",
        List.of(new Argument("framework", "its id or name", true, false, "framework")),
        List.of(
            Option.flag(
                "force-foreign", "allow a framework that is not Chronos, such as Marathon")),
        List.of(
            new Example("mesos:teardown chronos", "by name, when only one has it"),
            new Example(
                "mesos:teardown 2e88dd76-b433-433e-88b6-6457da97db80-0001 --yes",
                "by id, without a question")));
  }

  @Override
  public View run(Invocation invocation) {
    ClusterSpec cluster = Needed.cluster(() -> clusters, invocation);
    String wanted = invocation.required("framework");
    Deadline deadline = invocation.deadline(Duration.ofMinutes(1));
    ClassifiedFramework found = find(masters.frameworks(cluster, deadline), wanted);
    FrameworkInfo framework = found.framework();
    if (framework.completed()) {
      return done(framework, false, "framework " + framework.id() + " was torn down before");
    }
    if (found.kind() == FrameworkKind.STRANGER && !invocation.flag("force-foreign")) {
      throw new HoraiException(
          MesosErrors.FOREIGN,
          "will not tear down " + framework.name() + " (" + framework.id() + ")",
          found.why() + "; its " + framework.tasks().size() + " tasks would die",
          "mesos:frameworks; --force-foreign if it is really meant");
    }
    show(invocation, found);
    invocation
        .talk()
        .confirmByTyping(
            framework.name(),
            "This kills "
                + framework.name()
                + " with its "
                + framework.tasks().size()
                + " tasks in cluster "
                + cluster.name()
                + ".");
    masters.teardown(cluster, framework.id(), deadline);
    return done(framework, true, "framework " + framework.id() + " is torn down");
  }

  private static ClassifiedFramework find(List<ClassifiedFramework> all, String wanted) {
    List<ClassifiedFramework> byId =
        all.stream().filter(f -> f.framework().id().equals(wanted)).toList();
    List<ClassifiedFramework> found =
        byId.isEmpty()
            ? all.stream().filter(f -> f.framework().name().equals(wanted)).toList()
            : byId;
    if (found.isEmpty()) {
      throw new HoraiException(
          CommonErrors.NOT_FOUND, "there is no framework " + wanted, "mesos:frameworks");
    }
    if (found.size() > 1) {
      throw new HoraiException(
          CommonErrors.USAGE,
          found.size() + " frameworks are named " + wanted,
          String.join(", ", found.stream().map(f -> f.framework().id()).toList()),
          "name one by its id");
    }
    return found.get(0);
  }

  private static void show(Invocation invocation, ClassifiedFramework found) {
    FrameworkInfo framework = found.framework();
    invocation
        .talk()
        .say(framework.name() + " " + framework.id() + " (" + found.why() + ") holds:");
    framework.tasks().stream()
        .limit(SHOWN)
        .map(task -> "  " + task.id() + "  " + task.state())
        .forEach(invocation.talk()::say);
    if (framework.tasks().size() > SHOWN) {
      invocation.talk().say("  and " + (framework.tasks().size() - SHOWN) + " more tasks");
    }
    if (found.kind() == FrameworkKind.LIVE && framework.active()) {
      invocation
          .talk()
          .warn("it is alive: its scheduler goes on without a framework until it is restarted");
    }
  }

  private static View done(FrameworkInfo framework, boolean changed, String line) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("id", framework.id());
    data.put("name", framework.name());
    data.put("changed", changed);
    data.put(
        "tasksKilled", changed ? framework.tasks().stream().map(TaskInfo::id).toList() : List.of());
    return View.of(data, new View.Mark(View.Style.GOOD, line, ""));
  }
}
