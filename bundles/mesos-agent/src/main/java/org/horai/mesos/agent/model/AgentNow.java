package org.horai.mesos.agent.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.horai.api.cluster.AgentInfo;
import org.horai.api.cluster.AgentSpec;
import org.horai.api.cluster.ClusterSnapshot;
import org.horai.api.cluster.Host;
import org.horai.api.host.HostFacts;

/**
 * One agent as it is.
 *
 * @param files written flags; empty when its host could not be asked
 * @param running flags it runs with; empty when it did not tell
 * @param registered its registrations with the leading master, usually one
 * @param masterAsked false when the leading master could not be asked
 * @param tasks running on it
 */
public record AgentNow(
    Host host,
    HostFacts facts,
    Optional<Map<String, String>> files,
    Optional<Map<String, String>> running,
    List<AgentInfo> registered,
    boolean masterAsked,
    int tasks) {
  public AgentNow {
    registered = List.copyOf(registered);
  }

  /**
   * @param flags running ones by host name
   */
  public static AgentNow of(
      Host host,
      AgentSpec agent,
      HostFacts facts,
      Optional<ClusterSnapshot> mesos,
      Map<String, Map<String, String>> flags) {
    List<AgentInfo> registered =
        mesos.map(ClusterSnapshot::agents).orElse(List.of()).stream()
            .filter(info -> is(host, info))
            .toList();
    Set<String> ids = registered.stream().map(AgentInfo::id).collect(Collectors.toSet());
    long tasks =
        mesos.stream()
            .flatMap(snapshot -> snapshot.frameworks().stream())
            .flatMap(framework -> framework.tasks().stream())
            .filter(task -> ids.contains(task.agentId()))
            .count();
    return new AgentNow(
        host,
        facts,
        FlagFiles.read(agent, facts),
        Optional.ofNullable(flags.get(host.name())),
        registered,
        mesos.isPresent(),
        (int) tasks);
  }

  /** True if the master's record is of an agent on this host. */
  public static boolean is(Host host, AgentInfo info) {
    return List.of(info.address().host(), info.hostname()).stream()
        .anyMatch(name -> name.equals(host.address()) || name.equals(host.name()));
  }

  /** The registration that counts: an active one, else any. */
  public Optional<AgentInfo> agent() {
    return registered.stream()
        .filter(AgentInfo::active)
        .findFirst()
        .or(() -> registered.stream().findFirst());
  }

  public boolean active() {
    return registered.stream().anyMatch(AgentInfo::active);
  }

  /** True if it surely does not run: it tells nothing, and the master has no contact with it. */
  public boolean down() {
    return running.isEmpty() && masterAsked && !active();
  }

  public Optional<String> runningFlag(String flag) {
    return running.map(flags -> flags.get(flag));
  }

  /** The value it would have after a restart, were nothing written. */
  public Optional<String> nextFlag(String flag) {
    return files.map(written -> written.get(flag)).or(() -> runningFlag(flag));
  }
}
