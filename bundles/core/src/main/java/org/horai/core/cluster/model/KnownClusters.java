package org.horai.core.cluster.model;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.horai.api.cluster.ClusterRegistry;
import org.horai.api.cluster.ClusterSpec;

/** What the cluster commands need besides the registry: broken files too, and the last checks. */
public interface KnownClusters extends ClusterRegistry {
  /** All known clusters sorted by name, those with a broken or missing file included. */
  List<Known> known();

  /** Remembers how the doctor found a cluster. */
  void checked(String cluster, Checked result);

  /**
   * A cluster that was used before, or is live.
   *
   * @param file empty for a live cluster
   * @param spec empty when the file cannot be read
   * @param problem why it cannot be read
   */
  record Known(
      String name,
      Optional<Path> file,
      boolean selected,
      Optional<ClusterSpec> spec,
      Optional<String> problem,
      Optional<Checked> checked) {}

  /**
   * What the doctor found, and when.
   *
   * @param state healthy, warnings or broken
   */
  record Checked(String state, Instant at) {}
}
