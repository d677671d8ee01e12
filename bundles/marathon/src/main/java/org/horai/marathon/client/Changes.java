package org.horai.marathon.client;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.deployer.Deployment;
import org.horai.api.deployer.Difference;
import org.horai.api.deployer.MarathonDialect;
import org.horai.api.deployer.Submission;
import org.horai.api.deployer.Workload;
import org.horai.api.deployer.WorkloadSpec;
import org.horai.api.time.Deadline;
import org.horai.api.time.Waiter;
import org.horai.marathon.model.Answers;
import org.horai.marathon.model.AppDiff;
import org.horai.marathon.model.AppJson;
import org.horai.marathon.model.MarathonErrors;
import org.horai.marathon.model.Refusals;
import org.horai.marathon.model.Waiting;

/** Changes of apps: each waits for a foreign deployment to end, none ever forces its way. */
public final class Changes {
  private static final Duration READ_BACK = Duration.ofSeconds(5);

  private final MarathonClient client;
  private final Watcher watcher;

  public Changes(MarathonClient client, Duration poll) {
    this.client = client;
    this.watcher = new Watcher(client, poll);
  }

  /**
   * Creates or changes the app if it differs. An app that is as wanted is not sent: Marathon would
   * answer with a deployment that never appears.
   */
  public Submission apply(WorkloadSpec wanted, Deadline deadline) {
    MarathonDialect era = client.dialect(deadline);
    Map<String, Object> definition = AppJson.render(wanted, era);
    Optional<Workload> before = client.find(wanted.id(), deadline);
    if (before.isPresent() && AppDiff.between(definition, before.get().definition()).isEmpty()) {
      return new Submission(
          wanted.id(), false, Optional.empty(), Optional.of(before.get().version()));
    }
    boolean whole = era.atLeast(1, 4);
    Answers.Accepted accepted =
        unlocked(
            wanted.id(),
            before.map(app -> !app.deployments().isEmpty()).orElse(false),
            deadline,
            () -> client.put(wanted.id(), definition, whole, deadline));
    proveArrival(wanted.id(), definition, deadline);
    return new Submission(wanted.id(), true, accepted.deploymentId(), accepted.version());
  }

  private void proveArrival(String appId, Map<String, Object> definition, Deadline deadline) {
    Deadline soon = deadline.atMost(READ_BACK);
    List<Difference> lost =
        Waiter.every(Duration.ofMillis(200))
            .await(
                "the new definition of " + appId,
                Deadline.after(READ_BACK.plus(READ_BACK)),
                () -> {
                  List<Difference> now = differences(appId, definition);
                  return now.isEmpty() || soon.expired() ? Optional.of(now) : Optional.empty();
                },
                () -> "");
    if (!lost.isEmpty()) {
      throw lost(appId, lost);
    }
  }

  /** Read even when the caller's time is up: the change is made, so it must be known what came. */
  private List<Difference> differences(String appId, Map<String, Object> definition) {
    return client
        .find(appId, Deadline.after(READ_BACK))
        .map(app -> AppDiff.between(definition, app.definition()))
        .orElse(List.of(new Difference("id", "", appId)));
  }

  private static HoraiException lost(String appId, List<Difference> lost) {
    return new HoraiException(
        MarathonErrors.FIELDS_LOST,
        "Marathon did not take over every field of " + appId,
        lost.stream()
            .map(d -> d.field() + " is \"" + d.actual() + "\", not \"" + d.wanted() + "\"")
            .collect(Collectors.joining("; ")),
        "marathon:app " + appId + " shows what it has");
  }

  /** Goes back to a stored version. */
  public Submission rollback(String appId, String version, Deadline deadline) {
    Workload before = client.require(appId, deadline);
    if (before.version().equals(version)) {
      return new Submission(appId, false, Optional.empty(), Optional.of(version));
    }
    if (!client.versions(appId, deadline).contains(version)) {
      throw new HoraiException(
          CommonErrors.NOT_FOUND,
          "app " + appId + " has no version " + version,
          "marathon:app " + appId + " lists its versions");
    }
    Answers.Accepted accepted =
        unlocked(
            appId,
            !before.deployments().isEmpty(),
            deadline,
            () -> client.put(appId, MarathonClient.versionOnly(version), false, deadline));
    return new Submission(appId, true, accepted.deploymentId(), accepted.version());
  }

