package org.horai.recording.client;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.ClusterRegistry;
import org.horai.api.cluster.ClusterSpec;
import org.horai.recording.model.RecordingErrors;

/** The clusters of a recording; the first one is selected, as it was. */
final class PlayedClusters implements ClusterRegistry {
  private final List<ClusterSpec> clusters;
  private final Function<String, HoraiException> unknown;

  PlayedClusters(List<ClusterSpec> clusters, Function<String, HoraiException> unknown) {
    this.clusters = clusters;
    this.unknown = unknown;
  }

  @Override
  public List<ClusterSpec> list() {
    return clusters.stream().sorted(java.util.Comparator.comparing(ClusterSpec::name)).toList();
  }

  @Override
  public Optional<ClusterSpec> current() {
    return clusters.stream().findFirst();
  }

  @Override
  public ClusterSpec require() {
    return current()
        .orElseThrow(
            () ->
                new HoraiException(
                    CommonErrors.NO_CLUSTER,
                    "no cluster was selected when this was recorded",
                    "replay the recorded command"));
  }

  /** By name, or by the file as it was named when recorded, wherever it lay. */
  @Override
  public ClusterSpec find(String nameOrFile) {
    return clusters.stream()
        .filter(cluster -> cluster.name().equals(nameOrFile) || isFile(cluster, nameOrFile))
        .findFirst()
        .orElseThrow(() -> unknown.apply(nameOrFile));
  }

  private static boolean isFile(ClusterSpec cluster, String name) {
    String wanted = name.substring(name.lastIndexOf('/') + 1);
    return cluster.file().filter(file -> file.getFileName().toString().equals(wanted)).isPresent();
  }

  /** Selects nothing beyond the replay. */
  @Override
  public ClusterSpec use(String nameOrFile) {
    return find(nameOrFile);
  }

  @Override
  public Registration add(ClusterSpec cluster) {
    throw new HoraiException(
        RecordingErrors.NO_CHANGE,
        "a replay has the clusters of its recording, cluster " + cluster.name() + " is none",
        "replay the commands behind it one by one, such as horai --replay FILE.zip -c 'chronos:plan'");
  }
}
