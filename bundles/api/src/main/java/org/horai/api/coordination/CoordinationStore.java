package org.horai.api.coordination;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.horai.api.cluster.HostPort;
import org.horai.api.cluster.ZooKeeperSpec;
import org.horai.api.time.Deadline;

/**
 * ZooKeeper. Connections are pooled per ensemble and closed when idle or when the bundle stops.
 * Every call blocks until the deadline at most; UNREACHABLE when the ensemble does not answer in
 * time.
 */
public interface CoordinationStore {
  /** Asks every server for itself. Never throws for a dead server. */
  EnsembleHealth health(ZooKeeperSpec ensemble, Deadline deadline);

  /** The node's data and statistics, or empty when there is no such node. */
  Optional<Node> read(ZooKeeperSpec ensemble, String path, Deadline deadline);

  /** Names of the children, sorted; empty when there is no such node. */
  List<String> children(ZooKeeperSpec ensemble, String path, Deadline deadline);

  /** Creates (with parents) or replaces the node's data. */
  void write(ZooKeeperSpec ensemble, String path, byte[] data, Deadline deadline);

  /**
   * Deletes a node with all below it and proves that it is gone. Nothing at the path counts as
   * done.
   *
   * @param guarded further paths that must survive, besides {@code /}, {@code /zookeeper}, {@code
   *     /mesos} and {@code /marathon}
   * @throws org.horai.api.HoraiException REFUSED for a guarded path, anything above or below one
   */
  void deleteTree(ZooKeeperSpec ensemble, String path, Set<String> guarded, Deadline deadline);

  /**
   * The election below a path: the child with the lowest sequence number leads.
   *
   * @return candidates in order of their sequence, the leader first; empty when nobody stands
   */
  List<Candidate> election(ZooKeeperSpec ensemble, String path, Deadline deadline);

  /**
   * Takes the lock at a path for as long as the handle stays open and the session lives.
   *
   * @param holder shown to others who want it: user, machine, what for
   * @throws org.horai.api.HoraiException REFUSED with the present holder when it is taken
   */
  Lock lock(ZooKeeperSpec ensemble, String path, String holder, Deadline deadline);

  /** Calls back after each change at or below the path until closed. */
  Watch watch(ZooKeeperSpec ensemble, String path, Runnable changed, Deadline deadline);

  /** A node's data and statistics. */
  record Node(byte[] data, int version, long modifiedMillis, int children, boolean ephemeral) {}

  /** One who stands for election; {@code id} is the node's data as text. */
  record Candidate(String node, String id, long sequence) {}

  /** All servers of an ensemble. */
  record EnsembleHealth(List<ServerHealth> servers) {
    public EnsembleHealth {
      servers = List.copyOf(servers);
    }

    /** More than half of the servers serve. */
    public boolean quorum() {
      return servers.stream().filter(ServerHealth::serving).count() > servers.size() / 2;
    }
  }

  /**
   * One server.
   *
   * @param mode leader, follower, standalone, or "" when it does not serve
   * @param version or ""
   * @param problem or ""
   * @param latencyMillis of the answer
   */
  record ServerHealth(
      HostPort server, String mode, String version, long latencyMillis, String problem) {
    public boolean serving() {
      return !mode.isEmpty();
    }
  }

  /** A held lock. */
  interface Lock extends AutoCloseable {
    /** False when the session was lost, so that another may hold it now. */
    boolean held();

    @Override
    void close();
  }

  /** A running watch. */
  interface Watch extends AutoCloseable {
    @Override
    void close();
  }
}
