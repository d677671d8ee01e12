package org.horai.core.net.model;

import org.horai.api.cluster.ClusterSpec;
import org.horai.core.cluster.model.KnownClusters.NetworkChoice;

/** Which network a cluster uses, and why. */
public record Selection(String provider, String file, NetworkChoice choice) {
  public static Selection of(ClusterSpec cluster, NetworkChoice choice) {
    return new Selection(
        cluster.overlay().provider(), cluster.overlays().get(0).provider(), choice);
  }

  /** {@code net:use} or {@code cluster file}. */
  public String by() {
    return choice.provider().isEmpty() ? "cluster file" : "net:use";
  }

  /** The reason in a sentence; "" when the file alone decides and nothing moves. */
  public String why() {
    String chosen =
        choice.provider().isEmpty() || provider.equals(file)
            ? ""
            : provider
                + " was chosen by net:use or net:migrate; the cluster file says "
                + file
                + ".";
    String moving =
        choice.other().isEmpty()
            ? ""
            : "A move to " + choice.other() + " has not ended: run:resume, or net:migrate --back.";
    return (chosen + " " + moving).strip();
  }
}
