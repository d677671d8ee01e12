package org.horai.chronos.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.horai.api.cluster.ChronosChoice;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.deployer.Difference;
import org.horai.api.deployer.Workload;
import org.horai.api.jobs.ChronosDialect;
import org.horai.api.jobs.ChronosDialects;
import org.horai.api.jobs.Job;
import org.horai.api.jobs.JobSnapshot;
import org.horai.api.jobs.JobView;
import org.horai.api.plan.Change;
import org.horai.api.plan.Phase;
import org.horai.api.plan.PlanRequest;
import org.horai.api.plan.Stage;
import org.horai.api.plan.Step;
import org.horai.api.plan.Step.ActionStep;

/**
 * The way of a running Chronos from one version to another. Versions of one dialect share REST path
 * and records, so their instances may stand in one election and are replaced one by one, the leader
 * last. Versions of two dialects may not: a follower passes requests on to a leader with another
 * REST path, and each leader leaves out of the records it writes what only the other knows; there
 * the old ones end before the new ones start.
 *
 * @param from the cluster with the version that runs
 * @param to the cluster with the version that is wanted
 * @param back true when it returns to the version it came from
 */
public record Upgrade(
    ClusterSpec from,
    ClusterSpec to,
    ChronosDialect fromDialect,
    ChronosDialect toDialect,
    boolean back) {
  public static final String GOAL = "chronos.upgrade";
  public static final String CHOOSE = "chronos.choose-version";
  public static final String PUT_BACK = "chronos.put-back-fields";
  public static final String SETTLE = "chronos.settle-version";

  private static final Set<Phase> PHASES = Set.of(Phase.WORKLOAD, Phase.VERIFY);
  private static final String VERSION = "chronosVersion";
  private static final String IMAGE = "chronosImage";

  /** What moves on while a job lives, or clashes with what replaced it. */
  private static final Set<String> NEVER_PUT_BACK =
      Set.of("schedule", "scheduleTimeZone", "parents", "uris", "fetch", "disabled");

  /** A version and its image. */
  public record End(String version, String image) {}

  /** The request of a way between two versions; {@code backup} is empty except on the way back. */
  public static PlanRequest request(ClusterSpec cluster, End from, End to, String backup) {
    Map<String, String> options = new TreeMap<>();
    options.put("from", from.version());
    options.put("fromImage", from.image());
    options.put("to", to.version());
    options.put("image", to.image());
    if (!backup.isEmpty()) {
      options.put("backup", backup);
    }
    return new PlanRequest(cluster, GOAL, PHASES, options);
  }

  public static Upgrade of(PlanRequest request, ChronosDialects dialects) {
    String from = request.option("from", "");
    String to = request.option("to", "");
    return new Upgrade(
        running(request.cluster(), from, request.option("fromImage", "")),
        running(request.cluster(), to, request.option("image", "")),
        dialects.require(from),
        dialects.require(to),
        request.options().containsKey("backup"));
  }

  /** The cluster as a step means it: in the version that the step names, else as it is. */
  public static ClusterSpec cluster(ClusterSpec cluster, Map<String, Object> arguments) {
    return arguments.get(VERSION) instanceof String version
        ? running(cluster, version, String.valueOf(arguments.get(IMAGE)))
        : cluster;
  }

  private static ClusterSpec running(ClusterSpec cluster, String version, String image) {
    return cluster.running(cluster.chronos().running(version, image));
  }

  /** True where old and new instances may stand in one election. */
  public boolean rolling() {
    return fromDialect.id().equals(toDialect.id());
  }

  /** All up to the proof. */
  public List<Stage> stages(
      Flows flows, Optional<Workload> app, List<Difference> differences, JobSnapshot jobs) {
    List<Stage> stages = new ArrayList<>();
    stages.add(in(from, flows.backup()));
    stages.add(in(to, choose()));
    if (app.isEmpty() || !differences.isEmpty()) {
      boolean oneByOne = rolling() && app.isPresent();
      (oneByOne
              ? flows.roll(differences)
              : flows.stopStart(app, "see " + UpgradeCodes.STOP_START.id()))
          .forEach(stage -> stages.add(in(to, stage)));
    }
    Map<String, Map<String, Object>> forgotten = forgotten(jobs);
    if (!forgotten.isEmpty()) {
      stages.add(in(to, putBack(forgotten)));
    }
    return stages;
  }

  /** Why instances of the two versions are never alive at the same time. */
  String whyNotTogether() {
    return from.chronos().version()
        + " and "
        + to.chronos().version()
        + " must not stand in one election: other REST paths, and each drops from the records what"
        + " only the other knows";
  }

  /** The last step, after the proof. */
  public Stage settle() {
    return in(
        to,
        stage(
            "settle-version",
            "Chronos " + to.chronos().version() + " it is",
            Change.CHECK,
            "remembered until the cluster file says another version",
            SETTLE,
            Map.of("back", back)));
  }

  private Stage choose() {
    return stage(
        "choose-version",
        "remember Chronos " + to.chronos().version(),
        Change.CHECK,
        "it came from " + from.chronos().version() + "; the cluster file is not written",
        CHOOSE,
        Map.of("from", from.chronos().version(), "fromImage", from.chronos().image()));
  }

  private Stage putBack(Map<String, Map<String, Object>> forgotten) {
    Set<String> fields = new TreeSet<>();
    forgotten.values().forEach(job -> fields.addAll(job.keySet()));
    return stage(
        "put-back-fields",
        "put back what Chronos " + from.chronos().version() + " forgot",
        Change.CHANGE,
        String.join(", ", fields) + " of " + forgotten.size() + " jobs, where it is not there",
        PUT_BACK,
        Map.of("fields", forgotten));
  }

  /** What the version that is left takes out of records it writes, by job that is still there. */
  Map<String, Map<String, Object>> forgotten(JobSnapshot jobs) {
    Set<String> there = new TreeSet<>();
    jobs.stored().forEach(job -> there.add(job.name()));
    Map<String, Map<String, Object>> all = new TreeMap<>();
    for (Job job : jobs.before()) {
      Map<String, Object> lost = new LinkedHashMap<>(job.fields());
      lost.keySet().removeAll(fromDialect.toJson(job).keySet());
      lost.keySet().removeAll(JobView.SERVER_FIELDS);
      lost.keySet().removeAll(NEVER_PUT_BACK);
      if (!lost.isEmpty() && there.contains(job.name())) {
        all.put(job.name(), lost);
      }
    }
    return all;
  }

  /**
   * What to remember at the start.
   *
   * @param now what is remembered
   * @param wanted version before this step, file or chosen
   * @param backup of this run
   */
  public static ChronosChoice begun(
      ChronosChoice now, String wanted, End from, End to, String backup) {
    boolean again = now.moving() && now.version().equals(to.version());
    return new ChronosChoice(
        to.version(),
        to.image(),
        now.version().equals(wanted) ? now.file() : wanted,
        from.version(),
        from.image(),
        again ? now.backup() : backup,
        true);
  }

  /** What to remember at the end. */
  public static ChronosChoice settled(ChronosChoice now, boolean back) {
    if (back && now.version().equals(now.file())) {
      return ChronosChoice.FILE;
    }
    return new ChronosChoice(
        now.version(),
        now.image(),
        now.file(),
        back ? "" : now.from(),
        back ? "" : now.fromImage(),
        back ? "" : now.backup(),
        false);
  }

  private Stage stage(
      String name,
      String title,
      Change change,
      String reason,
      String action,
      Map<String, Object> arguments) {
    Step step =
        new ActionStep(
            action,
            title,
            to.chronos().appId(),
            change,
            false,
            reason,
            action,
            arguments,
            Duration.ofMinutes(5));
    return new Stage("chronos:" + name, Flows.CONCERN, title, 0, List.of(step));
  }

  /** The stage, meant for the version that the cluster has. */
  public static Stage in(ClusterSpec cluster, Stage stage) {
    List<Step> steps =
        stage.steps().stream()
            .map(step -> step instanceof ActionStep action ? in(cluster, action) : step)
            .toList();
    return new Stage(stage.id(), stage.concern(), stage.title(), stage.atOnce(), steps);
  }

  private static Step in(ClusterSpec cluster, ActionStep step) {
    Map<String, Object> arguments = new LinkedHashMap<>(step.arguments());
    arguments.put(VERSION, cluster.chronos().version());
    arguments.put(IMAGE, cluster.chronos().image());
    return new ActionStep(
        step.id(),
        step.title(),
        step.where(),
        step.change(),
        step.disruptive(),
        step.reason(),
        step.action(),
        arguments,
        step.limit());
  }
}
