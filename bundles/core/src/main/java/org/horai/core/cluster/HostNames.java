package org.horai.core.cluster;

import java.util.List;
import org.horai.api.HoraiException;
import org.horai.api.cluster.ClusterRegistry;
import org.horai.api.cluster.Host;
import org.horai.api.command.CompletionSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Offers the hosts of the selected cluster. */
@Component
public final class HostNames implements CompletionSource {
  private final ClusterRegistry clusters;

  @Activate
  public HostNames(@Reference ClusterRegistry clusters) {
    this.clusters = clusters;
  }

  @Override
  public String kind() {
    return "host";
  }

  @Override
  public List<String> candidates() {
    try {
      return clusters.current().stream()
          .flatMap(cluster -> cluster.inventory().hosts().stream())
          .map(Host::name)
          .toList();
    } catch (HoraiException e) {
      // a broken cluster file is told by commands, not while completing
      return List.of();
    }
  }
}
