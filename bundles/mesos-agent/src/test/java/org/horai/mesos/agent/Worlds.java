package org.horai.mesos.agent;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.horai.api.cluster.AgentInfo;
import org.horai.api.cluster.AgentSpec;
import org.horai.api.cluster.AgentSpec.Layout;
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
import org.horai.api.cluster.TaskInfo;
import org.horai.api.cluster.ZooKeeperSpec;
import org.horai.api.host.HostFacts;
import org.horai.api.host.ProbeOutput;
import org.horai.api.network.OverlaySpec;
import org.horai.mesos.agent.model.FlagFiles;

/** A cluster of agents a1 and a2, and what may be known of it. */
public final class Worlds {
  public static final String SOCKET = "/var/run/weave/weave.sock";
  public static final Instant EARLIER = Instant.parse("2026-01-01T00:00:00Z");

  private Worlds() {}

  public static AgentSpec agent(Layout layout, Map<String, String> flags) {
    return new AgentSpec(
        layout,
        "mesos-slave",
        "/etc/default/mesos-slave",
        Duration.ofMinutes(5),
        flags,
        Duration.ofMinutes(2));
  }

  public static ClusterSpec cluster(AgentSpec agent) {
    return new ClusterSpec(
        "test",
        false,
        Optional.empty(),
        new Inventory(List.of(host("a1", "127.0.7.11"), host("a2", "127.0.7.12"))),
        new ZooKeeperSpec(
            List.of(new HostPort("127.0.0.1", 2181)), Optional.empty(), Duration.ofSeconds(6)),
        new MesosSpec("/mesos", List.of(), 5051),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        new OverlaySpec(
            "weave",
            "1.5.2",
            "10.32.0.0/12",
            "10.32.0.0/16",
            Optional.empty(),
            List.of(),
            Map.of()),
        agent,
        chronos());
  }

  private static ChronosSpec chronos() {
    return new ChronosSpec(
        "3.0.2",
        "/chronos",
        2,
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

  public static Host host(String name, String address) {
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
    return new Host(name, address, Set.of(HostRole.AGENT), ssh, Map.of());
  }

  /** What a host printed when it was asked for its flag files. */
  public static HostFacts facts(String host, String printed) {
    return new HostFacts(
        host, Optional.empty(), Map.of(FlagFiles.PROBE, new ProbeOutput(0, printed, "")), Map.of());
  }

  /** The flags of a recorded Mesos 1.11 agent that matter here, with changes. */
  public static Map<String, String> running(Map<String, String> changes) {
    Map<String, String> flags =
        new TreeMap<>(
            Map.of(
                "docker_socket", "/var/run/docker.sock",
                "executor_registration_timeout", "3mins",
                "attributes", "rack:r1;kind:real",
                "resources", "cpus:2;mem:2048;disk:4096;ports:[31100-31199]",
                "hostname", "127.0.7.11",
                "port", "5051",
                "reconfiguration_policy", "equal",
                "work_dir", "/opt/prod/var/agent1"));
    flags.putAll(changes);
    return flags;
  }

  /** The flags of an agent that is as the tests' cluster wants it. */
  public static Map<String, String> converged() {
    return running(Map.of("docker_socket", SOCKET, "executor_registration_timeout", "300secs"));
  }

  public static AgentInfo info(String id, String address, boolean active, Instant registered) {
    return new AgentInfo(
        id,
        address,
        new HostPort(address, 5051),
        active,
        "1.11.0",
        Map.of(),
        Map.of(),
        Map.of(),
        Optional.of(registered));
  }

  /** A master's view in which each agent runs two tasks of one framework. */
  public static ClusterSnapshot mesos(AgentInfo... agents) {
    List<TaskInfo> tasks = new ArrayList<>();
    for (AgentInfo agent : agents) {
      tasks.add(new TaskInfo("t1." + agent.id(), "t1", "F", agent.id(), "TASK_RUNNING"));
      tasks.add(new TaskInfo("t2." + agent.id(), "t2", "F", agent.id(), "TASK_RUNNING"));
    }
    FrameworkInfo framework =
        new FrameworkInfo(
            "F",
            "marathon",
            true,
            Optional.empty(),
            Optional.empty(),
            "h",
            "",
            "*",
            Optional.empty(),
            Duration.ofDays(7),
            Optional.empty(),
            0,
            0,
            tasks,
            false);
    return new ClusterSnapshot(
        "1.11.0",
        new MasterAddress("m", "m", new HostPort("127.0.7.1", 5050), "1.11.0"),
        List.of(agents),
        List.of(framework),
        List.of());
  }

  public static ClusterSnapshot bothActive() {
    return mesos(info("S1", "127.0.7.11", true, EARLIER), info("S2", "127.0.7.12", true, EARLIER));
  }
}
