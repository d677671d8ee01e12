package org.horai.api.health;

import java.time.Instant;
import java.util.Optional;

/**
 * The one-glance health of clusters, shown in the prompt. Answers from memory at once, never
 * blocks, never throws; looking at the cluster happens elsewhere.
 */
public interface ClusterHealthLight {
  /** What was seen last of the cluster of this name; empty when it was never looked at. */
  Optional<Light> light(String cluster);

  /**
   * What was seen.
   *
   * @param instances healthy and wanted instances as {@code 3/3}, or "" while nothing is deployed
   * @param asOf when it was seen; older than a minute counts as unknown
   */
  record Light(State state, String instances, Instant asOf) {}

  /** The colour of the light. */
  enum State {
    FINE,
    WARNING,
    BROKEN,
    UNKNOWN
  }
}
