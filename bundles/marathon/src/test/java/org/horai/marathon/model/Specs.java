package org.horai.marathon.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.horai.api.deployer.WorkloadSpec;
import org.horai.api.network.WorkloadAttachment;
import org.horai.api.network.WorkloadAttachment.Mode;

/** Workloads for tests. */
public final class Specs {
  private Specs() {}

  public static WorkloadSpec chronos() {
    return on(Mode.BRIDGE, Optional.empty());
  }

  static WorkloadSpec on(Mode mode, Optional<String> network) {
    return on(mode, network, true);
  }

  static WorkloadSpec on(Mode mode, Optional<String> network, boolean mastersReach) {
    return new WorkloadSpec(
        "/chronos",
        3,
        0.5,
        1024,
        "exec chronos --http_port 4400",
        "mesosphere/chronos:v3.0.2",
        Map.of("JAVA_OPTS", "-Xmx512m"),
        new WorkloadAttachment(
            Map.of("WEAVE_CIDR", "net:10.32.1.0/24"),
            mode,
            network,
            Map.of("label", "a=b"),
            Map.of(),
            "hostname -i",
            mastersReach),
        List.of(4400, 9900),
        new WorkloadSpec.HealthCheck(
            "/ping", Duration.ofMinutes(5), Duration.ofSeconds(20), Duration.ofSeconds(10), 6),
        List.of(List.of("hostname", "UNIQUE")),
        0.5,
        0,
        Map.of("purpose", "scheduler"));
  }
}
