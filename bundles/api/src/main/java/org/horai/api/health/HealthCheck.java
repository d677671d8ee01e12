package org.horai.api.health;

import java.util.List;
import java.util.Set;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.time.Deadline;

/** One look at one concern of a cluster; read-only. */
public interface HealthCheck {
  /** Short name shown by the doctor: {@code zookeeper}. */
  String name();

  /** Such as {@code preflight}, {@code network}, {@code scheduler}. */
  Set<String> tags();

  /**
   * Looks. Blocking, at most until the deadline. Returns at least one finding; what cannot be
   * reached is a finding, not an exception.
   */
  List<Finding> check(ClusterSpec cluster, Deadline deadline);
}
