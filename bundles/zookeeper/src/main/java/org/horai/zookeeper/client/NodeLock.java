package org.horai.zookeeper.client;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.api.CuratorEvent;
import org.apache.curator.framework.state.ConnectionState;
import org.apache.curator.framework.state.ConnectionStateListener;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.coordination.CoordinationStore.Lock;
import org.horai.api.coordination.CoordinationStore.Node;
import org.horai.api.time.Deadline;
import org.horai.api.time.Waiter;
import org.horai.zookeeper.model.ZkPath;

/**
 * An ephemeral node with the holder's name on the first line of its data and a mark of this lock on
 * the second. Held until closed or until the session ends, whichever comes first.
 */
public final class NodeLock implements Lock, ConnectionStateListener {
  private static final Waiter AGAIN = Waiter.every(Duration.ofMillis(50));
  private static final Duration RELEASE_LIMIT = Duration.ofSeconds(2);

  private final SessionPool.Lease lease;
  private final ZkPath path;
  private final byte[] data;
  private volatile boolean lost;
  private volatile boolean closed;

  private NodeLock(SessionPool.Lease lease, ZkPath path, String holder) {
    this.lease = lease;
    this.path = path;
    String line = holder.replaceAll("[\\r\\n]+", " ");
    this.data = (line + "\n" + UUID.randomUUID() + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Takes the lock.
   *
   * @throws HoraiException REFUSED naming the holder
   */
  static Lock take(SessionPool.Lease lease, ZkPath path, String holder, Deadline deadline) {
    NodeLock lock = new NodeLock(lease, path, holder);
    CuratorFramework client = lease.session().client();
    client.getConnectionStateListenable().addListener(lock);
    try {
      AGAIN.until(
          "the lock " + path.text(),
          deadline,
          () -> lock.create(deadline),
          () -> "others take and leave it at the same time");
      return lock;
    } catch (RuntimeException e) {
      client.getConnectionStateListenable().removeListener(lock);
      lease.close();
      throw e;
    }
  }

  /** True when the node is ours, also when an earlier try made it and its answer was lost. */
  private boolean create(Deadline deadline) {
    CuratorEvent event =
        lease
            .session()
            .ask(
                "taking the lock " + path.text(),
                deadline,
                (client, answer) ->
                    client
                        .create()
                        .creatingParentsIfNeeded()
                        .withMode(CreateMode.EPHEMERAL)
                        .withACL(lease.session().acl())
                        .inBackground(answer)
                        .forPath(path.text(), data));
    if (Session.is(event, Code.OK)) {
      return true;
    }
    Optional<Node> node = new Nodes(lease.session(), deadline).read(path);
    if (node.isPresent() && !isOurs(node.get())) {
      throw taken(node.get());
    }
    return node.isPresent();
  }

  private boolean isOurs(Node node) {
    return java.util.Arrays.equals(node.data(), data);
  }

  private HoraiException taken(Node node) {
    String holder = new String(node.data(), StandardCharsets.UTF_8).lines().findFirst().orElse("");
    Instant since = Instant.ofEpochMilli(node.modifiedMillis());
    return new HoraiException(
        CommonErrors.REFUSED,
        "the lock " + path.text() + " is taken",
        "held by " + holder + " since " + since.truncatedTo(ChronoUnit.SECONDS),
        "wait for it to end; if its program died, the lock goes with its session in a few seconds");
  }

  @Override
  public void stateChanged(CuratorFramework client, ConnectionState state) {
    if (state == ConnectionState.LOST) {
      lost = true;
    }
  }

  @Override
  public boolean held() {
    return !lost && !closed;
  }

  /**
   * Deletes the node if it is still ours; when that fails, the client goes on trying. Ctrl-C does
   * not cut it short: the session lives on in this program, and the lock would with it.
   */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    boolean interrupted = Thread.interrupted();
    try {
      release();
    } finally {
      lease.close();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void release() {
    CuratorFramework client = lease.session().client();
    client.getConnectionStateListenable().removeListener(this);
    try {
      Deadline limit = Deadline.after(RELEASE_LIMIT);
      if (!lost && new Nodes(lease.session(), limit).read(path).filter(this::isOurs).isPresent()) {
        lease
            .session()
            .ask(
                "releasing the lock " + path.text(),
                limit,
                (curator, answer) ->
                    curator.delete().guaranteed().inBackground(answer).forPath(path.text()));
      }
    } catch (HoraiException e) {
      // The node is ephemeral: it goes with the session at the latest.
      lost = true;
    }
  }
}
