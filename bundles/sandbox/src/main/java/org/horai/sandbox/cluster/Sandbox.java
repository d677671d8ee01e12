package org.horai.sandbox.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.time.Deadline;
import org.horai.api.time.Waiter;
import org.horai.sandbox.chronos.SimChronos;
import org.horai.sandbox.host.HostSpec;
import org.horai.sandbox.host.OverlayMedium;
import org.horai.sandbox.host.SimHost;
import org.horai.sandbox.host.SshKeys;
import org.horai.sandbox.marathon.MarathonStore;
import org.horai.sandbox.marathon.SimMarathon;
import org.horai.sandbox.mesos.SimAgent;
import org.horai.sandbox.mesos.SimMesos;
import org.horai.sandbox.net.Json;
import org.horai.sandbox.net.SimContext;
import org.horai.sandbox.net.SimThreads;
import org.horai.sandbox.net.TimeScale;

/**
 * A whole simulated cluster in this process, on loopback addresses of its own: real ZooKeeper
 * servers, real SSH servers, simulated Mesos, Marathon and Chronos. Time-outs and intervals of the
 * simulated systems run ten times as fast as in reality. Closing it ends everything and deletes its
 * files.
 */
public final class Sandbox implements AutoCloseable {
  static final int SSH_PORT = 2222;
  private static final TimeScale FAST = new TimeScale(0.1);
  private static final int TICK_MILLIS = 250;
  private static final Duration SESSION = Duration.ofMillis(20L * TICK_MILLIS);

  private final SandboxOptions options;
  private final Path directory;
  private final Addresses addresses;
  private final SimContext context =
      new SimContext(new SimThreads(), new Json(), FAST, Clock.systemUTC());
  private final Map<String, SimHost> hosts = new LinkedHashMap<>();
  private final Map<String, SimHost> byAddress = new ConcurrentHashMap<>();
  private final Map<String, AgentService> agents = new ConcurrentHashMap<>();
  private final List<SimMarathon> marathons = new ArrayList<>();
  private OverlayMedium overlay;
  private ZooKeeperQuorum zookeeper;
  private Containers containers;
  private SimMesos mesos;
  private Path knownHosts;

  private Sandbox(SandboxOptions options, Path directory, Addresses addresses) {
    this.options = options;
    this.directory = directory;
    this.addresses = addresses;
  }

  /**
   * Starts everything and waits until it is ready. Blocking.
   *
   * @param progress receives a line when a part is up
   * @throws IOException a port is taken or the disk is full; nothing stays behind
   */
  public static Sandbox start(
      SandboxOptions options, Path parent, Consumer<Part> progress, Deadline deadline)
      throws IOException {
    Files.createDirectories(parent);
    Sandbox sandbox =
        new Sandbox(options, Files.createTempDirectory(parent, "sandbox-"), Addresses.reserve());
    try {
      sandbox.boot(progress, deadline);
      return sandbox;
    } catch (IOException | RuntimeException e) {
      sandbox.close();
      throw e;
    }
  }

  /** A part that is up, for the operator: its name, what it is, and how long it took. */
  public record Part(String name, String text, long millis) {}

  private void boot(Consumer<Part> progress, Deadline deadline) throws IOException {
    timed(progress, "zookeeper", () -> startZooKeeper(deadline));
    timed(progress, "hosts", this::startHosts);
    timed(progress, "mesos", () -> startMesos(deadline));
    timed(progress, "marathon", () -> startMarathon(deadline));
    Files.writeString(file(), ClusterFileText.of(cluster()));
  }

  private interface Start {
    String run() throws IOException;
  }

  private static void timed(Consumer<Part> progress, String name, Start start) throws IOException {
    long begin = System.nanoTime();
    String text = start.run();
    progress.accept(new Part(name, text, (System.nanoTime() - begin) / 1_000_000));
  }

  private String startZooKeeper(Deadline deadline) throws IOException {
    List<InetSocketAddress> servers = new ArrayList<>();
    for (int i = 1; i <= options.masters(); i++) {
      servers.add(new InetSocketAddress(addresses.master(i), 2181));
    }
    zookeeper = new ZooKeeperQuorum(servers, directory, TICK_MILLIS, context.threads());
    zookeeper.start(deadline);
    return servers.size() + " servers, quorum";
  }

