package org.horai.api.host;

import java.util.List;
import java.util.Map;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.time.Deadline;

/** Asks many hosts at once: one connection and one exec per host. Blocking. */
public interface HostInspector {
  /**
   * Begins to connect to the hosts of a cluster that will be asked soon. Returns at once; what
   * fails is told by the inspection.
   */
  default void prepare(ClusterSpec cluster, Deadline deadline) {}

  /**
   * Runs the probes and checks; merges several {@link HostProbes} of the same host.
   *
   * @return facts by host name; a host that cannot be asked has a problem instead of an exception
   */
  Map<String, HostFacts> inspect(
      ClusterSpec cluster, List<HostProbes> questions, Deadline deadline);
}
