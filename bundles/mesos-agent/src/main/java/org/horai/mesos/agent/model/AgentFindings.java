package org.horai.mesos.agent.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.horai.api.cluster.AgentSpec;
import org.horai.api.health.Finding;

/** Judges agents. */
public final class AgentFindings {
  private AgentFindings() {}

  /** Everything that is not as wanted; one line of praise when all is. */
  public static List<Finding> health(AgentSpec agent, List<AgentNeed> needs) {
    List<Finding> findings = new ArrayList<>();
    for (AgentNeed need : needs) {
      silent(need.now()).ifPresent(findings::add);
      socket(need).ifPresent(findings::add);
      timeout(agent, need.now()).ifPresent(findings::add);
      pending(need).ifPresent(findings::add);
    }
    if (findings.isEmpty()) {
      findings.add(
          Finding.ok(AgentErrors.HEALTHY.id(), "agents", needs.size() + " agents as wanted"));
    }
    return findings;
  }

  /** What the operator should know of a plan; errors forbid it. */
  public static List<Finding> plan(
      AgentSpec agent, Map<String, String> overlay, List<AgentNeed> needs) {
    List<Finding> findings = new ArrayList<>(overridden(agent, overlay));
    Optional.ofNullable(agent.flags().get(WantedFlags.TIMEOUT))
        .flatMap(FlagText::duration)
        .filter(own -> own.compareTo(agent.executorRegistrationTimeout()) < 0)
        .map(own -> hasty("agents", FlagText.of(own), agent))
        .ifPresent(findings::add);
    for (AgentNeed need : needs) {
      if (need.wipe() && need.workDir().isEmpty()) {
        findings.add(workDir(need));
      }
      if (need.nothing()) {
        silent(need.now()).ifPresent(findings::add);
      }
    }
    return findings;
  }

  private static List<Finding> overridden(AgentSpec agent, Map<String, String> overlay) {
    return new TreeMap<>(overlay)
        .entrySet().stream()
            .filter(flag -> agent.flags().containsKey(flag.getKey()))
            .filter(flag -> !flag.getValue().equals(agent.flags().get(flag.getKey())))
            .map(
                flag ->
                    Finding.warning(
                        AgentErrors.OVERRIDE.id(),
                        flag.getKey(),
                        "the cluster file sets " + agent.flags().get(flag.getKey()),
                        "the overlay needs " + flag.getValue(),
                        "remove it below agent.flags"))
            .toList();
  }

  private static Finding workDir(AgentNeed need) {
    return Finding.error(
        AgentErrors.WORK_DIR.id(),
        need.now().host().name(),
        "its work_dir is unknown",
        "its identity changes: " + String.join("; ", need.identity()),
        "set work_dir below agent.flags in the cluster file");
  }

  private static Optional<Finding> silent(AgentNow now) {
    return now.running().isPresent()
        ? Optional.empty()
        : Optional.of(
            Finding.warning(
                AgentErrors.SILENT.id(),
                now.host().name(),
                "its agent does not tell its settings",
                now.active() ? "it is registered, but /flags had no answer" : "it seems not to run",
                "agent:status"));
  }

  private static Optional<Finding> socket(AgentNeed need) {
    Optional<String> wanted = Optional.ofNullable(need.wanted().get("docker_socket"));
    Optional<String> runs = need.now().runningFlag("docker_socket");
    return need.now().running().isEmpty() || wanted.isEmpty() || wanted.equals(runs)
        ? Optional.empty()
        : Optional.of(
            Finding.warning(
                AgentErrors.SOCKET.id(),
                need.now().host().name(),
                "docker_socket is " + runs.orElse("not set"),
                "the overlay's is " + wanted.get(),
                "chronos:plan"));
  }

  private static Optional<Finding> timeout(AgentSpec agent, AgentNow now) {
    return WantedFlags.hasty(agent, now)
        ? Optional.of(
            hasty(
                now.host().name(),
                now.runningFlag(WantedFlags.TIMEOUT).orElse("the default 1mins"),
                agent))
        : Optional.empty();
  }

  private static Finding hasty(String subject, String value, AgentSpec agent) {
    return Finding.warning(
        AgentErrors.TIMEOUT.id(),
        subject,
        "executor_registration_timeout is " + value,
        "images pulled through a proxy need more: "
            + FlagText.of(agent.executorRegistrationTimeout())
            + " are wanted",
        "chronos:plan");
  }

  /** Written by somebody, but not read by the agent yet. */
  private static Optional<Finding> pending(AgentNeed need) {
    AgentNow now = need.now();
    if (now.files().isEmpty() || now.running().isEmpty()) {
      return Optional.empty();
    }
    List<String> differing =
        new TreeMap<>(now.files().get())
            .entrySet().stream()
                .filter(flag -> now.running().get().containsKey(flag.getKey()))
                .filter(
                    flag ->
                        !FlagText.same(
                            flag.getKey(), flag.getValue(), now.running().get().get(flag.getKey())))
                .map(
                    flag ->
                        flag.getKey()
                            + " runs as "
                            + now.running().get().get(flag.getKey())
                            + ", written is "
                            + flag.getValue())
                .toList();
    return differing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Finding.warning(
                AgentErrors.PENDING.id(),
                now.host().name(),
                "it runs with other settings than written",
                String.join("; ", differing),
                "agent:restart " + now.host().name()));
  }
}
