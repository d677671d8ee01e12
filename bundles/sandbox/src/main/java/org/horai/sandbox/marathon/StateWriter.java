package org.horai.sandbox.marathon;

import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.KeeperException;
import org.horai.api.service.OwnThreads;
import org.horai.sandbox.net.SimThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what a ledger holds to ZooKeeper while its process leads, on a thread of its own. What
 * could not be written is tried again, by the next leader if need be.
 */
final class StateWriter implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StateWriter.class);

  private final StateLedger ledger;
  private final CuratorFramework session;
  private final String root;
  private final ScheduledExecutorService thread;

  /**
   * Starts writing.
   *
   * @param root Marathon's own state, {@code /marathon/state} in reality
   * @param periodMillis between two looks at the ledger
   */
  StateWriter(
      StateLedger ledger,
      CuratorFramework session,
      String root,
      SimThreads threads,
      long periodMillis) {
    this.ledger = ledger;
    this.session = session;
    this.root = root;
    this.thread = Executors.newSingleThreadScheduledExecutor(threads);
    thread.scheduleWithFixedDelay(this::writeAll, 0, periodMillis, TimeUnit.MILLISECONDS);
  }

  /** Ends it, within five seconds. */
  @Override
  public void close() {
    OwnThreads.end(thread);
  }

  private void writeAll() {
    try {
      for (Optional<StateLedger.Write> next = ledger.next();
          next.isPresent() && !Thread.currentThread().isInterrupted();
          next = ledger.next()) {
        write(next.get());
        ledger.done(next.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      LOG.debug("Marathon's records have to wait: {}", e.toString());
    }
  }

  private void write(StateLedger.Write write) throws Exception {
    String path = root + write.path();
    try {
      if (write.data().isPresent()) {
        session.setData().forPath(path, write.data().get());
      } else {
        session.delete().deletingChildrenIfNeeded().forPath(path);
      }
    } catch (KeeperException.NoNodeException missing) {
      if (write.data().isPresent()) {
        session.create().creatingParentsIfNeeded().forPath(path, write.data().get());
      }
    }
  }
}
