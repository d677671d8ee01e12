package org.horai.recording.client;

import java.util.List;
import java.util.Optional;
import org.horai.api.cluster.ChronosChoice;
import org.horai.api.cluster.ClusterRegistry;
import org.horai.api.cluster.ClusterSpec;

/** The clusters of this machine; those that are worked on are kept. */
final class RecordedClusters implements ClusterRegistry {
  private final ClusterRegistry wire;
  private final Recording recording;

  RecordedClusters(ClusterRegistry wire, Recording recording) {
    this.wire = wire;
    this.recording = recording;
  }

  @Override
  public List<ClusterSpec> list() {
    return wire.list();
  }

  @Override
  public Optional<ClusterSpec> current() {
    return wire.current().map(recording::cluster);
  }

  @Override
  public ClusterSpec require() {
    return recording.cluster(wire.require());
  }

  @Override
  public ClusterSpec find(String nameOrFile) {
    return recording.cluster(wire.find(nameOrFile));
  }

  @Override
  public ClusterSpec use(String nameOrFile) {
    return recording.cluster(wire.use(nameOrFile));
  }

  @Override
  public Registration add(ClusterSpec cluster) {
    return wire.add(cluster);
  }

  @Override
  public ChronosChoice chronos(String cluster) {
    return wire.chronos(cluster);
  }

  @Override
  public void choose(String cluster, ChronosChoice choice) {
    wire.choose(cluster, choice);
  }
}
