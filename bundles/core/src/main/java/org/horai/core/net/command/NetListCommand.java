package org.horai.core.net.command;

import java.util.List;
import java.util.Optional;
import org.horai.api.HoraiException;
import org.horai.api.command.Command;
import org.horai.api.command.CommandName;
import org.horai.api.command.CommandSpec;
import org.horai.api.command.CommandSpec.Example;
import org.horai.api.command.Invocation;
import org.horai.api.command.View;
import org.horai.core.cluster.model.KnownClusters;
import org.horai.core.net.model.InstalledProviders;
import org.horai.core.net.model.NetViews;
import org.horai.core.net.model.Selection;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Lists the overlay providers. */
@Component
@CommandName(scope = "net", function = "list", reads = true)
public final class NetListCommand implements Command {
  private final InstalledProviders providers;
  private final KnownClusters clusters;

  @Activate
  public NetListCommand(
      @Reference InstalledProviders providers, @Reference KnownClusters clusters) {
    this.providers = providers;
    this.clusters = clusters;
  }

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "net",
        "list",
        "list the installed overlay providers",
        "A provider comes with its bundle: drop a jar into deploy/ and it is listed here. The one the"
            + " selected cluster wants is marked; of two bundles with the same provider the newer one"
            + " is used.",
        List.of(),
        List.of(),
        List.of(
            new Example("net:list", "all providers"),
            new Example("net:list -o wide", "with the options each understands")));
  }

  @Override
  public View run(Invocation invocation) {
    return NetViews.list(providers.installed(), selected(invocation.cluster()));
  }

  private Optional<Selection> selected(Optional<String> named) {
    try {
      return named.map(clusters::find).or(clusters::current).stream()
          .map(cluster -> Selection.of(cluster, clusters.network(cluster.name())))
          .findFirst();
    } catch (HoraiException e) {
      if (named.isPresent()) {
        throw e;
      }
      return Optional.empty();
    }
  }
}
