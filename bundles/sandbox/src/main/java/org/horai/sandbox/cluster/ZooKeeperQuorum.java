package org.horai.sandbox.cluster;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ThreadFactory;
import java.util.stream.Collectors;
import org.apache.zookeeper.server.ZooKeeperServer;
import org.apache.zookeeper.server.quorum.QuorumPeer;
import org.apache.zookeeper.server.quorum.QuorumPeerConfig;
import org.apache.zookeeper.server.quorum.QuorumPeerMain;
import org.apache.zookeeper.util.ServiceUtils;
import org.horai.api.time.Deadline;
import org.horai.api.time.Waiter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Real ZooKeeper servers in this process, each on an address of its own, that elect a leader. */
public final class ZooKeeperQuorum implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ZooKeeperQuorum.class);
  private static final int ELECTION_PORT = 3888;
  private static final int PEER_PORT = 2888;
  private static final long STOP_MILLIS = 3_000;

  private final List<InetSocketAddress> servers;
  private final Path directory;
  private final int tickMillis;
  private final ThreadFactory threads;
  private final List<Member> members = new ArrayList<>();

  /**
   * Prepares the servers.
   *
   * @param servers client addresses, each on an IP address of its own
   * @param tickMillis sessions last at most 20 ticks
   */
  public ZooKeeperQuorum(
      List<InetSocketAddress> servers, Path directory, int tickMillis, ThreadFactory threads) {
    this.servers = List.copyOf(servers);
    this.directory = directory;
    this.tickMillis = tickMillis;
    this.threads = threads;
  }

  /**
   * Starts all servers and waits until every one serves.
   *
   * @throws IOException an address is taken or the directory cannot be written
   */
  public void start(Deadline deadline) throws IOException {
    // A server makes itself the handler of everybody's uncaught exceptions when its classes load.
    Thread.UncaughtExceptionHandler handler = Thread.getDefaultUncaughtExceptionHandler();
    try {
      leaveNothingInTheLibrary();
      startAll(deadline);
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(handler);
    }
  }

  /** The library outlives this bundle, and what its statics hold with it. */
  private void leaveNothingInTheLibrary() {
    // A server that gives up wants to end the whole process; here it ends itself only.
    ServiceUtils.setSystemExitProcedure(ServiceUtils.LOG_ONLY);
    // It keeps an exception, and so the classes on the stack where that was made. There are none in
    // a thread that does nothing but fill it in anew.
    threads.newThread(ZooKeeperServer.ok::fillInStackTrace).start();
  }

  private void startAll(Deadline deadline) throws IOException {
    for (int i = 0; i < servers.size(); i++) {
      members.add(new Member(configuration(i)));
      members.get(i).start();
    }
    for (int i = 0; i < servers.size(); i++) {
      awaitServing(i, deadline);
    }
  }

  private void awaitServing(int index, Deadline deadline) {
    Waiter.every(Duration.ofMillis(20))
        .until(
            "ZooKeeper server " + servers.get(index) + " to serve",
            deadline,
            () -> serves(servers.get(index)),
            () -> "it does not answer srvr");
  }

  private static boolean serves(InetSocketAddress address) {
    try (Socket socket = new Socket()) {
      socket.connect(address, 500);
      socket.setSoTimeout(500);
      socket.getOutputStream().write("srvr".getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      return answer.contains("Mode: ");
    } catch (IOException e) {
      return false;
    }
  }

  private Properties configuration(int index) throws IOException {
    Path data = directory.resolve("zk-" + (index + 1));
    Files.createDirectories(data);
    Files.writeString(data.resolve("myid"), String.valueOf(index + 1));
    Properties properties = new Properties();
    properties.setProperty("dataDir", data.toString());
    properties.setProperty("tickTime", String.valueOf(tickMillis));
    properties.setProperty("initLimit", "20");
    properties.setProperty("syncLimit", "20");
    properties.setProperty("maxClientCnxns", "0");
    properties.setProperty("admin.enableServer", "false");
    properties.setProperty("clientPort", String.valueOf(servers.get(index).getPort()));
    properties.setProperty("clientPortAddress", servers.get(index).getHostString());
    for (int i = 0; i < servers.size(); i++) {
      properties.setProperty(
          "server." + (i + 1),
          servers.get(i).getHostString() + ":" + PEER_PORT + ":" + ELECTION_PORT);
    }
    return properties;
  }

  /** {@code host:port,host:port}. */
  public String connectString() {
    return servers.stream()
        .map(s -> s.getHostString() + ":" + s.getPort())
        .collect(Collectors.joining(","));
  }

  public List<InetSocketAddress> servers() {
    return servers;
  }

  /** Stops one server; a second call changes nothing. */
  public void stop(int index) {
    members.get(index).close();
  }

  /**
   * Starts a stopped server again and waits until it serves, if a majority is up.
   *
   * @throws IOException its address is taken
   */
  public void restart(int index) throws IOException {
    members.get(index).close();
    members.set(index, new Member(configuration(index)));
    members.get(index).start();
  }

  @Override
  public void close() {
    members.forEach(Member::close);
  }

  /** One server and the thread it runs on. */
  private final class Member extends QuorumPeerMain implements AutoCloseable {
    private final QuorumPeerConfig configuration = new QuorumPeerConfig();
    private Thread thread;

    Member(Properties properties) throws IOException {
      // The metrics provider is looked up through the context class loader.
      Thread current = Thread.currentThread();
      ClassLoader before = current.getContextClassLoader();
      current.setContextClassLoader(QuorumPeer.class.getClassLoader());
      try {
        configuration.parseProperties(properties);
      } catch (QuorumPeerConfig.ConfigException e) {
        throw new IOException("bad ZooKeeper configuration: " + e.getMessage(), e);
      } finally {
        current.setContextClassLoader(before);
      }
    }

    void start() {
      thread =
          threads.newThread(
              () -> {
                Thread.currentThread().setContextClassLoader(QuorumPeer.class.getClassLoader());
                try {
                  runFromConfig(configuration);
                } catch (Exception e) {
                  LOG.warn("a ZooKeeper server ended: {}", e.toString());
                }
              });
      thread.start();
    }

    @Override
    public void close() {
      QuorumPeer peer = quorumPeer;
      if (peer != null && peer.isAlive()) {
        peer.shutdown();
      }
      try {
        thread.join(STOP_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
