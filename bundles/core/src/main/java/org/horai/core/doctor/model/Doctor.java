package org.horai.core.doctor.model;

import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.time.Deadline;

/** Runs the health checks of all bundles. */
public interface Doctor {
  /** All tags that checks have now. */
  SortedSet<String> tags();

  /** Names of the checks with one of the tags, or of all checks when there are no tags. */
  List<String> names(Set<String> tags);

  /**
   * Runs those checks at the same time. Blocking, at most a moment beyond the deadline.
   *
   * @throws org.horai.api.HoraiException INTERRUPTED
   */
  Diagnosis examine(ClusterSpec cluster, Set<String> tags, Deadline deadline);
}
