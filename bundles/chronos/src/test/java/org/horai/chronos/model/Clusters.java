package org.horai.chronos.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.horai.api.cluster.AgentInfo;
import org.horai.api.cluster.AgentSpec;
import org.horai.api.cluster.ChronosSpec;
import org.horai.api.cluster.ClusterSnapshot;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.cluster.FrameworkInfo;
import org.horai.api.cluster.Host;
import org.horai.api.cluster.HostPort;
import org.horai.api.cluster.HostRole;
import org.horai.api.cluster.Inventory;
import org.horai.api.cluster.MasterAddress;
import org.horai.api.cluster.MesosSpec;
import org.horai.api.cluster.SshTarget;
import org.horai.api.cluster.ZooKeeperSpec;
import org.horai.api.deployer.Instance;
import org.horai.api.deployer.Workload;
import org.horai.api.network.OverlaySpec;

/** Made-up clusters for tests. */
public final class Clusters {
  static final String ID = "5b1c-0001";

  private Clusters() {}

  public static ClusterSpec cluster(ChronosSpec chronos) {
    List<Host> hosts = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      hosts.add(host("master-" + i, "10.0.0." + i, HostRole.MASTER));
      hosts.add(host("agent-" + i, "10.0.1." + i, HostRole.AGENT));
    }
    return new ClusterSpec(
        "prod",
        true,
        Optional.empty(),
        new Inventory(hosts),
        new ZooKeeperSpec(
            List.of(new HostPort("10.0.0.1", 2181)), Optional.empty(), Duration.ofSeconds(10)),
        new MesosSpec("/mesos", List.of(new HostPort("10.0.0.1", 5050)), 5051),
        List.of(new HostPort("10.0.0.1", 8080)),
        Optional.empty(),
        Optional.empty(),
        new OverlaySpec(
            "weave", "1.5.2", "10.32.0.0/12", "10.32.1.0/24", Optional.empty(), hosts, Map.of()),
        new AgentSpec(
            AgentSpec.Layout.PACKAGE,
            "mesos-slave",
            "/etc/default/mesos-slave",
            Duration.ofMinutes(5),
            Map.of(),
            Duration.ofMinutes(3)),
        chronos);
  }

  private static Host host(String name, String address, HostRole role) {
    return new Host(
        name,
        address,
        Set.of(role),
        new SshTarget(
            address,
            22,
            "ops",
            Optional.empty(),
            Optional.empty(),
            true,
            SshTarget.HostKeyPolicy.STRICT,
            Optional.empty()),
        Map.of());
  }

  public static ChronosSpec chronos(int instances, int intervalSeconds, int maxFailures) {
    return new ChronosSpec(
        "3.0.2",
        "/chronos",
        instances,
        0.5,
        768,
        8081,
        8082,
        "mesosphere/chronos:v3.0.2",
        "chronos",
        "/chronos",
        Duration.ofDays(7),
        new ChronosSpec.Health(
            "/ping",
            Duration.ofSeconds(120),
            Duration.ofSeconds(intervalSeconds),
            Duration.ofSeconds(20),
            maxFailures),
        Map.of(),
        Map.of(),
        Optional.empty(),
        true);
  }

  static ChronosSpec flagged(ChronosSpec chronos, Map<String, String> flags) {
    return new ChronosSpec(
        chronos.version(),
        chronos.appId(),
        chronos.instances(),
        chronos.cpus(),
        chronos.memMiB(),
        chronos.httpPort(),
        chronos.libprocessPort(),
        chronos.image(),
        chronos.frameworkName(),
        chronos.zkPath(),
        chronos.failoverTimeout(),
        chronos.health(),
        flags,
        chronos.environment(),
        chronos.credentials(),
        chronos.canary());
  }

  static Workload app(int count) {
    List<Instance> instances = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      instances.add(instance(i));
    }
    return new Workload("/chronos", "v1", 3, instances, List.of(), Optional.empty(), Map.of());
  }

  static Instance instance(int number) {
    return new Instance(
        "chronos." + number,
        "10.0.1." + number,
        List.of(31000 + number, 31100 + number),
        List.of("10.32.1." + number),
        "TASK_RUNNING",
        "v1",
        Optional.of(true));
  }

  static HostPort candidate(int number) {
    return new HostPort("10.32.1." + number, 8081);
  }

  static FrameworkInfo framework(String id, String name, boolean active) {
    return new FrameworkInfo(
        id,
        name,
        active,
        Optional.of(active),
        Optional.of("scheduler-1@10.32.1.1:8082"),
        "10.32.1.1",
        "",
        "*",
        Optional.empty(),
        Duration.ofDays(7),
        Optional.empty(),
        0.1,
        32,
        List.of(),
        false);
  }

  static ClusterSnapshot mesos(List<FrameworkInfo> frameworks, List<FrameworkInfo> completed) {
    List<AgentInfo> agents = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      agents.add(
          new AgentInfo(
              "S" + i,
              "10.0.1." + i,
              new HostPort("10.0.1." + i, 5051),
              true,
              "1.11.0",
              Map.of(),
              Map.of(),
              Map.of()));
    }
    return new ClusterSnapshot(
        "1.11.0",
        new MasterAddress("m", "10.0.0.1", new HostPort("10.0.0.1", 5050), "1.11.0"),
        agents,
        frameworks,
        completed);
  }
}
