package org.horai.api.cluster;

import java.util.List;
import java.util.Map;
import org.horai.api.time.Deadline;

/**
 * The Mesos masters. Every call finds the leader anew (ZooKeeper, then the masters themselves),
 * never trusts a non-leader, and blocks until the deadline at most.
 *
 * <p>Errors: UNREACHABLE when no master answers or none leads, UNAUTHORIZED, BAD_ANSWER.
 */
public interface ClusterMaster {
  MasterAddress leader(ClusterSpec cluster, Deadline deadline);

  ClusterSnapshot snapshot(ClusterSpec cluster, Deadline deadline);

  /**
   * All frameworks, each told apart by the scheduler's name and stored id.
   *
   * @see FrameworkKind
   */
  List<ClassifiedFramework> frameworks(ClusterSpec cluster, Deadline deadline);

  /**
   * Tears one framework down: kills its tasks, forbids its id. Done already (unknown to the leader,
   * or completed) counts as done. Waits until the leader no longer lists it.
   */
  void teardown(ClusterSpec cluster, String frameworkId, Deadline deadline);

  /** The flags an agent runs with, by name, as it answers them itself. */
  Map<String, String> agentFlags(ClusterSpec cluster, HostPort agent, Deadline deadline);
}
