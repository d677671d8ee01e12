package org.horai.sandbox.marathon;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.curator.framework.CuratorFramework;
import org.horai.sandbox.mesos.Reachability;
import org.horai.sandbox.mesos.SimMesos;
import org.horai.sandbox.mesos.ZkElection;
import org.horai.sandbox.net.FaultSwitch;
import org.horai.sandbox.net.SimContext;
import org.horai.sandbox.net.SimHttpServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One simulated Marathon process under a supervisor: it stands for election in ZooKeeper, serves
 * its REST API, passes requests on to the leader when it does not lead, and exits and comes back
 * when Mesos' leader changes.
 */
public final class SimMarathon implements AutoCloseable {

  /**
   * What the process was started with.
   *
   * @param version which Marathon
   * @param address where it listens; port 8080 in reality
   * @param libprocessPort where it claims that Mesos can call it back
   * @param zkConnect the ZooKeeper connect string
   * @param zkPath its root znode, {@code /marathon} in reality
   * @param mesosZk the {@code zk://} URL of Mesos that it reports
   * @param credentials {@code user:password} of basic auth
   * @param timers the waits
   */
  public record Settings(
      MarathonVersion version,
      InetSocketAddress address,
      int libprocessPort,
      String zkConnect,
      String zkPath,
      String mesosZk,
      Optional<String> credentials,
      MarathonTimers timers) {

    /** Without credentials, with the usual path and waits. */
    public static Settings of(
        MarathonVersion version, InetSocketAddress address, String zkConnect) {
      return new Settings(
          version,
          address,
          15_100,
          zkConnect,
          "/marathon",
          "zk://" + zkConnect + "/mesos",
          Optional.empty(),
          MarathonTimers.defaults());
    }

    /** The same with basic auth. */
    public Settings withCredentials(String userAndPassword) {
      return new Settings(
          version,
          address,
          libprocessPort,
          zkConnect,
          zkPath,
          mesosZk,
          Optional.of(userAndPassword),
          timers);
    }
  }

  /** What the process lives in: shared by all Marathons of one sandbox. */
  public record Surroundings(
      SimContext context, SimMesos mesos, MarathonStore store, Reachability reachability) {}

  private static final Logger LOG = LoggerFactory.getLogger(SimMarathon.class);
  private static final Duration ABDICATION = Duration.ofMillis(500);

  private final Settings settings;
  private final Surroundings around;
  private final SimHttpServer server;
  private final ScheduledExecutorService supervisor;
  private ZkElection election;
  private volatile Optional<MarathonCore> core = Optional.empty();
  private volatile Optional<String> leader = Optional.empty();
  private Optional<StateWriter> writer = Optional.empty();
  private volatile boolean stalled;
  private boolean wanted;

  /** Prepares; {@link #start()} starts the process. */
  public SimMarathon(Settings settings, Surroundings around) {
    this.settings = Objects.requireNonNull(settings, "settings");
    this.around = Objects.requireNonNull(around, "around");
    this.supervisor = Executors.newSingleThreadScheduledExecutor(around.context().threads());
    MarathonHttp http = new MarathonHttp(this, settings, around);
    this.server = new SimHttpServer(settings.address(), around.context().threads(), http::handle);
  }

  /**
   * Starts the process and keeps it alive.
   *
   * @throws IOException the port is taken
   */
  public synchronized void start() throws IOException {
    wanted = true;
    if (election != null) {
      return;
    }
    server.start();
    boolean legacy = settings.version().isLegacy();
    String directory = settings.zkPath() + (legacy ? "/leader" : "/leader-curator");
    String prefix = legacy ? "member_" : "_c_" + UUID.randomUUID() + "-latch-";
    Pattern candidates = Pattern.compile((legacy ? "member_" : ".*-latch-") + "\\d{10}");
    election =
        new ZkElection(
            new ZkElection.Candidacy(
                settings.zkConnect(),
                directory,
                prefix,
                candidates,
                server.authority().getBytes(StandardCharsets.UTF_8)),
            around.context().threads(),
            this::electionChanged);
    election.start();
  }

  /** Ends the process for good, until the next {@link #start()}. */
  public void stop() {
    synchronized (this) {
      wanted = false;
    }
    endProcess().ifPresent(ZkElection::close);
  }

  /** Ends the process as SIGKILL does; the supervisor starts it again. */
  public void kill() {
    Duration lingering = settings.timers().deadSession();
    endProcess().ifPresent(e -> later(lingering, e::close));
    later(settings.timers().supervisedRestart(), this::restart);
  }

  @Override
  public void close() {
    stop();
    supervisor.shutdownNow();
  }

  /** Whether its port answers. */
  public boolean isUp() {
    return server.isRunning();
  }

  /** Whether it leads. */
  public boolean isLeading() {
    return core.isPresent();
  }

  /** The faults of its HTTP server. */
  public FaultSwitch faults() {
    return server.faults();
  }

  /** Makes deployments and launches stand still, or go on. */
  public void stallDeployments(boolean on) {
    stalled = on;
    core.ifPresent(c -> c.stalled(on));
  }

  /** {@code host:port} of its REST API. */
  public String authority() {
    return server.authority();
  }

  /** Gives up the leadership as {@code DELETE /v2/leader} does: the process exits soon. */
  void abdicate() {
    later(ABDICATION, this::exit);
  }

  Optional<MarathonCore> core() {
    return core;
  }

  Optional<String> leader() {
    return leader;
  }

  String host() {
    return server.address().getAddress().getHostAddress();
  }

  /** Ends the process; the supervisor starts it again. */
  private void exit() {
    if (endProcess().map(this::closed).isPresent()) {
      later(settings.timers().supervisedRestart(), this::restart);
    }
  }

  private boolean closed(ZkElection standing) {
    standing.close();
    return true;
  }

  private Optional<ZkElection> endProcess() {
    Optional<ZkElection> standing;
    Optional<MarathonCore> running;
    Optional<StateWriter> writing;
    synchronized (this) {
      standing = Optional.ofNullable(election);
      election = null;
      running = core;
      core = Optional.empty();
      writing = writer;
      writer = Optional.empty();
      leader = Optional.empty();
    }
    server.stop();
    running.ifPresent(MarathonCore::close);
    writing.ifPresent(StateWriter::close);
    return standing;
  }

  private void restart() {
    synchronized (this) {
      if (!wanted) {
        return;
      }
    }
    try {
      start();
    } catch (IOException e) {
      LOG.warn("the simulated Marathon cannot start again: {}", e.getMessage());
    }
  }

  private void electionChanged(boolean leading, Optional<byte[]> leaderData) {
    boolean lost = false;
    synchronized (this) {
      if (election == null) {
        return;
      }
      if (leading && core.isEmpty()) {
        MarathonCore started =
            new MarathonCore(settings, around, authority(), () -> later(Duration.ZERO, this::exit));
        started.stalled(stalled);
        core = Optional.of(started);
        writer = Optional.of(writer(election.client()));
        started.start();
      }
      leader = leaderData.map(data -> new String(data, StandardCharsets.UTF_8));
      lost = !leading && core.isPresent();
    }
    if (lost) {
      later(Duration.ZERO, this::exit);
    }
  }

  private StateWriter writer(CuratorFramework session) {
    return new StateWriter(
        around.store().ledger(),
        session,
        settings.zkPath() + "/state",
        around.context().threads(),
        around.context().time().millis(settings.timers().round()));
  }

  private void later(Duration real, Runnable work) {
    try {
      supervisor.schedule(work, around.context().time().millis(real), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closing) {
      // the sandbox ends
    }
  }
}
