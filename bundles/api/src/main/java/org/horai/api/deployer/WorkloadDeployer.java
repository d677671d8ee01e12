package org.horai.api.deployer;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.time.Deadline;

/**
 * Marathon. Any instance may be asked: all configured addresses are tried, non-leaders pass on. All
 * calls block until the deadline at most. {@code force} is never used unless asked for by name.
 *
 * <p>Errors: UNREACHABLE, UNAUTHORIZED, BAD_ANSWER; and Marathon's own: locked by a deployment (409
 * with deployments), name taken (409 without), invalid definition (422, with every field and
 * reason), not available (503).
 */
public interface WorkloadDeployer {
  /** The version the leader says; the one in the cluster file wins. */
  MarathonDialect dialect(ClusterSpec cluster, Deadline deadline);

  /** All apps, sorted by id. */
  List<Workload> list(ClusterSpec cluster, Deadline deadline);

  Optional<Workload> find(ClusterSpec cluster, String appId, Deadline deadline);

  /**
   * Pure: what of {@code actual} is not as {@code wanted}; empty when converged. Instances that run
   * an older configuration are a difference, too: a change was cut in half.
   */
  List<Difference> diff(WorkloadSpec wanted, Workload actual, MarathonDialect dialect);

  /** Pure: true if the instance was started from an older configuration than the app has now. */
  boolean outdated(Workload app, Instance instance);

  /** Pure: the JSON that would be sent, in JDK types. */
  java.util.Map<String, Object> render(WorkloadSpec wanted, MarathonDialect dialect);

  /**
   * Creates or changes the app if it differs, waiting first (within the deadline) for a deployment
   * that has it locked, and proves by reading back that every field arrived.
   */
  Submission apply(ClusterSpec cluster, WorkloadSpec wanted, Deadline deadline);

  /**
   * Waits until a submission has come true: its deployment ended and all wanted instances run the
   * new version and are healthy. By events, with the state re-read after each and on every
   * reconnect.
   *
   * @param progress receives one line whenever something changed: "2 of 3 healthy"
   * @throws org.horai.api.HoraiException TIMED_OUT with the reasons of {@link #whyWaiting}
   */
  Workload await(
      ClusterSpec cluster, Submission submission, Consumer<String> progress, Deadline deadline);

  /**
   * Waits until the app's running instances satisfy the condition.
   *
   * @param what the condition in words
   */
  Workload awaitInstances(
      ClusterSpec cluster,
      String appId,
      String what,
      java.util.function.Predicate<Workload> condition,
      Consumer<String> progress,
      Deadline deadline);

  /** Stored versions of an app, newest first. */
  List<String> versions(ClusterSpec cluster, String appId, Deadline deadline);

  /** Goes back to a stored version. */
  Submission rollback(ClusterSpec cluster, String appId, String version, Deadline deadline);

  /**
   * Computed from the queue, from Mesos' offers and from the app; also for Marathons that say
   * nothing.
   */
  List<WaitingReason> whyWaiting(ClusterSpec cluster, String appId, Deadline deadline);

  /**
   * Removes the app and waits until the deployment ended and no task is left. Absent counts as
   * done.
   */
  void remove(ClusterSpec cluster, String appId, Deadline deadline);

  /** Kills one instance; Marathon starts another in its place. */
  void kill(ClusterSpec cluster, String appId, String taskId, Deadline deadline);

  List<Deployment> deployments(ClusterSpec cluster, Deadline deadline);

  /**
   * Ends a deployment that does not end by itself, and waits until it no longer holds its apps.
   *
   * @param leave true to leave the apps as they are in between; false to have Marathon go back to
   *     what was before, by another deployment
   */
  void cancel(ClusterSpec cluster, String deploymentId, boolean leave, Deadline deadline);

  /**
   * Follows the event stream, reconnecting, until closed.
   *
   * @param types event types wanted; empty for all
   */
  AutoCloseable events(
      ClusterSpec cluster, List<String> types, Consumer<DeployerEvent> sink, Deadline deadline);
}
