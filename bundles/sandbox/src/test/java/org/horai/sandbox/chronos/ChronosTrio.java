package org.horai.sandbox.chronos;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.horai.sandbox.net.SimThreads;

/** Three instances on one ZooKeeper and one Mesos. */
final class ChronosTrio implements AutoCloseable {

  final ObjectMapper json = new ObjectMapper();
  final SimThreads threads = new SimThreads();
  final TestZooKeeper zooKeeper;
  final TestMesos mesos;
  final List<SimChronos> instances = new ArrayList<>();
  private final ChronosVersion version;
  private final Clock clock;
  private final List<String> extraFlags;

  ChronosTrio(Path directory, ChronosVersion version, Clock clock, String... extraFlags)
      throws Exception {
    this.version = version;
    this.clock = clock;
    this.extraFlags = List.of(extraFlags);
    zooKeeper = new TestZooKeeper(directory.resolve("zk"));
    mesos = new TestMesos(directory.resolve("work"), threads);
  }

  ChronosTrio started() throws Exception {
    for (int i = 1; i <= 3; i++) {
      add("127.0.7.1" + i);
      SimChronos newest = instances.get(i - 1);
      await(() -> RawHttp.get(newest.participant(), "/ping").startsWith("HTTP/1.1 200"));
    }
    return this;
  }

  SimChronos add(String host) throws Exception {
    return add(host, site -> site);
  }

  SimChronos add(String host, UnaryOperator<ChronosSite> changes) throws Exception {
    int port = freePort(host);
    List<String> argv =
        new ArrayList<>(
            List.of("/usr/bin/chronos", "run_jar", "--master", "zk://127.0.7.1:2181/mesos"));
    argv.addAll(List.of("--zk_hosts", zooKeeper.address(), "--hostname", host));
    argv.addAll(List.of("--http_port", Integer.toString(port)));
    argv.addAll(extraFlags);
    ChronosSite site =
        ChronosSite.at(new InetSocketAddress(host, port))
            .withClock(clock)
            .withTimes(Duration.ofSeconds(60), Duration.ofMillis(50));
    SimChronos instance =
        new SimChronos(
            ChronosFlags.parse(version, argv), changes.apply(site), mesos, json, threads);
    instance.start();
    instances.add(instance);
    return instance;
  }

  SimChronos leader() {
    await(() -> instances.stream().filter(SimChronos::isLeader).count() == 1);
    return instances.stream().filter(SimChronos::isLeader).findFirst().orElseThrow();
  }

  List<SimChronos> followersOf(SimChronos leader) {
    return instances.stream().filter(i -> i != leader).toList();
  }

  /** Polls until it holds; fails after twenty seconds. */
  static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("waited 20 s in vain");
      }
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }

  private static int freePort(String host) throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(host, 0));
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    instances.forEach(SimChronos::close);
    mesos.close();
    zooKeeper.close();
  }
}
