package org.horai.chronos.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.cluster.FrameworkInfo;
import org.horai.api.deployer.Difference;
import org.horai.api.deployer.Workload;
import org.horai.api.jobs.SchedulerSnapshot;
import org.horai.api.plan.Change;
import org.horai.api.plan.Stage;
import org.horai.api.plan.Step;

/**
 * The stages of every flow, in the order that keeps jobs and frameworks safe:
 *
 * <ul>
 *   <li>jobs are backed up before anything that could lose them;
 *   <li>a framework is torn down only when no scheduler is left that could register again, and its
 *       records are removed only after that, because a living scheduler would write them anew;
 *   <li>a new app is put only when the old one's tasks and candidates are gone.
 * </ul>
 */
public final class Flows {
  static final String CONCERN = "chronos";
  private static final String GONE = "it is not there";
  private static final Duration QUICK = Duration.ofMinutes(1);
  private static final Duration ELECTION = Duration.ofMinutes(2);
  private static final Duration ROLLOUT = Duration.ofMinutes(15);

  private final ClusterSpec cluster;
  private final SchedulerSnapshot stored;
  private final Map<String, Object> definition;

  /**
   * @param definition the app as it would be sent, so that a plan is bound to it
   */
  public Flows(ClusterSpec cluster, SchedulerSnapshot stored, Map<String, Object> definition) {
    this.cluster = cluster;
    this.stored = stored;
    this.definition = definition;
  }

  /** Creates or changes the app; nothing when it is as wanted. */
  public List<Stage> deploy(Optional<Workload> app, List<Difference> differences) {
    if (app.isPresent() && differences.isEmpty()) {
      return List.of();
    }
    List<Stage> stages = new ArrayList<>();
    app.ifPresent(a -> stages.add(backup()));
    stages.add(
        app.isEmpty()
            ? put(Change.ADD, created(), false)
            : put(Change.CHANGE, changed(differences), true));
    return stages;
  }

  /**
   * Restarts with the jobs kept.
   *
   * @throws HoraiException REFUSED when there is no app: to deploy one, hosts and overlay must be
   *     made ready first
   */
  public List<Stage> restart(Optional<Workload> app, boolean rolling) {
    if (app.isEmpty()) {
      throw nothingToRestart("there is no app " + appId() + " to restart");
    }
    if (!rolling) {
      return List.of(
          backup(), removeApp(app), quiet(), put(Change.ADD, "the same app again", true));
    }
    List<String> tasks = app.get().instances().stream().map(i -> i.taskId()).sorted().toList();
    return List.of(
        backup(),
        stage(
            "roll",
            "replace the instances one by one",
            new Step.ActionStep(
                "chronos.roll",
                "replace " + tasks.size() + " instances one by one",
                appId(),
                Change.RESTART,
                true,
                "followers first, leader last, each healthy before the next goes",
                "chronos.roll",
                Map.of("tasks", tasks),
                ROLLOUT)));
  }

  /** Another version, instance by instance. */
  List<Stage> roll(List<Difference> differences) {
    return List.of(put(Change.CHANGE, changed(differences), true));
  }

  /** Another version that must not meet the old one. */
  List<Stage> stopStart(Optional<Workload> app, String why) {
    String reason = app.map(a -> count(a.instances().size(), "instance") + " end").orElse(GONE);
    return List.of(
        removeApp(reason + "; " + why), quiet(), put(Change.ADD, "framework and jobs kept", true));
  }

  /**
   * Ends app, frameworks and records; then deploys anew if asked to. Nothing when none is there.
   *
   * @throws HoraiException REFUSED when there is nothing that could be followed by a new one
   */
  public List<Stage> purge(
      Optional<Workload> app, List<FrameworkInfo> frameworks, boolean redeploy) {
    if (app.isEmpty() && frameworks.isEmpty() && nothingStored()) {
      if (redeploy) {
        throw nothingToRestart("there is no Chronos to purge");
      }
      return List.of();
    }
    List<Stage> stages = new ArrayList<>(List.of(backup(), removeApp(app), quiet()));
    frameworks.forEach(framework -> stages.add(teardown(framework)));
    stages.add(deleteRecords());
    if (redeploy) {
      stages.add(put(Change.ADD, "a new framework without jobs", false));
    }
    return stages;
  }

  /** Ends the app; framework and jobs stay. */
  public List<Stage> remove(Optional<Workload> app) {
    return app.isEmpty() && stored.candidates().isEmpty()
        ? List.of()
        : List.of(backup(), removeApp(app), quiet());
  }

