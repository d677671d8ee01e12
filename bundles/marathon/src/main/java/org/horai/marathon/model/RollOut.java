package org.horai.marathon.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.horai.api.deployer.Instance;
import org.horai.api.deployer.Submission;
import org.horai.api.deployer.Workload;

/** How far an app is on its way to be as submitted. */
public final class RollOut {
  private RollOut() {}

  /**
   * True when nothing holds the app locked any more and exactly the wanted instances are there, of
   * the present configuration, running and, where checks are defined, healthy.
   */
  public static boolean complete(Workload app) {
    return app.deployments().isEmpty()
        && app.instances().size() == app.wantedInstances()
        && app.instances().stream().allMatch(i -> current(app, i) && well(app, i));
  }

  /**
   * True if the stored definition is newer than the submitted one. An older one is no harm: an
   * identical change is answered with a version that is never stored.
   */
  public static boolean overtaken(Workload app, Submission submission) {
    Optional<Instant> stored = Age.instant(app.version());
    Optional<Instant> ours = submission.version().flatMap(Age::instant);
    return stored.isPresent() && ours.isPresent() && stored.get().isAfter(ours.get());
  }

  /** {@code 2 of 3 healthy, 1 starting, 1 of an older version}. */
  public static String progress(Workload app) {
    boolean checked = checked(app);
    List<Instance> live = app.instances();
    long well = live.stream().filter(i -> current(app, i) && well(app, i)).count();
    long starting = live.stream().filter(i -> !i.running()).count();
    long unwell = live.stream().filter(i -> i.healthy().equals(Optional.of(false))).count();
    long old = live.stream().filter(i -> !current(app, i)).count();
    return well
        + " of "
        + app.wantedInstances()
        + (checked ? " healthy" : " running")
        + part(starting, " not yet running")
        + part(unwell, " failing its check")
        + part(old, " of an older version");
  }

  private static String part(long count, String words) {
    return count == 0 ? "" : ", " + count + words;
  }

  private static boolean checked(Workload app) {
    return !new Tree(app.definition()).at("healthChecks").items().isEmpty();
  }

  private static boolean well(Workload app, Instance instance) {
    return instance.running() && (!checked(app) || instance.healthy().orElse(false));
  }

  /** Scaling alone gives the app a new version but leaves running instances as they are. */
  public static boolean current(Workload app, Instance instance) {
    if (instance.version().equals(app.version())) {
      return true;
    }
    Optional<Instant> configured =
        new Tree(app.definition())
            .at("versionInfo")
            .at("lastConfigChangeAt")
            .text()
            .flatMap(Age::instant);
    Optional<Instant> started = Age.instant(instance.version());
    return configured.isPresent()
        && started.isPresent()
        && !started.get().isBefore(configured.get());
  }
}
