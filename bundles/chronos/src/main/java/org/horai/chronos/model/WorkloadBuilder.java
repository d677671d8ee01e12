package org.horai.chronos.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.horai.api.cluster.ChronosSpec;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.deployer.WorkloadSpec;
import org.horai.api.jobs.ChronosDialect;
import org.horai.api.jobs.LaunchContext;
import org.horai.api.network.WorkloadAttachment;

/** Makes the Marathon app of a wanted Chronos. */
public final class WorkloadBuilder {
  private WorkloadBuilder() {}

  /**
   * The app: attached to the overlay, one instance per host, checked by {@code /ping}.
   *
   * <p>No over-capacity: with it a new instance would share a host with an old one, because UNIQUE
   * holds within one app version only.
   */
  public static WorkloadSpec build(
      ClusterSpec cluster, ChronosDialect dialect, WorkloadAttachment network) {
    ChronosSpec chronos = cluster.chronos();
    LaunchContext.Launch launch =
        dialect.launch(
            new LaunchContext(
                chronos,
                cluster.zookeeper(),
                cluster.mesos().zkPath(),
                network.addressCommand(),
                network.mastersReachContainers()));
    Map<String, String> environment = new LinkedHashMap<>(launch.environment());
    environment.putAll(network.environment());
    environment.putAll(chronos.environment());
    ChronosSpec.Health health = chronos.health();
    return new WorkloadSpec(
        chronos.appId(),
        chronos.instances(),
        chronos.cpus(),
        chronos.memMiB(),
        launch.command(),
        chronos.image(),
        environment,
        network,
        List.of(chronos.httpPort(), chronos.libprocessPort()),
        new WorkloadSpec.HealthCheck(
            health.path(),
            health.grace(),
            health.interval(),
            health.timeout(),
            health.maxFailures()),
        List.of(List.of("hostname", "UNIQUE")),
        0.5,
        0.0,
        Map.of("horai.cluster", cluster.name()));
  }
}
