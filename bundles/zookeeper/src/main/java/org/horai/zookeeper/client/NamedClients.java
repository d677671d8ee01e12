package org.horai.zookeeper.client;

import org.apache.curator.utils.ZookeeperFactory;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooKeeper;

/**
 * Makes ZooKeeper clients. The client names its threads after the thread that makes it, so that one
 * lends its name.
 */
final class NamedClients implements ZookeeperFactory {
  @Override
  public ZooKeeper newZooKeeper(
      String servers, int sessionTimeout, Watcher watcher, boolean readOnly) throws Exception {
    Thread maker = Thread.currentThread();
    String name = maker.getName();
    maker.setName("horai-zookeeper-session");
    try {
      return new ZooKeeper(servers, sessionTimeout, watcher, readOnly, new ClientSettings());
    } finally {
      maker.setName(name);
    }
  }
}
