package org.horai.marathon.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.horai.api.cluster.AgentInfo;
import org.horai.api.deployer.Deployment;
import org.horai.api.deployer.WaitingReason;
import org.horai.api.deployer.Workload;
import org.horai.marathon.model.Answers.Queued;
import org.horai.marathon.model.Answers.Rejection;

/**
 * Why an app is not as it should be, from everything that is known of it.
 *
 * @param app as it is
 * @param deployments all of Marathon's
 * @param queued its entry in the launch queue, if it has one
 * @param agents all of Mesos', or why they are not known
 */
public record Waiting(
    Workload app,
    List<Deployment> deployments,
    Optional<Queued> queued,
    Optional<List<AgentInfo>> agents,
    String agentsProblem) {

  /** The reasons, the most telling first; empty when all instances are there and well. */
  public List<WaitingReason> reasons(Instant now) {
    List<WaitingReason> reasons = new ArrayList<>();
    int missing = app.wantedInstances() - app.instances().size();
    if (missing > 0) {
      backOff().ifPresent(reasons::add);
      reasons.addAll(noPlace(missing));
    }
    reasons.addAll(starting());
    reasons.addAll(unwell());
    if (!reasons.isEmpty() || !app.deployments().isEmpty()) {
      failure().ifPresent(reasons::add);
    }
    hangingRollOut().ifPresent(reasons::add);
    reasons.addAll(locks(now));
    return List.copyOf(reasons);
  }

  private Optional<WaitingReason> backOff() {
    return queued
        .filter(entry -> entry.delaySeconds() > 0)
        .map(
            entry ->
                new WaitingReason(
                    app.id(),
                    "Marathon waits " + entry.delaySeconds() + " s before it tries again",
                    "earlier instances failed soon after their start",
                    "look at the failed task's output, then marathon:app " + app.id()));
  }

  private List<WaitingReason> noPlace(int missing) {
    List<Rejection> rejections = queued.map(Queued::rejections).orElse(List.of());
    if (!rejections.isEmpty()) {
      return rejections.stream().map(rejection -> declined(rejection, missing)).toList();
    }
    if (agents.isEmpty()) {
      return List.of(
          new WaitingReason(
              app.id(),
              instances(missing) + " not started, and Marathon does not say why",
              agentsProblem,
              "mesos:agents shows what the agents have free"));
    }
    return computed(missing, agents.get());
  }

  private WaitingReason declined(Rejection rejection, int missing) {
    return new WaitingReason(
        app.id(),
        instances(missing) + " not started: " + Reasons.words(rejection.reason()),
        rejection.reason()
            + " declined "
            + rejection.declined()
            + " of the last "
            + rejection.processed()
            + " offers",
        Reasons.next(rejection.reason()));
  }

  private List<WaitingReason> computed(int missing, List<AgentInfo> all) {
    List<Placement.Verdict> verdicts = Placement.verdicts(app, all);
    List<String> fitting =
        verdicts.stream().filter(Placement.Verdict::fits).map(Placement.Verdict::agent).toList();
    if (!fitting.isEmpty()) {
      return List.of(
          new WaitingReason(
              app.id(),
              instances(missing) + " not started although there is room",
              "it would fit on " + String.join(", ", fitting) + "; Marathon waits for an offer",
              "mesos:frameworks shows who holds offers and whether Marathon is active"));
    }
    List<WaitingReason> reasons = new ArrayList<>();
    for (Placement.Verdict verdict : verdicts) {
      reasons.add(
          new WaitingReason(
              verdict.agent(),
              "cannot take an instance",
              String.join("; ", verdict.obstacles()),
              "free or add agents, or ask for fewer instances or less"));
    }
    if (verdicts.isEmpty()) {
      reasons.add(
          new WaitingReason(
              app.id(), "there is no agent at all", "", "agent:status shows the agents"));
    }
    return reasons;
  }

  private static String instances(int missing) {
    return missing == 1 ? "1 instance is" : missing + " instances are";
  }

  /** Instances that do not run yet; in a crash loop most looks find one. */
  private List<WaitingReason> starting() {
    return app.instances().stream()
        .filter(instance -> !instance.running())
        .map(
            instance ->
                new WaitingReason(
                    instance.taskId(),
                    "does not run yet on " + instance.host(),
                    instance.state(),
                    "look again in some seconds; marathon:app " + app.id() + " shows its state"))
        .toList();
  }

  /** Instances whose check fails, with the words of the last failure. */
  private List<WaitingReason> unwell() {
    return new Tree(app.definition())
        .at("tasks").items().stream()
            .filter(Answers::lives)
            .filter(task -> Answers.instance(task).healthy().equals(Optional.of(false)))
            .map(this::unwell)
            .toList();
  }

  private WaitingReason unwell(Tree task) {
    String cause =
        task.at("healthCheckResults").items().stream()
            .filter(result -> !result.at("alive").yes())
            .flatMap(result -> result.at("lastFailureCause").text().stream())
            .findFirst()
            .orElse("Marathon does not say how");
    return new WaitingReason(
        task.at("id").text(""),
        "fails its health check on " + task.at("host").text("an unknown host"),
        cause,
        "the leading Marathon must reach the instance; chronos:status asks it, too");
  }

  private Optional<WaitingReason> failure() {
    return app.lastFailure()
        .map(
            message ->
                new WaitingReason(
                    app.id(),
                    "its last task failed",
                    message,
                    "look at the task's output in the agent's sandbox"));
  }

  /**
   * A rolling change with Marathon-side checks and no over-capacity was seen to hang for ever on
   * Marathon 1.11: it kills none of the old instances.
   */
  private Optional<WaitingReason> hangingRollOut() {
    Tree definition = new Tree(app.definition());
    boolean marathonChecks =
        definition.at("healthChecks").items().stream()
            .anyMatch(check -> !check.at("protocol").text("HTTP").startsWith("MESOS_"));
    boolean noRoom =
        definition.at("upgradeStrategy").at("maximumOverCapacity").plain("1").equals("0");
    boolean allOld =
        !app.instances().isEmpty()
            && app.instances().stream().noneMatch(i -> i.version().equals(app.version()));
    return holders().stream()
        .filter(d -> marathonChecks && noRoom && allOld)
        .filter(d -> d.actions().stream().anyMatch(a -> a.startsWith("RestartApplication")))
        .findFirst()
        .map(
            d ->
                new WaitingReason(
                    app.id(),
                    "a rolling change that kills no old instance",
                    "with Marathon's own health checks and maximumOverCapacity 0 it can hang for ever",
                    "replace the instances one by one: chronos:restart --maintain --rolling"));
  }

  private List<Deployment> holders() {
    return deployments.stream().filter(d -> app.deployments().contains(d.id())).toList();
  }

  private List<WaitingReason> locks(Instant now) {
    return holders().stream()
        .map(
            deployment ->
                new WaitingReason(
                    "deployment " + deployment.id(),
                    "works on it",
                    inWords(deployment, now),
                    "if it cannot end by itself, marathon:cancel " + deployment.id()))
        .toList();
  }

  /** {@code RestartApplication /chronos, step 1 of 1, for 95 s}. */
  public static String inWords(Deployment deployment, Instant now) {
    return String.join(", ", deployment.actions())
        + ", step "
        + deployment.step()
        + " of "
        + deployment.steps()
        + ", for "
        + Age.words(deployment.version(), now);
  }
}
