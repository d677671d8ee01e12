package org.horai.marathon.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.horai.api.cluster.ClusterRegistry;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.command.Command;
import org.horai.api.command.CommandName;
import org.horai.api.command.CommandSpec;
import org.horai.api.command.Invocation;
import org.horai.api.command.View;
import org.horai.api.deployer.WaitingReason;
import org.horai.api.deployer.WorkloadDeployer;
import org.horai.api.health.Finding;
import org.horai.api.service.Needed;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** {@code marathon:why}. */
@Component(service = Command.class)
@CommandName(scope = "marathon", function = "why", reads = true)
public final class WhyCommand extends MarathonCommand {
  @Reference WorkloadDeployer deployer;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile ClusterRegistry clusters;

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "marathon",
        "why",
        "tell why an app waits",
        "From Marathon's launch queue where it gives reasons, else computed agent by agent from what"
            + " Mesos has free and from the app's constraints; with back-off, failing health checks"
            + " and deployments that hold the app.",
        List.of(APP),
        List.of(),
        List.of(
            new CommandSpec.Example("marathon:why /chronos", "every reason with what to do"),
            new CommandSpec.Example("marathon:why /chronos -o json", "for a script")));
  }

  @Override
  public View run(Invocation invocation) {
    ClusterSpec cluster = Needed.cluster(() -> clusters, invocation);
    String id = invocation.required("app");
    List<WaitingReason> reasons = deployer.whyWaiting(cluster, id, deadline(invocation));
    List<View.Block> blocks =
        reasons.isEmpty()
            ? List.of(View.Line.of("Nothing holds " + id + " back."))
            : reasons.stream().map(WhyCommand::block).toList();
    List<Map<String, Object>> data = reasons.stream().map(WhyCommand::row).toList();
    return new View(data, reasons.stream().map(WaitingReason::subject).toList(), blocks, 0);
  }

  private static View.Block block(WaitingReason reason) {
    return new View.Found(
        Finding.warning("", reason.subject(), reason.what(), reason.why(), reason.next()));
  }

  private static Map<String, Object> row(WaitingReason reason) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("subject", reason.subject());
    row.put("what", reason.what());
    row.put("why", reason.why());
    row.put("next", reason.next());
    return row;
  }
}
