package org.horai.chronos.client;

import java.util.List;
import java.util.Optional;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.cluster.HostPort;
import org.horai.api.coordination.CoordinationStore;
import org.horai.api.time.Deadline;
import org.horai.chronos.model.MesosEntry;

/**
 * What Chronos keeps in ZooKeeper: the election below {@code candidate}, one {@code J_name} node
 * per job and {@code frameworkId} below {@code state}. Works without a running Chronos. Blocking.
 */
public final class ChronosRecords {
  /** The job of a proof; one that a killed program left behind counts for nothing. */
  public static final String CANARY = "horai-canary";

  private static final String JOB = "J_";

  private final CoordinationStore store;
  private final ClusterSpec cluster;
  private final String root;

  public ChronosRecords(CoordinationStore store, ClusterSpec cluster) {
    this.store = store;
    this.cluster = cluster;
    this.root = cluster.chronos().zkPath() + "/state";
  }

  /** Who stands for election, the leader first. */
  public List<HostPort> candidates(Deadline deadline) {
    return store.election(cluster.zookeeper(), root + "/candidate", deadline).stream()
        .filter(candidate -> candidate.id().contains(":"))
        .map(candidate -> HostPort.parse(candidate.id(), cluster.chronos().httpPort()))
        .toList();
  }

  /** The id the next leader will register with. */
  public Optional<String> frameworkId(Deadline deadline) {
    return store
        .read(cluster.zookeeper(), root + "/state/frameworkId", deadline)
        .flatMap(node -> MesosEntry.decode(node.data()))
        .flatMap(MesosEntry::frameworkId);
  }

  /** Names of the stored jobs, sorted; the canary is none. */
  public List<String> jobNames(Deadline deadline) {
    return store.children(cluster.zookeeper(), root + "/state", deadline).stream()
        .filter(node -> node.startsWith(JOB))
        .map(node -> node.substring(JOB.length()))
        .filter(name -> !name.equals(CANARY))
        .sorted()
        .toList();
  }

  /** The JSON of a stored job; empty when it is not there or was emptied. */
  public Optional<String> job(String name, Deadline deadline) {
    return store
        .read(cluster.zookeeper(), root + "/state/" + JOB + name, deadline)
        .flatMap(node -> MesosEntry.decode(node.data()))
        .map(MesosEntry::text);
  }

  /** True when anything is left below the purge root. */
  public boolean present(Deadline deadline) {
    return store.read(cluster.zookeeper(), cluster.chronos().zkPath(), deadline).isPresent();
  }
}
