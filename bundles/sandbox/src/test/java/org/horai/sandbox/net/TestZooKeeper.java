package org.horai.sandbox.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.apache.zookeeper.server.NIOServerCnxnFactory;
import org.apache.zookeeper.server.ZooKeeperServer;

/** One real ZooKeeper server in a temporary directory. */
public final class TestZooKeeper implements AutoCloseable {

  private static final int TICK_MILLIS = 200;
  private static final int MAX_CLIENTS = 100;

  private final Path directory;
  private final NIOServerCnxnFactory connections = new NIOServerCnxnFactory();

  public TestZooKeeper() throws IOException, InterruptedException {
    directory = Files.createTempDirectory("horai-zk");
    ZooKeeperServer server =
        new ZooKeeperServer(directory.toFile(), directory.toFile(), TICK_MILLIS);
    connections.configure(new InetSocketAddress("127.0.0.1", 0), MAX_CLIENTS);
    connections.startup(server);
  }

  public String connect() {
    return "127.0.0.1:" + connections.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    connections.shutdown();
    if (Files.notExists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
