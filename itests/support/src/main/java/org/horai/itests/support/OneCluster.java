package org.horai.itests.support;

import java.util.List;
import java.util.Optional;
import org.horai.api.cluster.ClusterRegistry;
import org.horai.api.cluster.ClusterSpec;

/** A registry with one cluster, which is selected. */
public record OneCluster(ClusterSpec cluster) implements ClusterRegistry {
  @Override
  public List<ClusterSpec> list() {
    return List.of(cluster);
  }

  @Override
  public Optional<ClusterSpec> current() {
    return Optional.of(cluster);
  }

  @Override
  public ClusterSpec require() {
    return cluster;
  }

  @Override
  public ClusterSpec find(String nameOrFile) {
    return cluster;
  }

  @Override
  public ClusterSpec use(String nameOrFile) {
    return cluster;
  }

  @Override
  public Registration add(ClusterSpec added) {
    return () -> {};
  }
}
