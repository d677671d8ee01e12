package org.horai.core.cluster;

import java.util.List;
import org.horai.api.command.CompletionSource;
import org.horai.core.cluster.model.KnownClusters;
import org.horai.core.cluster.model.KnownClusters.Known;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Offers the names of the known clusters. */
@Component
public final class ClusterNames implements CompletionSource {
  private final KnownClusters clusters;

  @Activate
  public ClusterNames(@Reference KnownClusters clusters) {
    this.clusters = clusters;
  }

  @Override
  public String kind() {
    return "cluster";
  }

  @Override
  public List<String> candidates() {
    return clusters.known().stream().map(Known::name).toList();
  }
}
