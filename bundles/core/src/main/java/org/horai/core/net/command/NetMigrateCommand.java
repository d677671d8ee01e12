package org.horai.core.net.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.command.Command;
import org.horai.api.command.CommandName;
import org.horai.api.command.CommandSpec;
import org.horai.api.command.CommandSpec.Example;
import org.horai.api.command.CommandSpec.Option;
import org.horai.api.command.Invocation;
import org.horai.api.command.View;
import org.horai.api.plan.Phase;
import org.horai.api.plan.PlanFlow;
import org.horai.api.plan.PlanRequest;
import org.horai.core.cluster.model.KnownClusters;
import org.horai.core.net.model.InstalledProviders;
import org.horai.core.net.model.Move;
import org.horai.core.net.model.NetErrors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Moves a cluster to another network. */
@Component
@CommandName(scope = "net", function = "migrate")
public final class NetMigrateCommand implements Command {
  private static final Set<Phase> PHASES =
      Set.of(Phase.OVERLAY, Phase.AGENTS, Phase.WORKLOAD, Phase.VERIFY);

  private final KnownClusters clusters;
  private final InstalledProviders providers;
  private final PlanFlow flow;

  @Activate
  public NetMigrateCommand(
      @Reference KnownClusters clusters,
      @Reference InstalledProviders providers,
      @Reference PlanFlow flow) {
    this.clusters = clusters;
    this.providers = providers;
    this.flow = flow;
  }

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "net",
        "migrate",
        "move a running Chronos to another overlay, host by host",
        "The second network is raised beside the first. Then agents and instances go over one by one,"
            + " followers first and the leader last: first onto both networks, then onto the second"
            + " alone, so that each instance reaches every other at any time. Every pair is checked"
            + " in between. At the end the first network is removed and the second is selected. The"
            + " report says the longest gap of the API and the missed runs. A move that stopped goes"
            + " on with run:resume, or returns with --back.",
        List.of(),
        List.of(
            new Option(
                "to",
                "",
                Optional.of("PROVIDER"),
                "where to; described below overlays.PROVIDER of the cluster file",
                "",
                List.of(),
                "provider"),
            Option.flag("back", "return from a move that did not end"),
            Option.flag("dry-run", "show the plan only")),
        List.of(
            new Example("net:migrate --to static --dry-run", "the plan"),
            new Example("net:migrate --to static --yes", "move without a question"),
            new Example("net:migrate --back", "return from a move that stopped")));
  }

  @Override
  public View run(Invocation invocation) {
    ClusterSpec cluster = clusters.chosen(invocation.cluster());
    PlanRequest request = request(cluster, invocation);
    if (invocation.flag("dry-run")) {
      return flow.planOnly(request, Optional.empty(), false, invocation);
    }
    String to = request.option("to", "");
    View view = flow.apply(request, invocation, "Move " + cluster.name() + " to " + to + "?");
    if (view.exitCode() == 0 || clusters.network(cluster.name()).other().isEmpty()) {
      return view;
    }
    List<View.Block> blocks = new ArrayList<>(view.blocks());
    blocks.add(View.Line.of("Or turn back: net:migrate --back"));
    return new View(view.data(), view.names(), blocks, view.exitCode());
  }

  private PlanRequest request(ClusterSpec cluster, Invocation invocation) {
    String used = cluster.overlay().provider();
    String other = clusters.network(cluster.name()).other();
    Optional<String> to = invocation.option("to").filter(text -> !text.isEmpty());
    if (to.isPresent() == invocation.flag("back")) {
      throw new HoraiException(
          CommonErrors.USAGE, "say where to", "net:migrate --to PROVIDER, or net:migrate --back");
    }
    if (other.isEmpty() && to.orElse(used).equals(used)) {
      throw new HoraiException(
          NetErrors.NO_MOVE,
          to.isPresent()
              ? cluster.name() + " uses " + used + " already"
              : "no move of " + cluster.name() + " is unfinished",
          "net:migrate --to PROVIDER; net:list shows the providers");
    }
    String target = to.orElse(used);
    providers.named(target);
    String from = target.equals(used) ? other : used;
    return new PlanRequest(cluster, Move.GOAL, PHASES, Map.of("from", from, "to", target));
  }
}
