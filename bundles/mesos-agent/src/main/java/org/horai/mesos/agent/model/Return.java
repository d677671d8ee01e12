package org.horai.mesos.agent.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.AgentInfo;
import org.horai.api.cluster.ClusterSnapshot;
import org.horai.api.cluster.Host;

/**
 * What is awaited of a restarted agent.
 *
 * @param wiped true if it must come back under a new id, else under its old one
 * @param idsBefore ids registered from its host before the restart
 * @param registeredBefore its registration before the restart, by the master's clock
 * @param flags it must run with
 */
public record Return(
    Host host,
    boolean wiped,
    List<String> idsBefore,
    Optional<Instant> registeredBefore,
    Map<String, String> flags) {

  /** Reads a plan step's arguments, which may have been JSON meanwhile. */
  public static Return of(Host host, Map<String, Object> arguments) {
    String time = String.valueOf(arguments.getOrDefault("registeredBefore", ""));
    return new Return(
        host,
        Boolean.parseBoolean(String.valueOf(arguments.get("wiped"))),
        arguments.get("idsBefore") instanceof List<?> ids
            ? ids.stream().map(String::valueOf).toList()
            : List.of(),
        time.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(time)),
        Fleet.flags(Optional.of(Map.of("flags", arguments.getOrDefault("flags", Map.of()))))
            .getOrDefault("flags", Map.of()));
  }

  /**
   * The agent if it is back.
   *
   * @throws HoraiException when it came back as another one although its identity was kept
   */
  public Optional<AgentInfo> seen(ClusterSnapshot mesos) {
    Optional<AgentInfo> active =
        mesos.agents().stream()
            .filter(agent -> AgentNow.is(host, agent))
            .filter(AgentInfo::active)
            .filter(agent -> !wiped || !idsBefore.contains(agent.id()))
            .findFirst();
    if (!wiped && !idsBefore.isEmpty()) {
      active
          .filter(agent -> !idsBefore.contains(agent.id()))
          .ifPresent(agent -> identityLost(agent));
    }
    return active;
  }

  /** True if the master says that it registered since; a master may not say when. */
  public boolean registeredSince(AgentInfo agent) {
    return !idsBefore.contains(agent.id())
        || agent.registered().isPresent()
            && registeredBefore.isPresent()
            && agent.registered().get().isAfter(registeredBefore.get());
  }

  /** The flags it runs with otherwise than written, in words. */
  public List<String> ignored(Map<String, String> running) {
    return flags.entrySet().stream()
        .filter(
            flag ->
                !FlagText.same(
                    flag.getKey(), flag.getValue(), running.getOrDefault(flag.getKey(), "")))
        .sorted(Map.Entry.comparingByKey())
        .map(
            flag ->
                flag.getKey()
                    + " is "
                    + running.getOrDefault(flag.getKey(), "not set")
                    + ", not "
                    + flag.getValue())
        .toList();
  }

  private void identityLost(AgentInfo agent) {
    throw new HoraiException(
        AgentErrors.IDENTITY_LOST,
        "agent " + host.name() + " came back as another one",
        "it was " + String.join(", ", idsBefore) + " and is " + agent.id(),
        "look at its log and work_dir before the next agent is restarted");
  }

  /** The host a plan step names. */
  public static HoraiException unknown(String host) {
    return new HoraiException(
        CommonErrors.NOT_FOUND, "there is no host " + host + " in the cluster", "cluster:hosts");
  }
}
