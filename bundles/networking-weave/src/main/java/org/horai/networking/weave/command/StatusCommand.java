package org.horai.networking.weave.command;

import java.time.Duration;
import java.util.ArrayList;
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
import org.horai.api.host.HostInspector;
import org.horai.api.network.OverlayHealth;
import org.horai.api.network.OverlayView;
import org.horai.api.service.Needed;
import org.horai.networking.weave.WeaveProvider;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** {@code weave:status}. */
@Component
@CommandName(scope = "weave", function = "status", reads = true)
public final class StatusCommand implements Command {
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile ClusterRegistry clusters;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile HostInspector hosts;

  private final WeaveProvider weave = new WeaveProvider("");

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "weave",
        "status",
        "show every peer of the Weave network",
        "Asks all hosts at the same time, one exec each.",
        List.of(),
        List.of(),
        List.of(
            new CommandSpec.Example("weave:status", "of the selected cluster"),
            new CommandSpec.Example("weave:status -o json", "for scripts")));
  }

  @Override
  public View run(Invocation invocation) {
    ClusterSpec cluster = Needed.cluster(() -> clusters, invocation);
    HostInspector inspector = Needed.service("host", "core", () -> hosts);
    OverlayView now =
        new OverlayView(
            inspector.inspect(
                cluster,
                weave.probes(cluster.overlay()),
                invocation.deadline(Duration.ofSeconds(60))));
    OverlayHealth health = weave.observe(cluster.overlay(), now);
    List<Map<String, Object>> rows = new ArrayList<>();
    for (OverlayHealth.PeerHealth peer : health.peers()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("host", peer.host());
      row.put("state", peer.state());
      row.put("connections", peer.connections());
      row.put("expected", peer.expected());
      row.put("exposed", peer.exposed());
      row.put("note", peer.note());
      rows.add(row);
    }
    return View.listing(
        new View.Table(
            List.of(
                View.Column.of("host", "HOST"),
                View.Column.of("state", "ROUTER"),
                View.Column.number("connections", "CONNECTED"),
                View.Column.number("expected", "OF"),
                View.Column.of("exposed", "ADDRESS"),
                View.Column.of("note", "NOTE")),
            rows,
            "The cluster has no hosts."));
  }
}
