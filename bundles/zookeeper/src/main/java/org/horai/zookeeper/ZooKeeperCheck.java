package org.horai.zookeeper;

import java.util.List;
import java.util.Set;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.coordination.CoordinationStore;
import org.horai.api.health.Finding;
import org.horai.api.health.HealthCheck;
import org.horai.api.time.Deadline;
import org.horai.zookeeper.model.EnsembleFindings;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Looks at every server of the ensemble. */
@Component
public final class ZooKeeperCheck implements HealthCheck {
  private final CoordinationStore store;

  @Activate
  public ZooKeeperCheck(@Reference CoordinationStore store) {
    this.store = store;
  }

  @Override
  public String name() {
    return "zookeeper";
  }

  @Override
  public Set<String> tags() {
    return Set.of("preflight", "zookeeper");
  }

  @Override
  public List<Finding> check(ClusterSpec cluster, Deadline deadline) {
    return EnsembleFindings.of(store.health(cluster.zookeeper(), deadline));
  }
}
