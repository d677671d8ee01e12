package org.horai.sandbox.chronos;

import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.KeeperException;

/** Makes persistent nodes as Curator does by default: the last one holds the client's address. */
final class ZooKeeperPaths {

  private ZooKeeperPaths() {}

  static void ensure(CuratorFramework zooKeeper, String path) throws Exception {
    try {
      zooKeeper.create().creatingParentsIfNeeded().forPath(path);
    } catch (KeeperException.NodeExistsException there) {
      // another instance was faster
    }
  }
}