  /**
   * Proves the result.
   *
   * @param sameId the framework id that must still be in use
   * @param gone framework ids that must not be in use any more
   * @param jobs names that must be stored and shown
   */
  public Stage verify(Optional<String> sameId, List<String> gone, List<String> jobs) {
    Map<String, Object> expected = new LinkedHashMap<>();
    sameId.ifPresent(id -> expected.put("sameFrameworkId", id));
    expected.put("goneFrameworkIds", gone);
    expected.put("jobs", jobs);
    return stage(
        "verify",
        "prove it",
        new Step.ActionStep(
            "chronos.verify",
            "prove that it works",
            appId(),
            Change.CHECK,
            false,
            "registered, one leader, reached by all, canary",
            "chronos.verify",
            expected,
            Duration.ofMinutes(5)));
  }

  Stage backup() {
    return action(
        "backup",
        "back up the jobs",
        count(stored.storedJobs().size(), "job") + " from " + recordsPath(),
        Change.CHECK,
        false,
        "",
        Map.of(),
        QUICK);
  }

  private Stage removeApp(Optional<Workload> app) {
    return removeApp(app.map(a -> count(a.instances().size(), "instance") + " end").orElse(GONE));
  }

  private Stage removeApp(String reason) {
    return action(
        "remove-app",
        "remove the app",
        reason,
        Change.REMOVE,
        true,
        "",
        Map.of(),
        Duration.ofMinutes(5));
  }

  private Stage quiet() {
    return action(
        "await-quiet",
        "await an empty election",
        "a living scheduler would write its records again",
        Change.CHECK,
        false,
        "",
        Map.of(),
        ELECTION);
  }

  private Stage teardown(FrameworkInfo framework) {
    Step step =
        new Step.ActionStep(
            "chronos.teardown " + framework.id(),
            "tear down the framework",
            "mesos",
            Change.REMOVE,
            true,
            framework.id() + " with " + count(framework.tasks().size(), "task"),
            "chronos.teardown",
            Map.of("frameworkId", framework.id(), "name", framework.name()),
            QUICK);
    return new Stage(
        "chronos:teardown " + framework.id(), CONCERN, "tear down the framework", 0, List.of(step));
  }

  private Stage deleteRecords() {
    return action(
        "delete-records",
        "delete the records in ZooKeeper",
        cluster.chronos().zkPath() + " with " + count(stored.storedJobs().size(), "job"),
        Change.REMOVE,
        true,
        "verified to stay gone",
        Map.of("path", cluster.chronos().zkPath()),
        QUICK);
  }

  private Stage put(Change change, String reason, boolean disruptive) {
    Step step =
        new Step.ActionStep(
            "chronos.deploy",
            "app "
                + appId()
                + ", "
                + cluster.chronos().instances()
                + " x Chronos "
                + cluster.chronos().version(),
            "marathon",
            change,
            disruptive,
            reason,
            "chronos.deploy",
            Map.of("definition", definition),
            ROLLOUT);
    return new Stage("chronos:deploy", CONCERN, "deploy the app", 0, List.of(step));
  }

  private Stage action(
      String name,
      String title,
      String reason,
      Change change,
      boolean disruptive,
      String more,
      Map<String, Object> arguments,
      Duration limit) {
    return stage(
        name,
        title,
        new Step.ActionStep(
            "chronos." + name,
            title,
            appId(),
            change,
            disruptive,
            more.isEmpty() ? reason : reason + ", " + more,
            "chronos." + name,
            arguments,
            limit));
  }

  private static Stage stage(String name, String title, Step step) {
    return new Stage("chronos:" + name, CONCERN, title, 0, List.of(step));
  }

  private String created() {
    return "unique hosts, overlay "
        + cluster.overlay().provider()
        + " "
        + cluster.overlay().subnet();
  }

  private static String changed(List<Difference> differences) {
    return String.join(
        "\n",
        differences.stream()
            .map(d -> d.field() + ": " + d.actual() + " -> " + d.wanted())
            .toList());
  }

  private boolean nothingStored() {
    return stored.candidates().isEmpty()
        && stored.storedFrameworkId().isEmpty()
        && stored.storedJobs().isEmpty();
  }

  private HoraiException nothingToRestart(String what) {
    return new HoraiException(
        CommonErrors.REFUSED,
        what,
        "Marathon of cluster " + cluster.name() + " does not have it",
        "chronos:apply, or run:resume if a run was cut in half");
  }

  private static String count(int number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }

  private String appId() {
    return cluster.chronos().appId();
  }

  private String recordsPath() {
    return cluster.chronos().zkPath() + "/state/state";
  }
}
