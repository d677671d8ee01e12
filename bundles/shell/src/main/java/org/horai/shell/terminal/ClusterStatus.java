package org.horai.shell.terminal;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.horai.api.HoraiException;
import org.horai.api.cluster.ClusterRegistry;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.health.ClusterHealthLight;

/** What the prompt shows of the selected cluster. Answers from memory and one small file. */
public final class ClusterStatus {
  private final Supplier<Optional<ClusterRegistry>> clusters;
  private final Function<String, Optional<ClusterHealthLight.Light>> lights;

  public ClusterStatus(
      Supplier<Optional<ClusterRegistry>> clusters,
      Function<String, Optional<ClusterHealthLight.Light>> lights) {
    this.clusters = clusters;
    this.lights = lights;
  }

  Prompt.Status now() {
    try {
      return clusters
          .get()
          .flatMap(ClusterRegistry::current)
          .map(this::of)
          .orElse(Prompt.Status.NONE);
    } catch (HoraiException e) {
      // a cluster file that cannot be read now is told by the next command, not by the prompt
      return Prompt.Status.NONE;
    }
  }

  private Prompt.Status of(ClusterSpec cluster) {
    return new Prompt.Status(
        Optional.of(cluster.name()), cluster.production(), lights.apply(cluster.name()));
  }
}
