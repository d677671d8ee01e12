package org.horai.sandbox.mesos;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.regex.Pattern;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.api.CuratorWatcher;
import org.apache.curator.framework.state.ConnectionState;
import org.apache.curator.retry.RetryForever;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.horai.api.service.OwnThreads;
import org.horai.sandbox.net.SimThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One candidate in an election of ephemeral sequential znodes: the lowest sequence number leads,
 * its data says who it is. Mesos masters ({@code json.info_}), old Marathons ({@code member_}) and
 * Curator's latches ({@code …-latch-}) all elect this way.
 */
public final class ZkElection implements AutoCloseable {

  /** Hears who leads; called one at a time on the election's thread. */
  @FunctionalInterface
  public interface Listener {

    /**
     * The view changed.
     *
     * @param leading whether this candidate leads
     * @param leaderData the data of the leader's znode; empty when there is no leader or ZooKeeper
     *     is lost
     */
    void changed(boolean leading, Optional<byte[]> leaderData);
  }

  /**
   * Where and as what to stand.
   *
   * @param connect the ZooKeeper connect string
   * @param directory the znode that holds the candidates
   * @param prefix of the own znode's name, before the sequence number
   * @param candidates matches the names of all candidates
   * @param data what the own znode says
   */
  public record Candidacy(
      String connect, String directory, String prefix, Pattern candidates, byte[] data) {}

  private static final Logger LOG = LoggerFactory.getLogger(ZkElection.class);
  private static final int SESSION_MILLIS = 10_000;
  private static final int CONNECT_MILLIS = 5_000;
  private static final int RETRY_MILLIS = 200;
  private static final int SEQUENCE_DIGITS = 10;

  private final Candidacy candidacy;
  private final Listener listener;
  private final CuratorFramework client;
  private final ExecutorService worker;
  private String ownNode = "";
  private volatile boolean closed;

  /** Prepares; {@link #start()} stands for election. */
  public ZkElection(Candidacy candidacy, SimThreads threads, Listener listener) {
    this.candidacy = Objects.requireNonNull(candidacy, "candidacy");
    this.listener = Objects.requireNonNull(listener, "listener");
    this.worker = Executors.newSingleThreadExecutor(threads);
    this.client =
        CuratorFrameworkFactory.builder()
            .connectString(candidacy.connect())
            .sessionTimeoutMs(SESSION_MILLIS)
            .connectionTimeoutMs(CONNECT_MILLIS)
            .retryPolicy(new RetryForever(RETRY_MILLIS))
            .threadFactory(threads)
            .build();
  }

  /** Connects and creates the own znode in the background. */
  public void start() {
    client
        .getConnectionStateListenable()
        .addListener((c, state) -> submit(() -> connectionChanged(state)));
    client.start();
    submit(this::stand);
  }

  /** The client of the session, for further znodes of the same process. */
  public CuratorFramework client() {
    return client;
  }

  /** Ends the session: the own znode goes at once. Idempotent, bounded by five seconds. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    client.close();
    OwnThreads.end(worker);
  }

  private void connectionChanged(ConnectionState state) {
    if (state == ConnectionState.LOST) {
      ownNode = "";
      listener.changed(false, Optional.empty());
    } else if (state == ConnectionState.RECONNECTED) {
      stand();
    }
  }

  /** Creates the own znode unless it is there, then looks who leads. */
  private void stand() {
    try {
      if (client.checkExists().forPath(candidacy.directory()) == null) {
        createDirectory();
      }
      if (ownNode.isEmpty()
          || client.checkExists().forPath(candidacy.directory() + "/" + ownNode) == null) {
        String path =
            client
                .create()
                .withMode(CreateMode.EPHEMERAL_SEQUENTIAL)
                .forPath(candidacy.directory() + "/" + candidacy.prefix(), candidacy.data());
        ownNode = path.substring(path.lastIndexOf('/') + 1);
      }
      look();
    } catch (Exception e) {
      failed("stand in " + candidacy.directory(), e);
    }
  }

  private void createDirectory() throws Exception {
    try {
      client.create().creatingParentsIfNeeded().forPath(candidacy.directory(), new byte[0]);
    } catch (KeeperException.NodeExistsException raced) {
      // another candidate was quicker
    }
  }

  private void look() {
    try {
      CuratorWatcher watcher = event -> submit(this::look);
      List<String> names =
          client.getChildren().usingWatcher(watcher).forPath(candidacy.directory());
      Optional<String> lowest =
          names.stream()
              .filter(name -> candidacy.candidates().matcher(name).matches())
              .min(Comparator.comparing(ZkElection::sequence));
      if (lowest.isEmpty()) {
        listener.changed(false, Optional.empty());
        return;
      }
      byte[] data = client.getData().forPath(candidacy.directory() + "/" + lowest.get());
      listener.changed(lowest.get().equals(ownNode), Optional.of(data));
    } catch (KeeperException.NoNodeException moved) {
      submit(this::look);
    } catch (Exception e) {
      failed("watch " + candidacy.directory(), e);
    }
  }

  private void failed(String what, Exception e) {
    if (e instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    } else if (!closed) {
      LOG.debug("cannot {}: {}", what, e.toString());
    }
  }

  private void submit(Runnable work) {
    try {
      worker.execute(work);
    } catch (RejectedExecutionException closing) {
      // the election ends
    }
  }

  private static String sequence(String name) {
    return name.substring(Math.max(0, name.length() - SEQUENCE_DIGITS));
  }
}
