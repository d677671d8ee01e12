package org.horai.sandbox.chronos;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.apache.zookeeper.server.NIOServerCnxnFactory;
import org.apache.zookeeper.server.ServerCnxnFactory;
import org.apache.zookeeper.server.ZooKeeperServer;

/** One real ZooKeeper server with short ticks, so that sessions of the dead end soon. */
final class TestZooKeeper implements AutoCloseable {

  static final int TICK_MS = 100;

  private final ServerCnxnFactory connections;
  private final CuratorFramework client;

  TestZooKeeper(Path directory) throws IOException, InterruptedException {
    ZooKeeperServer server = new ZooKeeperServer(directory.toFile(), directory.toFile(), TICK_MS);
    connections = new NIOServerCnxnFactory();
    connections.configure(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    connections.startup(server);
    client = CuratorFrameworkFactory.newClient(address(), new RetryOneTime(100));
    client.start();
  }

  String address() {
    return "127.0.0.1:" + connections.getLocalPort();
  }

  CuratorFramework client() {
    return client;
  }

  @Override
  public void close() {
    client.close();
    connections.shutdown();
  }
}
