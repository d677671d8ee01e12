package org.horai.marathon.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.horai.api.deployer.Deployment;
import org.horai.api.deployer.Instance;
import org.horai.api.deployer.Workload;

/** Reads what any Marathon from 1.1 to 1.11 answers. */
public final class Answers {
  private static final Set<String> ENDED =
      Set.of("FAILED", "KILLED", "FINISHED", "ERROR", "LOST", "GONE", "DROPPED");

  private Answers() {}

  /** What {@code /v2/info} says. */
  public record Info(String version, String leader, String frameworkId) {}

  public static Info info(Tree json) {
    return new Info(
        json.at("version").text(""), json.at("leader").text(""), json.at("frameworkId").text(""));
  }

  /** One app, as in {@code app} or {@code apps[]}. */
  public static Workload workload(Tree app) {
    return new Workload(
        app.at("id").text(""),
        app.at("version").text(""),
        app.at("instances").number(0),
        app.at("tasks").items().stream().filter(Answers::lives).map(Answers::instance).toList(),
        ids(app.at("deployments")),
        failure(app.at("lastTaskFailure")),
        app.map());
  }

  /** Ids given as {@code {id}} objects, or bare, as very old servers do. */
  public static List<String> ids(Tree list) {
    return list.items().stream()
        .flatMap(item -> item.text().or(() -> item.at("id").text()).stream())
        .toList();
  }

  private static Optional<String> failure(Tree failure) {
    if (!failure.present()) {
      return Optional.empty();
    }
    return Optional.of(
        failure.at("message").text("no message")
            + " ("
            + failure.at("state").text("TASK_FAILED")
            + " on "
            + failure.at("host").text("an unknown host")
            + " at "
            + failure.at("timestamp").text("an unknown time")
            + ")");
  }

  /** Tasks that ended stay listed for a while, without ports and with stale health results. */
  static boolean lives(Tree task) {
    String state = task.at("state").text("").replaceFirst("^TASK_", "").toUpperCase();
    return !ENDED.contains(state);
  }

  static Instance instance(Tree task) {
    return new Instance(
        task.at("id").text(""),
        task.at("host").text(""),
        task.at("ports").items().stream().map(port -> port.number(0)).toList(),
        task.at("ipAddresses").items().stream()
            .flatMap(address -> address.at("ipAddress").text().stream())
            .toList(),
        state(task),
        task.at("version").text(""),
        health(task));
  }

  /** Servers without a state per task tell by the start time. */
  private static String state(Tree task) {
    return task.at("state")
        .text()
        .orElse(task.at("startedAt").present() ? "TASK_RUNNING" : "TASK_STAGING");
  }

  /**
   * Alive when every check says so. A result that says "not alive" but holds neither a success nor
   * a failure means that nothing was checked yet.
   */
  private static Optional<Boolean> health(Tree task) {
    List<Tree> results =
        task.at("healthCheckResults").items().stream().filter(Answers::checked).toList();
    return results.isEmpty()
        ? Optional.empty()
        : Optional.of(results.stream().allMatch(result -> result.at("alive").yes()));
  }

  private static boolean checked(Tree result) {
    return result.at("alive").yes()
        || result.at("consecutiveFailures").number(0) > 0
        || result.at("lastFailure").present()
        || result.at("lastSuccess").present();
  }

  /** Live tasks of one app in a {@code tasks} answer. */
  public static List<Instance> instances(Tree json, String appId) {
    return json.at("tasks").items().stream()
        .filter(task -> task.at("appId").text("").equals(appId))
        .filter(Answers::lives)
        .map(Answers::instance)
        .toList();
  }

  /** All deployments, in the order given. */
  public static List<Deployment> deployments(Tree json) {
    return json.items().stream().map(Answers::deployment).toList();
  }

  private static Deployment deployment(Tree json) {
    List<Tree> current = json.at("currentActions").items();
    List<String> words = new ArrayList<>();
    for (Tree action : current) {
      // Marathon 1.1 writes "action" here and "type" inside the steps.
      String app = action.at("app", "pod").text("");
      words.add((action.at("action", "type").text("") + " " + app).strip());
    }
    List<String> apps =
        Stream.concat(
                json.at("affectedApps").items().stream(), json.at("affectedPods").items().stream())
            .flatMap(item -> item.text().stream())
            .toList();
    return new Deployment(
        json.at("id").text(""),
        json.at("version").text(""),
        apps,
        words,
        json.at("currentStep").number(0),
        json.at("totalSteps").number(json.at("steps").items().size()));
  }

  /** Stored versions, newest first; servers send them in no order. */
  public static List<String> versions(Tree json) {
    return json.at("versions").items().stream()
        .flatMap(version -> version.text().stream())
        .sorted(Comparator.reverseOrder())
        .toList();
  }

  /**
   * An app waiting to be started.
   *
   * @param delaySeconds back-off left; 0 when it may start now
   * @param rejections why the last offers were declined; empty when the server does not say
   */
  public record Queued(
      String appId, int count, long delaySeconds, boolean overdue, List<Rejection> rejections) {
    public Queued {
      rejections = List.copyOf(rejections);
    }
  }

  /** {@code declined} of {@code processed} offers fell for this reason. */
  public record Rejection(String reason, int declined, int processed) {}

  public static List<Queued> queue(Tree json) {
    return json.at("queue").items().stream().map(Answers::queued).toList();
  }

  private static Queued queued(Tree json) {
    Tree delay = json.at("delay");
    return new Queued(
        json.at("app", "pod").at("id").text(""),
        json.at("count").number(0),
        delay.at("timeLeftSeconds").number(0),
        delay.at("overdue").yes(),
        json.at("processedOffersSummary").at("rejectSummaryLastOffers").items().stream()
            .map(
                item ->
                    new Rejection(
                        item.at("reason").text(""),
                        item.at("declined").number(0),
                        item.at("processed").number(0)))
            .filter(rejection -> rejection.declined() > 0)
            .toList());
  }

  /** What a change was answered with. */
  public record Accepted(Optional<String> deploymentId, Optional<String> version) {}

  public static Accepted accepted(Tree json) {
    return new Accepted(json.at("deploymentId").text(), json.at("version").text());
  }
}