  private static void start(SimHost host) {
    try {
      host.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** On all hosts at once, by threads of the sandbox's own. */
  private void onAllHosts(Consumer<SimHost> work) {
    Executor threads = task -> context.threads().newThread(task).start();
    CompletableFuture.allOf(
            hosts.values().stream()
                .map(host -> CompletableFuture.runAsync(() -> work.accept(host), threads))
                .toArray(CompletableFuture[]::new))
        .join();
  }

  private String startHosts() throws IOException {
    overlay = new OverlayMedium(directory.resolve("overlay"));
    KeyPair client = SshKeys.writeClientKey(directory.resolve("id_rsa"));
    for (int i = 1; i <= options.masters(); i++) {
      addHost("master-" + i, addresses.master(i), List.of("docker", "mesos-master"), client);
    }
    for (int i = 1; i <= options.agents(); i++) {
      addHost("agent-" + i, addresses.agent(i), List.of("docker", "mesos-slave"), client);
    }
    try {
      onAllHosts(Sandbox::start);
    } catch (CompletionException e) {
      throw e.getCause() instanceof UncheckedIOException why ? why.getCause() : new IOException(e);
    }
    knownHosts = directory.resolve("known_hosts");
    StringBuilder lines = new StringBuilder();
    for (SimHost host : hosts.values()) {
      lines.append("[").append(host.address()).append("]:").append(SSH_PORT).append(' ');
      lines.append(host.hostKeyLine()).append('\n');
    }
    Files.writeString(knownHosts, lines);
    return hosts.size() + " hosts with SSH servers";
  }

  private void addHost(String name, String address, List<String> services, KeyPair client)
      throws IOException {
    HostSpec spec =
        new HostSpec(
            name,
            new InetSocketAddress(address, SSH_PORT),
            directory.resolve("hosts").resolve(name),
            Optional.empty(),
            services);
    SimHost host =
        new SimHost(
            spec,
            overlay,
            Set.<PublicKey>of(client.getPublic()),
            this::unitChanged,
            context.threads());
    hosts.put(name, host);
    byAddress.put(address, host);
  }

  private int unitChanged(String host, String unit, String action) {
    AgentService agent = agents.get(host);
    return unit.equals("mesos-slave") && agent != null ? agent.change(action) : 0;
  }

  private String startMesos(Deadline deadline) throws IOException {
    containers = new Containers(context, byAddress, overlay, directory.resolve("work"), SESSION);
    List<InetSocketAddress> masters = new ArrayList<>();
    for (int i = 1; i <= options.masters(); i++) {
      masters.add(new InetSocketAddress(addresses.master(i), 5050));
    }
    mesos =
        new SimMesos(
            SimMesos.Settings.of(options.mesos(), masters, zookeeper.connectString()),
            context,
            this::canDial,
            containers);
    containers.connect(mesos);
    mesos.start();
    for (int i = 1; i <= options.agents(); i++) {
      SimHost host = hosts.get("agent-" + i);
      AgentService agent = new AgentService(host, i, mesos);
      agents.put(host.name(), agent);
      agent.boot();
    }
    Waiter.every(Duration.ofMillis(50))
        .until(
            "a leading Mesos master with all agents",
            deadline,
            () ->
                mesos.leader().isPresent()
                    && mesos.agents().stream().allMatch(a -> a.id().isPresent()),
            () -> mesos.leader().isPresent() ? "not all agents registered" : "no master leads");
    return options.masters() + " masters, " + options.agents() + " agents registered";
  }

  /**
   * Overlay addresses are dialled from hosts that exposed themselves only; others from anywhere.
   */
  private boolean canDial(String fromHost, InetSocketAddress address) {
    SimHost from = byAddress.get(fromHost);
    String ip = address.getHostString();
    if (from == null || !addresses.isOverlay(ip)) {
      return !ip.startsWith("172.") && (from == null || overlay.connects(from.address(), ip));
    }
    return overlay.hostReaches(from, ip);
  }

  private String startMarathon(Deadline deadline) throws IOException {
    MarathonStore store = new MarathonStore(context.clock(), options.marathon());
    SimMarathon.Surroundings around =
        new SimMarathon.Surroundings(context, mesos, store, this::canDial);
    for (int i = 1; i <= options.masters(); i++) {
      SimMarathon marathon =
          new SimMarathon(
              SimMarathon.Settings.of(
                  options.marathon(),
                  new InetSocketAddress(addresses.master(i), 8080),
                  zookeeper.connectString()),
              around);
      marathons.add(marathon);
      marathon.start();
    }
    Waiter.every(Duration.ofMillis(50))
        .until(
            "a leading Marathon",
            deadline,
            () -> marathons.stream().anyMatch(SimMarathon::isLeading),
            () -> "none leads");
    return options.masters() + " instances, version " + options.marathon().text();
  }

  public SandboxOptions options() {
    return options;
  }

  /** The cluster file by which other programs on this machine may use it. */
  public Path file() {
    return directory.resolve("cluster.yaml");
  }

  /** What the cluster file says. */
  public ClusterSpec cluster() throws IOException {
    return SandboxSpec.of(options, addresses, hosts.values(), directory, knownHosts);
  }

  public Map<String, SimHost> hosts() {
    return Map.copyOf(hosts);
  }

  public ZooKeeperQuorum zookeeper() {
    return zookeeper;
  }

  public SimMesos mesos() {
    return mesos;
  }

  public List<SimMarathon> marathons() {
    return List.copyOf(marathons);
  }

  /** The Chronos instances that run now, by task id. */
  public Map<String, SimChronos> chronos() {
    return containers.chronos();
  }

  public OverlayMedium overlay() {
    return overlay;
  }

  /** The agent of a host. */
  public Optional<SimAgent> agent(String host) {
    return Optional.ofNullable(agents.get(host)).map(AgentService::agent);
  }

  @Override
  public void close() {
    marathons.forEach(SimMarathon::close);
    if (containers != null) {
      containers.close();
    }
    if (mesos != null) {
      mesos.close();
    }
    onAllHosts(SimHost::close);
    if (zookeeper != null) {
      zookeeper.close();
    }
    try {
      addresses.close();
      delete();
    } catch (IOException e) {
      org.slf4j.LoggerFactory.getLogger(Sandbox.class).warn("not all deleted: {}", e.getMessage());
    }
  }

  private void delete() throws IOException {
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
