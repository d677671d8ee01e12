package org.horai.marathon.client;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.deployer.Submission;
import org.horai.api.deployer.WaitingReason;
import org.horai.api.deployer.Workload;
import org.horai.api.time.Deadline;
import org.horai.marathon.model.Answers;
import org.horai.marathon.model.MarathonErrors;
import org.horai.marathon.model.RollOut;
import org.horai.marathon.model.Tree;

/** Waits for an app to become as wanted, telling how far it is and what goes wrong. */
public final class Awaiting {
  private static final Duration WHY_LIMIT = Duration.ofSeconds(5);

  private final MarathonClient client;
  private final Watcher watcher;
  private final Function<Deadline, List<WaitingReason>> reasons;
  private final String appId;
  private final Consumer<String> progress;
  private final Deadline deadline;
  private final Set<String> failures = new LinkedHashSet<>();
  private String told = "";
  private String delay = "";
  private boolean seenBefore;

  /**
   * @param reasons why the app waits, for the error of the deadline
   */
  public Awaiting(
      MarathonClient client,
      Duration poll,
      String appId,
      Function<Deadline, List<WaitingReason>> reasons,
      Consumer<String> progress,
      Deadline deadline) {
    this.client = client;
    this.watcher = new Watcher(client, poll);
    this.appId = appId;
    this.reasons = reasons;
    this.progress = progress;
    this.deadline = deadline;
  }

  /** Until the submission has come true. The state decides, not the deployment's id. */
  public Workload submission(Submission submission) {
    String what = appId + " to run as submitted";
    return watcher.until(
        appId,
        deadline,
        () -> look(submission).filter(RollOut::complete),
        problem -> late(what, problem));
  }

  /** Until the condition holds. */
  public Workload condition(String what, Predicate<Workload> condition) {
    return watcher.until(
        appId,
        deadline,
        () -> look().filter(app -> condition.test(app)),
        problem -> late(what, problem));
  }

  private Optional<Workload> look(Submission submission) {
    Optional<Workload> app = look();
    if (app.isPresent() && RollOut.overtaken(app.get(), submission)) {
      throw overtaken(
          "app " + appId + " was changed by somebody else while we waited",
          "its version is " + app.get().version() + ", ours " + submission.version().orElse(""));
    }
    return app;
  }

  private Optional<Workload> look() {
    Optional<Workload> app = client.find(appId, deadline);
    if (app.isEmpty() && seenBefore) {
      throw overtaken("app " + appId + " was removed by somebody else while we waited", "");
    }
    seenBefore |= app.isPresent();
    app.ifPresent(this::tell);
    return app;
  }

  private HoraiException overtaken(String what, String why) {
    return new HoraiException(
        MarathonErrors.OVERTAKEN, what, why, "marathon:app " + appId + ", then plan again");
  }

  private void tell(Workload app) {
    String line = RollOut.progress(app) + crashes(app);
    if (!line.equals(told)) {
      told = line;
      progress.accept(line);
    }
  }

  /** Failures of the present version; two or more are a crash loop. */
  private String crashes(Workload app) {
    Tree failure = new Tree(app.definition()).at("lastTaskFailure");
    boolean ours = failure.at("version").text("").equals(app.version());
    if (ours && !RollOut.complete(app) && failures.add(app.lastFailure().orElse(""))) {
      delay = delay();
    }
    if (failures.isEmpty() || RollOut.complete(app)) {
      return "";
    }
    String kind = failures.size() > 1 ? "crash loop, " + failures.size() + " failures" : "failure";
    return "; " + kind + ", last: " + app.lastFailure().orElse("") + delay;
  }

  private String delay() {
    long seconds = client.queued(appId, deadline).map(Answers.Queued::delaySeconds).orElse(0L);
    return seconds > 0 ? "; next start in " + seconds + " s" : "";
  }

  private HoraiException late(String what, String problem) {
    String seen = problem.isEmpty() ? told : problem;
    return new HoraiException(
        CommonErrors.TIMED_OUT,
        "waited " + deadline.limit().toSeconds() + " s for " + what,
        seen + why(),
        "marathon:why " + appId + ", or give more time with --wait");
  }

  private String why() {
    try {
      List<WaitingReason> all = reasons.apply(Deadline.after(WHY_LIMIT));
      return all.isEmpty()
          ? ""
          : all.stream().map(Awaiting::words).collect(Collectors.joining(" | ", " | ", ""));
    } catch (HoraiException e) {
      // The wait itself has failed; that its reasons are not to be had changes nothing.
      return "";
    }
  }

  private static String words(WaitingReason reason) {
    String what = reason.subject() + ": " + reason.what();
    return reason.why().isEmpty() ? what : what + " (" + reason.why() + ")";
  }
}
