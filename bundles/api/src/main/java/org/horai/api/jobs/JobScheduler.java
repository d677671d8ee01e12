package org.horai.api.jobs;

import java.util.List;
import java.util.Optional;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.cluster.HostPort;
import org.horai.api.time.Deadline;

/**
 * Chronos. Every call finds the leader and speaks to it directly, because followers hide the
 * leader's errors. Blocking until the deadline at most.
 *
 * <p>Errors: UNREACHABLE when nobody leads, NOT_FOUND for an unknown job, USAGE for a job that
 * breaks a rule, FAILED with the server's own words.
 */
public interface JobScheduler {
  /** The leader by ZooKeeper. */
  Optional<HostPort> leader(ClusterSpec cluster, Deadline deadline);

  /**
   * All jobs, sorted by name. One empty answer right after an election is not believed: it is
   * checked against the records in ZooKeeper.
   */
  List<JobView> list(ClusterSpec cluster, Deadline deadline);

  Optional<JobView> find(ClusterSpec cluster, String name, Deadline deadline);

  /**
   * Creates or replaces a job, and proves by reading back that it is there.
   *
   * @throws org.horai.api.HoraiException USAGE for an illegal schedule or name, a missing parent, a
   *     cycle
   */
  void put(ClusterSpec cluster, Job job, Deadline deadline);

  /** Starts a run now. */
  void run(ClusterSpec cluster, String name, Deadline deadline);

  /** Kills the running tasks of a job. */
  void kill(ClusterSpec cluster, String name, Deadline deadline);

  /** Deletes a job; its children are put back as they were, without it. */
  void delete(ClusterSpec cluster, String name, Deadline deadline);

  /** The framework's name and its id as stored in ZooKeeper. Reads ZooKeeper only. */
  FrameworkIdentity identity(ClusterSpec cluster, Deadline deadline);

  /** Names of the jobs stored in ZooKeeper, sorted; works without a running Chronos. */
  List<String> storedJobs(ClusterSpec cluster, Deadline deadline);

  /** A framework's name and stored id. */
  record FrameworkIdentity(String name, Optional<String> storedId) {}
}
