package org.horai.core.plan.model;

import java.util.LinkedHashMap;
import java.util.Map;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.plan.Step.ActionStep;

/**
 * The network a step is meant for. In a plan that moves a cluster from one network to another some
 * steps see it on both, some on the other one; they say so in two arguments, so that a resumed run
 * knows as well.
 */
public final class StepCluster {
  private static final String OVERLAY = "overlay";
  private static final String BESIDE = "beside";

  private StepCluster() {}

  /** The step, meant for the network that the cluster is on. */
  public static ActionStep on(ClusterSpec cluster, ActionStep step) {
    Map<String, Object> arguments = new LinkedHashMap<>(step.arguments());
    arguments.put(OVERLAY, cluster.overlay().provider());
    cluster.beside().ifPresent(second -> arguments.put(BESIDE, second.provider()));
    return new ActionStep(
        step.id(),
        step.title(),
        step.where(),
        step.change(),
        step.disruptive(),
        step.reason(),
        step.action(),
        arguments,
        step.limit());
  }

  /** The cluster as the step means it. */
  public static ClusterSpec of(ClusterSpec cluster, Map<String, Object> arguments) {
    if (!(arguments.get(OVERLAY) instanceof String main)) {
      return cluster;
    }
    return arguments.get(BESIDE) instanceof String second
        ? cluster.on(cluster.network(main), cluster.network(second))
        : cluster.on(cluster.network(main));
  }
}
