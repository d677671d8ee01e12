package org.horai.zookeeper.client;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.cache.TreeCache;
import org.apache.curator.framework.recipes.cache.TreeCacheEvent;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.coordination.CoordinationStore.Watch;
import org.horai.api.time.Deadline;
import org.horai.zookeeper.model.ZkPath;
import org.horai.zookeeper.model.ZooKeeperErrors;

/**
 * Watches a path and all below it. Uses one-time watches on each node, because persistent recursive
 * ones need servers from 3.6 on.
 */
@SuppressWarnings("deprecation")
public final class TreeWatch implements Watch {
  private final SessionPool.Lease lease;
  private final TreeCache cache;
  private final Runnable changed;
  private final CountDownLatch ready = new CountDownLatch(1);

  private TreeWatch(SessionPool.Lease lease, ZkPath path, Runnable changed, ThreadFactory threads) {
    this.lease = lease;
    this.changed = changed;
    this.cache =
        TreeCache.newBuilder(lease.session().client(), path.text())
            .setCacheData(false)
            .setExecutor(threads)
            .build();
    cache.getListenable().addListener(this::heard);
  }

  /** Returns when the present state is known, so that every later change is heard. */
  static Watch start(
      SessionPool.Lease lease,
      ZkPath path,
      Runnable changed,
      Deadline deadline,
      ThreadFactory threads) {
    TreeWatch watch = new TreeWatch(lease, path, changed, threads);
    try {
      lease.session().connect(deadline);
      watch.cache.start();
      if (!watch.ready.await(deadline.remaining().toMillis(), TimeUnit.MILLISECONDS)) {
        throw new HoraiException(
            ZooKeeperErrors.CONNECTION_LOST,
            "could not begin to watch " + path.text(),
            "its nodes were not listed in time",
            "zk:status");
      }
      return watch;
    } catch (InterruptedException e) {
      watch.close();
      Thread.currentThread().interrupt();
      throw new HoraiException(
          CommonErrors.INTERRUPTED, "stopped while beginning to watch " + path.text(), "", "", e);
    } catch (RuntimeException e) {
      watch.close();
      throw e;
    } catch (Exception e) {
      watch.close();
      throw new HoraiException(
          ZooKeeperErrors.REJECTED, "cannot watch " + path.text(), e.getMessage(), "zk:status", e);
    }
  }

  private void heard(CuratorFramework client, TreeCacheEvent event) {
    switch (event.getType()) {
      case INITIALIZED -> ready.countDown();
      case NODE_ADDED, NODE_UPDATED, NODE_REMOVED -> {
        if (ready.getCount() == 0) {
          changed.run();
        }
      }
      default -> {
        // Lost and restored connections bring node events of their own.
      }
    }
  }

  @Override
  public void close() {
    cache.close();
    lease.close();
  }
}
