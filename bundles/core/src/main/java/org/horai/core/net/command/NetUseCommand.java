package org.horai.core.net.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.command.Command;
import org.horai.api.command.CommandName;
import org.horai.api.command.CommandSpec;
import org.horai.api.command.CommandSpec.Argument;
import org.horai.api.command.CommandSpec.Example;
import org.horai.api.command.Invocation;
import org.horai.api.command.View;
import org.horai.core.cluster.model.KnownClusters;
import org.horai.core.cluster.model.KnownClusters.NetworkChoice;
import org.horai.core.net.model.InstalledProviders;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Selects the network of a cluster. */
@Component
@CommandName(scope = "net", function = "use")
public final class NetUseCommand implements Command {
  private final KnownClusters clusters;
  private final InstalledProviders providers;

  @Activate
  public NetUseCommand(@Reference KnownClusters clusters, @Reference InstalledProviders providers) {
    this.clusters = clusters;
    this.providers = providers;
  }

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "net",
        "use",
        "select the overlay provider of a cluster",
        "The cluster file is yours and is not written: the choice is remembered in the state folder"
            + " and wins over overlay.provider until the file's own provider is selected again."
            + " Range, subnet and options come from overlays.PROVIDER of the file, else range and"
            + " subnet from overlay. Nothing is changed on the hosts; net:migrate moves a running"
            + " Chronos.",
        List.of(new Argument("provider", "id of an installed provider", true, false, "provider")),
        List.of(),
        List.of(
            new Example("net:use static", "for the selected cluster"),
            new Example("net:use weave --cluster prod", "for another one")));
  }

  @Override
  public View run(Invocation invocation) {
    ClusterSpec cluster = clusters.chosen(invocation.cluster());
    String provider = invocation.required("provider");
    NetworkChoice before = clusters.network(cluster.name());
    if (!before.other().isEmpty()) {
      throw new HoraiException(
          CommonErrors.REFUSED,
          cluster.name() + " is on its way to " + before.other(),
          "its workloads may be on either network",
          "run:resume, or net:migrate --back");
    }
    ClusterSpec on = cluster.on(cluster.network(provider));
    // Asked for its opinion, so that an impossible network is refused here and not at the hosts.
    providers.named(provider).probes(on.overlay());
    String file = cluster.overlays().get(0).provider();
    clusters.choose(
        cluster.name(),
        provider.equals(file) ? NetworkChoice.FILE : new NetworkChoice(provider, ""));
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("cluster", cluster.name());
    data.put("provider", provider);
    data.put("before", cluster.overlay().provider());
    data.put("range", on.overlay().range());
    data.put("subnet", on.overlay().subnet());
    return View.of(
        data,
        View.Line.of(
            cluster.name()
                + " uses "
                + provider
                + ", subnet "
                + on.overlay().subnet()
                + (provider.equals(file) ? "" : "; the cluster file says " + file)
                + ". Next: net:plan, or chronos:plan"));
  }
}
