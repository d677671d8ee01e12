package org.horai.core.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.horai.api.cluster.ClusterSpec;
import org.horai.core.cluster.client.ClusterReader;
import org.horai.core.cluster.client.RememberedClusters;
import org.horai.core.cluster.model.KnownClusters;
import org.horai.core.cluster.model.Origin;

/** Real registries and cluster files in a folder of a test. */
public final class TestClusters {
  public static final String LAB =
      """
      name: lab
      hosts:
        m1: {address: 10.0.0.1, roles: [master]}
        a1: {address: 10.0.0.2, roles: [agent]}
        a2: {address: 10.0.0.3, roles: [agent]}
      """;

  private TestClusters() {}

  public static KnownClusters registry(Path folder) {
    return new RememberedClusters(
        folder.resolve("state"), new ClusterReader(new Origin(folder, "op")));
  }

  /** A registry with one cluster file, selected. */
  public static KnownClusters using(Path folder, String text) {
    KnownClusters clusters = registry(folder);
    clusters.use(write(folder, "lab.yaml", text).toString());
    return clusters;
  }

  public static ClusterSpec read(Path folder, String text) {
    return new ClusterReader(new Origin(folder, "op")).read(write(folder, "spec.yaml", text));
  }

  public static Path write(Path folder, String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
