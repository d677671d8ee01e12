package org.horai.sandbox.mesos;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.horai.sandbox.net.FaultSwitch;
import org.horai.sandbox.net.SimHttpServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One simulated master: a candidate in ZooKeeper and an HTTP server; see {@link SimMesos}. */
public final class SimMaster implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SimMaster.class);
  private static final Pattern CANDIDATES = Pattern.compile("json\\.info_\\d{10}");

  private final SimMesos cluster;
  private final SimHttpServer server;
  private String id = UUID.randomUUID().toString();
  private Instant started;
  private ZkElection election;
  private Optional<MasterState> state = Optional.empty();
  private Optional<MasterInfo> leader = Optional.empty();

  SimMaster(SimMesos cluster, InetSocketAddress address) {
    this.cluster = Objects.requireNonNull(cluster, "cluster");
    this.started = cluster.now();
    this.server =
        new SimHttpServer(
            address, cluster.context().threads(), new MasterHttp(cluster, this)::handle);
  }

  /**
   * Starts the process: it stands for election and answers.
   *
   * @throws IOException the port is taken
   */
  public synchronized void start() throws IOException {
    if (election != null) {
      return;
    }
    server.start();
    id = UUID.randomUUID().toString();
    started = cluster.now();
    ZkElection.Candidacy candidacy =
        new ZkElection.Candidacy(
            cluster.settings().zkConnect(),
            cluster.settings().zkPath(),
            "json.info_",
            CANDIDATES,
            info().json().toString().getBytes(StandardCharsets.UTF_8));
    ZkElection standing =
        new ZkElection(candidacy, cluster.context().threads(), this::electionChanged);
    election = standing;
    standing.start();
    cluster.work(() -> registerLogReplica(standing.client()));
  }

  /** Ends the process as SIGTERM does: its znode goes at once. */
  public void stop() {
    end().ifPresent(ZkElection::close);
  }

  /** Ends the process as SIGKILL does: its znode stays until its session times out. */
  public void kill() {
    end().ifPresent(e -> cluster.later(cluster.timers().deadSession(), e::close));
  }

  @Override
  public void close() {
    stop();
  }

  private Optional<ZkElection> end() {
    Optional<ZkElection> standing;
    synchronized (this) {
      standing = Optional.ofNullable(election);
      election = null;
      leader = Optional.empty();
    }
    server.stop();
    dropLeadership();
    return standing;
  }

  /** Whether its process runs. */
  public synchronized boolean isUp() {
    return election != null;
  }

  /** Whether it leads. */
  public synchronized boolean isLeading() {
    return state.isPresent();
  }

  /** The faults of its HTTP server. */
  public FaultSwitch faults() {
    return server.faults();
  }

  /** {@code host:port}. */
  public String authority() {
    return server.authority();
  }

  /** Its numeric address. */
  public String host() {
    return server.address().getAddress().getHostAddress();
  }

  /** {@code master@host:port}. */
  public String pid() {
    return "master@" + authority();
  }

  synchronized String id() {
    return id;
  }

  synchronized Instant started() {
    return started;
  }

  /** Its memory while it leads. */
  synchronized Optional<MasterState> state() {
    return state;
  }

  /** Whom it takes for the leader. */
  synchronized Optional<MasterInfo> leader() {
    return leader;
  }

  MasterInfo info() {
    return new MasterInfo(id(), host(), server.address().getPort(), cluster.generation());
  }

  private void electionChanged(boolean leading, Optional<byte[]> leaderData) {
    boolean won = false;
    synchronized (this) {
      if (election == null) {
        return;
      }
      leader = leaderData.flatMap(data -> MasterInfo.parse(data, cluster.context().json()));
      if (leading && state.isEmpty()) {
        state = Optional.of(new MasterState(id, cluster.now()));
        won = true;
      }
    }
    if (won) {
      cluster.leaderElected(this);
    } else if (!leading) {
      dropLeadership();
    }
  }

  private void dropLeadership() {
    synchronized (this) {
      if (state.isEmpty()) {
        return;
      }
      state = Optional.empty();
    }
    cluster.leaderLost(this);
  }

  private void registerLogReplica(CuratorFramework client) {
    String directory = cluster.settings().zkPath() + "/log_replicas";
    try {
      try {
        client.create().creatingParentsIfNeeded().forPath(directory, new byte[0]);
      } catch (KeeperException.NodeExistsException there) {
        // the first master made it
      }
      client
          .create()
          .withMode(CreateMode.EPHEMERAL_SEQUENTIAL)
          .forPath(
              directory + "/", ("log-replica(1)@" + authority()).getBytes(StandardCharsets.UTF_8));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      LOG.debug("no log replica of {} in ZooKeeper: {}", authority(), e.toString());
    }
  }
}