  /** Removes the app and waits until no deployment and no task of it is left. */
  public void remove(String appId, Deadline deadline) {
    Optional<Workload> before = client.find(appId, deadline);
    if (before.isPresent()) {
      boolean locked = !before.get().deployments().isEmpty();
      unlocked(appId, locked, deadline, () -> client.delete(appId, deadline));
    }
    String[] seen = {""};
    watcher.until(
        appId,
        deadline,
        () -> {
          seen[0] = leftover(appId, deadline);
          return seen[0].isEmpty() ? Optional.of(true) : Optional.empty();
        },
        problem ->
            new HoraiException(
                CommonErrors.TIMED_OUT,
                "waited " + deadline.limit().toSeconds() + " s for " + appId + " to be removed",
                problem.isEmpty() ? seen[0] : problem,
                "look again with marathon:apps, or give more time with --wait"));
  }

  /** Ends a deployment and waits until it is not listed any more. */
  public void cancel(String deploymentId, boolean leave, Deadline deadline) {
    if (!client.cancel(deploymentId, leave, deadline)) {
      throw new HoraiException(
          CommonErrors.NOT_FOUND,
          "Marathon works on no deployment " + deploymentId,
          "marathon:deployments");
    }
    Waiter.backingOff(Duration.ofMillis(100), Duration.ofSeconds(1))
        .until(
            "deployment " + deploymentId + " to end",
            deadline,
            () -> client.deployments(deadline).stream().noneMatch(d -> d.id().equals(deploymentId)),
            () -> "it is still listed");
  }

  private String leftover(String appId, Deadline deadline) {
    int tasks = client.liveTasks(appId, deadline).size();
    if (tasks > 0) {
      return tasks + " tasks still run";
    }
    if (!holders(appId, deadline).isEmpty()) {
      return "its deployment has not ended";
    }
    return client.find(appId, deadline).isPresent() ? "it is still listed" : "";
  }

  /**
   * Makes a change as soon as no deployment holds the app. It is not tried while one does: Marathon
   * keeps even the versions it refuses.
   */
  private <T> T unlocked(String appId, boolean knownLocked, Deadline deadline, Supplier<T> change) {
    if (!knownLocked) {
      try {
        return change.get();
      } catch (HoraiException e) {
        if (!e.code().equals(MarathonErrors.LOCKED)) {
          throw e;
        }
      }
    }
    String[] seen = {"it was locked"};
    return watcher.until(
        appId,
        deadline,
        () -> tryUnlocked(appId, deadline, change, seen),
        problem ->
            Refusals.locked(
                "changing " + appId, problem.isEmpty() ? seen[0] : seen[0] + "; " + problem));
  }

  private <T> Optional<T> tryUnlocked(
      String appId, Deadline deadline, Supplier<T> change, String[] seen) {
    List<Deployment> holders = holders(appId, deadline);
    if (!holders.isEmpty()) {
      seen[0] =
          holders.stream()
              .map(d -> "deployment " + d.id() + ": " + Waiting.inWords(d, Instant.now()))
              .collect(Collectors.joining("; "));
      return Optional.empty();
    }
    try {
      return Optional.of(change.get());
    } catch (HoraiException e) {
      if (!e.code().equals(MarathonErrors.LOCKED)) {
        throw e;
      }
      seen[0] = "deployment " + e.why().orElse("unknown") + ", not listed by Marathon";
      return Optional.empty();
    }
  }

  private List<Deployment> holders(String appId, Deadline deadline) {
    return client.deployments(deadline).stream()
        .filter(deployment -> deployment.apps().contains(appId))
        .toList();
  }
}
