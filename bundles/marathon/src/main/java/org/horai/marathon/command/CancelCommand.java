package org.horai.marathon.command;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.ClusterRegistry;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.command.Command;
import org.horai.api.command.CommandName;
import org.horai.api.command.CommandSpec;
import org.horai.api.command.Invocation;
import org.horai.api.command.View;
import org.horai.api.deployer.Deployment;
import org.horai.api.deployer.WorkloadDeployer;
import org.horai.api.recording.Tap;
import org.horai.api.service.Needed;
import org.horai.api.time.Deadline;
import org.horai.marathon.model.Waiting;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** {@code marathon:cancel}. */
@Component(service = Command.class)
@CommandName(scope = "marathon", function = "cancel")
public final class CancelCommand extends MarathonCommand {
  @Reference WorkloadDeployer deployer;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile ClusterRegistry clusters;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile Tap tap;

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "marathon",
        "cancel",
        "end a deployment that does not end by itself",
        "A deployment that hangs holds its apps locked against every other change, a mending one, too."
            + " Marathon goes back to what was before, by another deployment: an app that was just"
            + " created goes. With --leave nothing is taken back; the app stays as it is in between"
            + " until the next chronos:apply or chronos:remove.",
        List.of(
            new CommandSpec.Argument(
                "deployment", "its id, from marathon:deployments", true, false, "")),
        List.of(CommandSpec.Option.flag("leave", "take nothing back")),
        List.of(
            new CommandSpec.Example(
                "marathon:cancel 9f364b46-dcd8-44e7-bffb-4955dcb70031 --leave",
                "after a question; then chronos:apply"),
            new CommandSpec.Example(
                "marathon:cancel 9f364b46-dcd8-44e7-bffb-4955dcb70031 --yes",
                "go back to what was before, without a question")));
  }

  @Override
  public View run(Invocation invocation) {
    ClusterSpec cluster = Needed.cluster(() -> clusters, invocation);
    Deadline deadline = deadline(invocation);
    Tap here = Tap.of(tap);
    String id = invocation.required("deployment");
    boolean leave = invocation.flag("leave");
    Deployment found =
        deployer.deployments(cluster, deadline).stream()
            .filter(deployment -> deployment.id().equals(id))
            .findFirst()
            .orElseThrow(
                () ->
                    new HoraiException(
                        CommonErrors.NOT_FOUND,
                        "Marathon works on no deployment " + id,
                        "marathon:deployments"));
    Instant now = here.now("age of deployment " + id);
    invocation
        .talk()
        .confirm(
            "End deployment "
                + id
                + " ("
                + Waiting.inWords(found, now)
                + ") and "
                + (leave ? "leave things as they are?" : "go back to what was before?"));
    here.change("end deployment " + id);
    deployer.cancel(cluster, id, leave, deadline);
    String apps = String.join(", ", found.apps());
    return View.of(
        Map.of("deployment", id, "apps", found.apps(), "left", leave),
        View.Line.of(
            leave
                ? "It no longer holds " + apps + ". Next: chronos:apply, or chronos:remove"
                : "Marathon takes " + apps + " back. Next: marathon:deployments"));
  }
}
