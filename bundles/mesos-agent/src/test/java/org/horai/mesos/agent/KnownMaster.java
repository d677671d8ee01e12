package org.horai.mesos.agent;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.ClassifiedFramework;
import org.horai.api.cluster.ClusterMaster;
import org.horai.api.cluster.ClusterSnapshot;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.cluster.HostPort;
import org.horai.api.cluster.MasterAddress;
import org.horai.api.time.Deadline;

/** A master that shows one view after another, the last one for ever. */
final class KnownMaster implements ClusterMaster {
  private final Deque<ClusterSnapshot> views = new ArrayDeque<>();
  private final Map<String, Map<String, String>> flags = new HashMap<>();
  private int looks;

  KnownMaster shows(ClusterSnapshot view) {
    views.add(view);
    return this;
  }

  KnownMaster runs(String address, Map<String, String> running) {
    flags.put(address, running);
    return this;
  }

  int looks() {
    return looks;
  }

  @Override
  public MasterAddress leader(ClusterSpec cluster, Deadline deadline) {
    return snapshot(cluster, deadline).leader();
  }

  @Override
  public synchronized ClusterSnapshot snapshot(ClusterSpec cluster, Deadline deadline) {
    looks++;
    if (views.isEmpty()) {
      throw new HoraiException(CommonErrors.UNREACHABLE, "no leading Mesos master answers", "");
    }
    return views.size() > 1 ? views.poll() : views.peek();
  }

  @Override
  public List<ClassifiedFramework> frameworks(ClusterSpec cluster, Deadline deadline) {
    return List.of();
  }

  @Override
  public void teardown(ClusterSpec cluster, String frameworkId, Deadline deadline) {
    throw new AssertionError("nothing is torn down here");
  }

  @Override
  public Map<String, String> agentFlags(ClusterSpec cluster, HostPort agent, Deadline deadline) {
    Map<String, String> running = flags.get(agent.host());
    if (running == null) {
      throw new HoraiException(CommonErrors.UNREACHABLE, agent + " does not answer", "");
    }
    return running;
  }
}
