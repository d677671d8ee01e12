package org.horai.marathon.model;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.horai.api.cluster.FrameworkInfo;
import org.horai.api.deployer.Deployment;
import org.horai.api.health.Finding;

/** Judges what the Marathons of a cluster say. */
public final class Health {
  private static final Duration STUCK = Duration.ofMinutes(10);

  private Health() {}

  /**
   * One finding per Marathon, and one on their leader.
   *
   * @param answers by address
   * @param problems of those that gave none, by address
   */
  public static List<Finding> reachable(
      Map<String, Answers.Info> answers, Map<String, String> problems) {
    List<Finding> findings = new ArrayList<>();
    answers.forEach(
        (address, info) ->
            findings.add(
                Finding.ok(MarathonErrors.REACHABLE.id(), address, "Marathon " + info.version())));
    problems.forEach((address, why) -> findings.add(silent(address, why, answers.isEmpty())));
    if (!answers.isEmpty()) {
      findings.add(leader(answers));
    }
    return findings;
  }

  private static Finding silent(String address, String why, boolean all) {
    String what = "Marathon does not answer";
    String next = "look at its service on that host";
    String code = MarathonErrors.REACHABLE.id();
    return all
        ? Finding.error(code, address, what, why, next)
        : Finding.warning(code, address, what, why, next);
  }

  private static Finding leader(Map<String, Answers.Info> answers) {
    TreeSet<String> leaders =
        answers.values().stream()
            .map(Answers.Info::leader)
            .filter(leader -> !leader.isEmpty())
            .collect(Collectors.toCollection(TreeSet::new));
    String code = MarathonErrors.LEADER.id();
    if (leaders.size() == 1) {
      return Finding.ok(code, leaders.first(), "leads");
    }
    return leaders.isEmpty()
        ? Finding.error(code, "marathon", "nobody leads", "no Marathon names a leader", "zk:status")
        : Finding.error(
            code,
            "marathon",
            "the Marathons do not agree on their leader",
            String.join(", ", leaders),
            "wait for the election to end, then cluster:doctor --tag marathon");
  }

  /** Whether Mesos knows the framework as active. */
  public static Finding registered(String frameworkId, List<FrameworkInfo> frameworks) {
    String code = MarathonErrors.REGISTERED.id();
    Optional<FrameworkInfo> framework =
        frameworks.stream().filter(f -> f.id().equals(frameworkId)).findFirst();
    if (frameworkId.isEmpty() || framework.isEmpty()) {
      return Finding.error(
          code,
          "marathon",
          "Marathon is not registered with Mesos",
          frameworkId.isEmpty() ? "it has no framework id" : "Mesos does not know " + frameworkId,
          "mesos:frameworks");
    }
    return framework.get().active()
        ? Finding.ok(code, "marathon", "registered and active as " + frameworkId)
        : Finding.error(
            code,
            "marathon",
            "Marathon's framework is not active",
            "the scheduler of " + frameworkId + " is away; nothing is started",
            "mesos:frameworks");
  }

  /** Deployments that are too old, or that there are none. */
  public static List<Finding> deployments(List<Deployment> deployments, Instant now) {
    String code = MarathonErrors.STUCK.id();
    List<Finding> stuck =
        deployments.stream()
            .filter(
                d -> Age.since(d.version(), now).filter(a -> a.compareTo(STUCK) > 0).isPresent())
            .map(
                d ->
                    Finding.warning(
                        code,
                        String.join(", ", d.apps()),
                        "deployment " + d.id() + " seems stuck",
                        Waiting.inWords(d, now),
                        "marathon:why " + d.apps().stream().findFirst().orElse("APP")))
            .toList();
    return stuck.isEmpty()
        ? List.of(Finding.ok(code, "marathon", "no deployment is stuck"))
        : stuck;
  }
}
