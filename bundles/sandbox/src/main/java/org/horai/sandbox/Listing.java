package org.horai.sandbox;

import java.util.Optional;
import org.horai.api.HoraiException;
import org.horai.api.cluster.ClusterRegistry;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.service.Needed;

/**
 * The running sandbox's place among the clusters. It lasts when the registry is replaced: otherwise
 * the commands that follow would silently go to the cluster selected before the sandbox, or to a
 * network that it was moved away from.
 */
final class Listing {
  private volatile ClusterRegistry clusters;
  private ClusterSpec shown;
  private ClusterRegistry.Registration registration;
  private boolean selected;
  private String memory = "";

  /**
   * Makes sure that there is a registry.
   *
   * @throws org.horai.api.HoraiException PROVIDER_GONE
   */
  ClusterRegistry require() {
    return Needed.service("cluster", "core", () -> clusters);
  }

  /** Adds the cluster and selects it. */
  void show(ClusterSpec cluster) {
    ClusterRegistry present = require();
    synchronized (this) {
      shown = cluster;
      selected = true;
      memory = "";
      if (registration == null) {
        registration = (clusters == null ? present : clusters).add(cluster);
      }
    }
  }

  synchronized void hide() {
    shown = null;
    if (registration != null) {
      registration.close();
      registration = null;
    }
  }

  /** A registry came, perhaps in place of another. */
  synchronized void enter(ClusterRegistry fresh) {
    if (clusters != null) {
      leave(clusters);
    }
    clusters = fresh;
    if (shown != null) {
      Optional<String> other = selected ? Optional.empty() : selectedIn(fresh);
      registration = fresh.add(shown, memory);
      other.ifPresent(fresh::use);
    }
  }

  /** The registry goes; nothing of it is kept. */
  synchronized void leave(ClusterRegistry gone) {
    if (clusters != gone) {
      return;
    }
    selected = shown != null && selectedIn(gone).equals(Optional.of(shown.name()));
    memory = shown == null ? "" : gone.memory(shown.name());
    clusters = null;
    registration = null;
  }

  /** Name of the selected cluster; none when its file cannot be read. */
  private static Optional<String> selectedIn(ClusterRegistry registry) {
    try {
      return registry.current().map(ClusterSpec::name);
    } catch (HoraiException e) {
      return Optional.empty();
    }
  }
}
