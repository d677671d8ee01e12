package org.horai.mesos.master;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.horai.api.cluster.AgentSpec;
import org.horai.api.cluster.ChronosSpec;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.cluster.Host;
import org.horai.api.cluster.HostPort;
import org.horai.api.cluster.HostRole;
import org.horai.api.cluster.Inventory;
import org.horai.api.cluster.MesosSpec;
import org.horai.api.cluster.SshTarget;
import org.horai.api.cluster.ZooKeeperSpec;
import org.horai.api.network.OverlaySpec;
import org.horai.api.time.Deadline;

/** Values the tests share. */
public final class Clusters {
  private Clusters() {}

  public static ClusterSpec of(String zookeeper, List<HostPort> masters, String... agents) {
    return new ClusterSpec(
        "test",
        false,
        Optional.empty(),
        new Inventory(java.util.Arrays.stream(agents).map(Clusters::agent).toList()),
        new ZooKeeperSpec(
            List.of(HostPort.parse(zookeeper, 2181)), Optional.empty(), Duration.ofSeconds(6)),
        new MesosSpec("/mesos", masters, 5051),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        new OverlaySpec("weave", "1.5.2", "", "", Optional.empty(), List.of(), Map.of()),
        new AgentSpec(
            AgentSpec.Layout.PACKAGE, "mesos-slave", "", Duration.ZERO, Map.of(), Duration.ZERO),
        chronos());
  }

  private static Host agent(String address) {
    SshTarget ssh =
        new SshTarget(
            address,
            22,
            "root",
            Optional.empty(),
            Optional.empty(),
            false,
            SshTarget.HostKeyPolicy.STRICT,
            Optional.empty());
    return new Host("host-" + address, address, Set.of(HostRole.AGENT), ssh, Map.of());
  }

  private static ChronosSpec chronos() {
    return new ChronosSpec(
        "3.0.2",
        "/chronos",
        3,
        1,
        512,
        4400,
        8081,
        "image",
        "chronos",
        "/chronos",
        Duration.ofDays(7),
        new ChronosSpec.Health(
            "/ping", Duration.ofMinutes(5), Duration.ofSeconds(20), Duration.ofSeconds(10), 3),
        Map.of(),
        Map.of(),
        Optional.empty(),
        false);
  }

  public static Deadline soon() {
    return Deadline.after(Duration.ofSeconds(30));
  }
}
