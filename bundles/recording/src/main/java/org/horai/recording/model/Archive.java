package org.horai.recording.model;

import java.util.List;
import java.util.Map;
import org.horai.api.cluster.ClusterSpec;

/**
 * All that is in a recording.
 *
 * @param clusters the one worked on first
 * @param texts further files by name: cluster files, outputs
 */
public record Archive(
    Manifest manifest,
    List<ClusterSpec> clusters,
    List<Exchange> exchanges,
    Map<String, String> texts) {
  public Archive {
    clusters = List.copyOf(clusters);
    exchanges = List.copyOf(exchanges);
    texts = Map.copyOf(texts);
  }
}
