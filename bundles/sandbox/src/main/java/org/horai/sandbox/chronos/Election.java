package org.horai.sandbox.chronos;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.recipes.leader.LeaderLatch;
import org.apache.curator.framework.recipes.leader.LeaderLatchListener;
import org.apache.curator.retry.ExponentialBackoffRetry;

/** The instance's ZooKeeper session and its place in the latch {@code <zk_path>/candidate}. */
final class Election {

  private static final int CONNECTION_TIMEOUT_MS = 5000;
  private static final int RETRY_BASE_MS = 100;
  private static final int RETRIES = 3;

  private final String candidates;
  private final CrashableClients clients = new CrashableClients();
  private final CuratorFramework zooKeeper;
  private final LeaderLatch latch;
  private volatile boolean standing;

  Election(ChronosFlags flags, Duration sessionTimeout) {
    this.candidates = flags.zkPath() + "/candidate";
    this.zooKeeper =
        CuratorFrameworkFactory.builder()
            .connectString(flags.zooKeeper())
            .sessionTimeoutMs((int) sessionTimeout.toMillis())
            .connectionTimeoutMs(CONNECTION_TIMEOUT_MS)
            .retryPolicy(new ExponentialBackoffRetry(RETRY_BASE_MS, RETRIES))
            .zookeeperFactory(clients)
            .dontUseContainerParents()
            .ensembleTracker(false)
            .build();
    this.latch = new LeaderLatch(zooKeeper, candidates, flags.participant());
  }

  CuratorFramework zooKeeper() {
    return zooKeeper;
  }

  /** Connects and stands for election; blocks until the latch is made or ZooKeeper fails. */
  void start(LeaderLatchListener listener, Executor calls) throws IOException {
    zooKeeper.start();
    try {
      ZooKeeperPaths.ensure(zooKeeper, candidates);
      latch.addListener(listener, calls);
      latch.start();
      standing = true;
    } catch (Exception e) {
      throw new IOException("cannot stand for election: " + e, e);
    }
  }

  /** Whether this instance leads, from memory. */
  boolean isLeader() {
    return latch.hasLeadership();
  }

  /**
   * The leader as it stands in ZooKeeper, {@code hostname:port}; empty while nobody stands, or this
   * instance has not yet begun to.
   *
   * @throws IOException ZooKeeper does not answer
   */
  String leader() throws IOException {
    if (!standing) {
      return "";
    }
    try {
      return latch.getLeader().getId();
    } catch (Exception e) {
      throw new IOException("Error trying to talk to zookeeper. Exiting. " + e, e);
    }
  }

  /** Leaves the election and closes the session. */
  void close() {
    try {
      latch.close();
    } catch (IOException | IllegalStateException notStarted) {
      // it never stood
    }
    zooKeeper.close();
  }

  /** Dies: the session lives on in ZooKeeper until it times out. */
  void crash() {
    clients.crash();
    zooKeeper.close();
  }
}
