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

  /** Which network was chosen for a cluster besides its file. */
  NetworkChoice network(String cluster);

  /** Chooses; for a cluster with a file it is remembered, for a live one it ends with it. */
  void choose(String cluster, NetworkChoice choice);

  /**
   * The network of a cluster.
   *
   * @param provider the one in use, or "" for the file's own choice
   * @param other the one that a move goes to and has not yet reached, or ""
   */
  record NetworkChoice(String provider, String other) {
    /** What holds while nothing was chosen. */
    public static final NetworkChoice FILE = new NetworkChoice("", "");
  }

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
