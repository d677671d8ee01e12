package org.horai.mesos.master.model;

import java.util.Optional;
import java.util.Set;
import org.horai.api.cluster.ClusterSnapshot;
import org.horai.api.cluster.HostPort;

/**
 * What one master said of itself and the cluster.
 *
 * @param self its own address
 * @param leader the one it takes for the leader; empty when it knows none
 * @param snapshot its view, which is worth something only when it leads: masters before 1.0 answer
 *     from an empty view when they do not
 * @param awaited ids of frameworks with tasks that have not registered with it yet
 */
public record MasterState(
    HostPort self, Optional<HostPort> leader, ClusterSnapshot snapshot, Set<String> awaited) {
  public MasterState {
    awaited = Set.copyOf(awaited);
  }

  public boolean leads() {
    return leader.isPresent() && leader.get().equals(self);
  }
}
