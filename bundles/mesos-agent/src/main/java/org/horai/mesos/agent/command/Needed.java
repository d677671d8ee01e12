package org.horai.mesos.agent.command;

import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.ClusterRegistry;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.command.Invocation;

/** Services of other bundles that a command cannot do without. */
final class Needed {
  private Needed() {}

  /** The cluster the call is about. */
  static ClusterSpec cluster(ClusterRegistry clusters, Invocation invocation) {
    if (clusters == null) {
      throw new HoraiException(
          CommonErrors.PROVIDER_GONE,
          "no cluster registry is installed",
          "bundle core brings it",
          "start bundle core");
    }
    return clusters.chosen(invocation.cluster());
  }
}
