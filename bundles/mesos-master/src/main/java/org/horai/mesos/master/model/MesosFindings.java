package org.horai.mesos.master.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.horai.api.cluster.AgentInfo;
import org.horai.api.cluster.ClusterSnapshot;
import org.horai.api.cluster.Host;
import org.horai.api.cluster.HostPort;
import org.horai.api.cluster.Inventory;
import org.horai.api.health.Finding;

/** Judges the masters and the agents. */
public final class MesosFindings {
  private static final String SUBJECT = "mesos";

  private MesosFindings() {}

  public static Finding noLeader(String why) {
    return Finding.error(
        MesosErrors.NO_LEADER.id(), SUBJECT, "no Mesos master leads", why, "zk:status");
  }

  /**
   * The leader, the masters that do not agree with it, and the agents that are missing.
   *
   * @param named which leader each configured master names
   */
  public static List<Finding> of(
      ClusterSnapshot snapshot, Map<HostPort, Optional<HostPort>> named, Inventory inventory) {
    List<Finding> findings = new ArrayList<>();
    HostPort leader = snapshot.leader().address();
    long active = snapshot.agents().stream().filter(AgentInfo::active).count();
    findings.add(
        Finding.ok(
            MesosErrors.LEADER.id(),
            SUBJECT,
            "leader "
                + leader
                + ", Mesos "
                + snapshot.version()
                + ", "
                + active
                + " agents active"));
    named.forEach((master, other) -> disagreement(master, other, leader).ifPresent(findings::add));
    inventory.agents().stream()
        .filter(host -> !isActive(host, snapshot))
        .map(host -> missing(host, snapshot))
        .forEach(findings::add);
    return findings;
  }

  private static Optional<Finding> disagreement(
      HostPort master, Optional<HostPort> named, HostPort leader) {
    if (named.isEmpty()) {
      return Optional.of(
          Finding.warning(
              MesosErrors.MASTER_SILENT.id(),
              master.toString(),
              "does not answer or knows no leader",
              "the others follow " + leader,
              "look at the log of mesos-master on " + master.host()));
    }
    return named.get().equals(leader)
        ? Optional.empty()
        : Optional.of(
            Finding.error(
                MesosErrors.MASTERS_DISAGREE.id(),
                master.toString(),
                "names " + named.get() + " as leader",
                leader + " says that it leads itself",
                "wait for the election to end, then mesos:leader"));
  }

  private static boolean isActive(Host host, ClusterSnapshot snapshot) {
    return agentsOf(host, snapshot).stream().anyMatch(AgentInfo::active);
  }

  /** The agents registered from a host; two for a while after one lost its identity. */
  public static List<AgentInfo> agentsOf(Host host, ClusterSnapshot snapshot) {
    return snapshot.agents().stream()
        .filter(
            agent ->
                List.of(host.name(), host.address()).stream()
                    .anyMatch(
                        name ->
                            name.equals(agent.address().host()) || name.equals(agent.hostname())))
        .toList();
  }

  private static Finding missing(Host host, ClusterSnapshot snapshot) {
    String why =
        agentsOf(host, snapshot).isEmpty()
            ? "the leading master does not know it"
            : "the leading master lost contact with it";
    return Finding.error(
        MesosErrors.AGENTS_MISSING.id(),
        host.name(),
        "its agent is not active",
        why,
        "agent:status");
  }
}
