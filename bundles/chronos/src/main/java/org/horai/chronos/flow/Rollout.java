package org.horai.chronos.flow;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.deployer.Instance;
import org.horai.api.deployer.Workload;
import org.horai.api.time.Deadline;
import org.horai.chronos.model.ChronosInstance;
import org.horai.chronos.model.Topology;

/**
 * Replaces instances one at a time: followers first, the leader last, each new one healthy and in
 * the election before the next old one goes. Never two down, never two on one host.
 *
 * <p>For a changed definition Marathon replaces instances by itself in some versions; in others it
 * hangs for ever with HTTP checks made by Marathon and no over-capacity ("killing 0 of 0"). So it
 * is given a moment, and when nothing moves although all are well, the next old instance is killed
 * by hand.
 */
public final class Rollout {
  private static final Duration MARATHONS_TURN = Duration.ofSeconds(2);

  private final ChronosAccess chronos;
  private final Consumer<String> progress;
  private final Deadline deadline;
  private int replaced;

  public Rollout(ChronosAccess chronos, Consumer<String> progress, Deadline deadline) {
    this.chronos = chronos;
    this.progress = progress;
    this.deadline = deadline;
  }

  /**
   * Kills the named tasks that still run, one after the other.
   *
   * @return how many were killed
   */
  public int replaceTasks(Set<String> taskIds) {
    return replace(instance -> taskIds.contains(instance.taskId()), false);
  }

  /**
   * Sees to it that the named tasks, whose definition was changed, are replaced.
   *
   * @return how many were killed by hand
   */
  public int helpReplacing(Set<String> taskIds) {
    return taskIds.isEmpty() ? 0 : replace(instance -> taskIds.contains(instance.taskId()), true);
  }

  private int replace(Predicate<Instance> old, boolean marathonFirst) {
    Set<String> killed = new HashSet<>();
    while (true) {
      Topology now = awaitAllWell(old);
      List<ChronosInstance> left =
          now.replacementOrder().stream()
              .filter(i -> old.test(i.task()) && !killed.contains(i.task().taskId()))
              .toList();
      if (left.isEmpty()) {
        return replaced;
      }
      if (marathonFirst && movesByItself(old, left.size())) {
        continue;
      }
      ChronosInstance next = left.get(0);
      progress.accept(
          "replacing "
              + (next.leader() ? "the leader " : "")
              + next.address()
              + " on "
              + next.task().host()
              + ", "
              + (left.size() - 1)
              + " to go");
      chronos
          .services()
          .deployer()
          .kill(
              chronos.cluster(),
              chronos.cluster().chronos().appId(),
              next.task().taskId(),
              deadline);
      killed.add(next.task().taskId());
      replaced++;
      awaitGone(next.task().taskId());
    }
  }

  /** Waits until as many as wanted run, are healthy and stand for election. */
  private Topology awaitAllWell(Predicate<Instance> old) {
    int wanted = chronos.cluster().chronos().instances();
    String[] seen = {""};
    Topology[] last = new Topology[1];
    await(
        wanted + " healthy instances that all stand for election",
        deadline,
        app -> {
          Topology topology = Topology.of(Optional.of(app), chronos.records().candidates(deadline));
          long fresh = topology.instances().stream().filter(i -> !old.test(i.task())).count();
          int standing = topology.candidates().size();
          tell(
              seen,
              app.healthy()
                  + " of "
                  + wanted
                  + " healthy, "
                  + standing
                  + " in the election, "
                  + fresh
                  + " new");
          last[0] = topology;
          return app.healthy() == wanted
              && topology.instances().size() == wanted
              && standing == wanted;
        });
    return last[0];
  }

  private void tell(String[] seen, String line) {
    if (!line.equals(seen[0])) {
      seen[0] = line;
      progress.accept(line);
    }
  }

  private boolean movesByItself(Predicate<Instance> old, int before) {
    Deadline turn = deadline.atMost(MARATHONS_TURN);
    try {
      await(
          "Marathon to replace an instance by itself",
          turn,
          app -> app.instances().stream().filter(old).count() < before);
      return true;
    } catch (HoraiException e) {
      if (e.code().equals(CommonErrors.TIMED_OUT) && !deadline.expired()) {
        return false;
      }
      throw e;
    }
  }

  private void awaitGone(String taskId) {
    await(
        "task " + taskId + " to end",
        deadline,
        app -> app.instances().stream().noneMatch(i -> i.taskId().equals(taskId)));
  }

  /** By events, and past an election of Marathon. */
  private void await(String what, Deadline limit, Predicate<Workload> condition) {
    chronos
        .services()
        .deployer()
        .awaitInstances(
            chronos.cluster(),
            chronos.cluster().chronos().appId(),
            what,
            condition,
            line -> {},
            limit);
  }
}
