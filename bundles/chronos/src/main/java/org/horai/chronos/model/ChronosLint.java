package org.horai.chronos.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.horai.api.cluster.ChronosSpec;
import org.horai.api.cluster.ClusterSnapshot;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.health.Finding;
import org.horai.api.jobs.SchedulerSnapshot;

/** What about a wanted Chronos would surprise its operator later. Pure. */
public final class ChronosLint {
  /**
   * How long every follower answers 500 after a leader died hard: its ZooKeeper session, which
   * servers cap at 20 ticks of 2 s.
   */
  static final Duration LEADER_DEATH = Duration.ofSeconds(40);

  private static final Duration ROOM = Duration.ofSeconds(15);
  private static final Duration SLOW_START = Duration.ofSeconds(60);
  private static final int SMALLEST_MEM_MIB = 512;

  private ChronosLint() {}

  /** Findings about the specification alone, and about the cluster as far as it is known. */
  public static List<Finding> lint(
      ClusterSpec cluster, Optional<ClusterSnapshot> mesos, Optional<SchedulerSnapshot> stored) {
    ChronosSpec chronos = cluster.chronos();
    List<Finding> found = new ArrayList<>();
    patience(chronos).ifPresent(found::add);
    if (chronos.health().grace().compareTo(SLOW_START) < 0) {
      found.add(
          Finding.warning(
              FindingCodes.SHORT_GRACE.id(),
              chronos.appId(),
              "the grace period of " + seconds(chronos.health().grace()) + " is short",
              "a JVM that joins ZooKeeper on " + chronos.cpus() + " cpus may need a minute",
              "set chronos.health.grace to 120s"));
    }
    if (chronos.memMiB() < SMALLEST_MEM_MIB) {
      found.add(
          Finding.warning(
              FindingCodes.SMALL.id(),
              chronos.appId(),
              chronos.memMiB() + " MiB is little for a JVM with libmesos",
              "the container is killed when heap and native memory exceed it",
              "set chronos.memMiB to 768"));
    }
    numbers(cluster, mesos).ifPresent(found::add);
    mesos.flatMap(m -> stored.flatMap(s -> zombie(m, s))).ifPresent(found::add);
    return List.copyOf(found);
  }

  private static Optional<Finding> patience(ChronosSpec chronos) {
    Duration needed = LEADER_DEATH.plus(ROOM);
    Duration patience = chronos.health().patience();
    if (patience.compareTo(needed) >= 0) {
      return Optional.empty();
    }
    int failures =
        (int) Math.ceil((double) needed.toMillis() / chronos.health().interval().toMillis());
    return Optional.of(
        Finding.warning(
            FindingCodes.IMPATIENT.id(),
            chronos.appId(),
            "the health check's patience of "
                + seconds(patience)
                + " does not outlast a leader's death",
            "followers pass /ping on to the leader; when it dies hard, all of them fail for up to "
                + seconds(LEADER_DEATH)
                + ", and Marathon would kill the healthy ones too",
            "set chronos.health.maxFailures to " + failures));
  }

  private static Optional<Finding> numbers(ClusterSpec cluster, Optional<ClusterSnapshot> mesos) {
    int instances = cluster.chronos().instances();
    int agents =
        mesos
            .map(m -> (int) m.agents().stream().filter(a -> a.active()).count())
            .orElse(cluster.inventory().agents().size());
    String app = cluster.chronos().appId();
    if (instances > agents) {
      return Optional.of(
          Finding.error(
              FindingCodes.TOO_MANY.id(),
              app,
              instances + " instances need as many agents, there are " + agents,
              "each instance runs on a host of its own",
              "set chronos.instances to " + Math.max(agents, 1) + " or add agents"));
    }
    return instances < 2
        ? Optional.of(
            Finding.warning(
                FindingCodes.ALONE.id(),
                app,
                "one instance is not highly available",
                "nobody takes over when it dies",
                "set chronos.instances to 3"))
        : Optional.empty();
  }

  private static Optional<Finding> zombie(ClusterSnapshot mesos, SchedulerSnapshot stored) {
    return stored
        .storedFrameworkId()
        .filter(id -> mesos.completed().stream().anyMatch(f -> f.id().equals(id)))
        .map(
            id ->
                Finding.error(
                    ChronosErrors.ZOMBIE_ID.id(),
                    id,
                    "the framework id stored in ZooKeeper was torn down",
                    "Mesos refuses it (\"Framework has been removed\"), every instance would crash",
                    "chronos:restart --purge"));
  }

  private static String seconds(Duration duration) {
    return duration.toSeconds() + " s";
  }
}
