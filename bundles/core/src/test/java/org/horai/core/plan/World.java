package org.horai.core.plan;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.AgentSpec;
import org.horai.api.cluster.ChronosSpec;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.cluster.Host;
import org.horai.api.cluster.HostPort;
import org.horai.api.cluster.HostRole;
import org.horai.api.cluster.Inventory;
import org.horai.api.cluster.MesosSpec;
import org.horai.api.cluster.SshTarget;
import org.horai.api.cluster.ZooKeeperSpec;
import org.horai.api.coordination.CoordinationStore;
import org.horai.api.host.HostConnector;
import org.horai.api.network.OverlaySpec;
import org.horai.api.plan.ActionExecutor;
import org.horai.api.secret.Secret;
import org.horai.api.time.Deadline;
import org.horai.core.host.HostRunner;
import org.horai.core.host.LocalMachine;
import org.horai.core.host.ParallelHostInspector;
import org.horai.core.host.Shells;
import org.horai.core.host.WorkerPool;
import org.horai.core.plan.model.PlanJson;

/** A cluster of folders, with a lock and an executor that tests control. */
final class World implements AutoCloseable {
  final WorkerPool pool = new WorkerPool();
  final Map<String, LocalMachine> machines = new LinkedHashMap<>();
  final Set<String> cut = ConcurrentHashMap.newKeySet();
  final Locks locks = new Locks();
  final ActionExecutors executors = new ActionExecutors(pool);
  final Actions actions = new Actions();
  final Offered<ActionExecutor> offer = new Offered<>(actions);
  final List<String> execs = new CopyOnWriteArrayList<>();
  final BlockingQueue<String> prepared = new LinkedBlockingQueue<>();
  final HostRunner hosts = new HostRunner(reference -> new Secret("s3cr3t"), new Connector());
  final ParallelHostInspector inspector = new ParallelHostInspector(hosts, pool);
  final JournaledPlanRunner runner;
  final Path state;

  World(Path folder, String... names) {
    for (String name : names) {
      machines.put(name, new LocalMachine(folder.resolve(name)));
    }
    state = folder.resolve("state");
    executors.add(offer);
    runner = anotherRunner();
  }

  /** A runner as another start of the program would have it. */
  JournaledPlanRunner anotherRunner() {
    JournaledPlanRunner other =
        new JournaledPlanRunner(state, "operator", hosts, executors, pool, new PlanJson());
    other.store = locks;
    return other;
  }

  ClusterSpec cluster() {
    return cluster(false);
  }

  ClusterSpec cluster(boolean production) {
    return clusterOf(machines.keySet(), production);
  }

  static ClusterSpec clusterOf(Collection<String> names, boolean production) {
    List<Host> hostList = names.stream().map(World::host).toList();
    return new ClusterSpec(
        "test",
        production,
        Optional.empty(),
        new Inventory(hostList),
        new ZooKeeperSpec(
            List.of(new HostPort("127.0.0.1", 2181)), Optional.empty(), Duration.ofSeconds(10)),
        new MesosSpec("/mesos", List.of(), 5051),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        new OverlaySpec(
            "weave", "1.5.2", "10.32.0.0/12", "10.32.1.0/24", Optional.empty(), hostList, Map.of()),
        new AgentSpec(
            AgentSpec.Layout.PACKAGE,
            "mesos-slave",
            "",
            Duration.ofMinutes(5),
            Map.of(),
            Duration.ofMinutes(1)),
        new ChronosSpec(
            "3.0.2",
            "/chronos",
            3,
            0.5,
            512,
            8080,
            8081,
            "image",
            "chronos",
            "/chronos",
            Duration.ofDays(7),
            new ChronosSpec.Health(
                "/ping", Duration.ofSeconds(60), Duration.ofSeconds(20), Duration.ofSeconds(10), 6),
            Map.of(),
            Map.of(),
            Optional.empty(),
            true));
  }

  private static Host host(String name) {
    return new Host(
        name,
        "127.0.0.1",
        Set.of(HostRole.AGENT),
        new SshTarget(
            "127.0.0.1",
            22,
            "root",
            Optional.empty(),
            Optional.empty(),
            false,
            SshTarget.HostKeyPolicy.STRICT,
            Optional.empty()),
        Map.of());
  }

  private final class Connector implements HostConnector {
    @Override
    public HostExit run(Host host, Script script, Consumer<String> lines, Deadline deadline) {
      return World.this.run(host, script.text(), lines, deadline);
    }

    @Override
    public void prepare(Host host, Deadline deadline) {
      prepared.add(host.name());
    }
  }

  private HostConnector.HostExit run(
      Host host, String script, Consumer<String> lines, Deadline deadline) {
    execs.add(host.name());
    if (cut.contains(host.name())) {
      throw new HoraiException(
          CommonErrors.UNREACHABLE, "host " + host.name() + " cannot be reached", "refused", "");
    }
    StringBuilder errors = new StringBuilder();
    try {
      int exit = machines.get(host.name()).run(Shells.SH, script, lines, errors);
      return new HostConnector.HostExit(exit, errors.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HoraiException(CommonErrors.INTERRUPTED, "stopped", "", "run:resume", e);
    }
  }

  @Override
  public void close() {
    pool.close();
  }

  /** Knows every action that starts with "test."; does what tests say. */
  static final class Actions implements ActionExecutor {
    final List<String> done = new CopyOnWriteArrayList<>();
    final Map<String, Function<ActionCall, ActionResult>> behaviour = new ConcurrentHashMap<>();

    @Override
    public Set<String> actions() {
      return Set.of("test.one", "test.two", "test.three", "test.verify");
    }

    @Override
    public ActionResult execute(ActionCall call) {
      ActionResult result =
          behaviour.getOrDefault(call.action(), any -> ActionResult.changed("did it")).apply(call);
      done.add(call.action());
      return result;
    }
  }

  /** One lock per path, in memory. */
  static final class Locks implements CoordinationStore {
    final Map<String, String> holders = new ConcurrentHashMap<>();
    final BlockingQueue<String> reads = new LinkedBlockingQueue<>();
    volatile boolean sessionLost;
    final List<String> history = new ArrayList<>();

    @Override
    public Lock lock(ZooKeeperSpec ensemble, String path, String holder, Deadline deadline) {
      String other = holders.putIfAbsent(path, holder);
      if (other != null) {
        throw new HoraiException(CommonErrors.REFUSED, path + " is held by " + other, "wait");
      }
      history.add(path + " " + holder);
      return new Lock() {
        @Override
        public boolean held() {
          return !sessionLost;
        }

        @Override
        public void close() {
          holders.remove(path);
        }
      };
    }

    @Override
    public EnsembleHealth health(ZooKeeperSpec ensemble, Deadline deadline) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Node> read(ZooKeeperSpec ensemble, String path, Deadline deadline) {
      reads.add(path);
      return Optional.ofNullable(holders.get(path))
          .map(holder -> new Node(holder.getBytes(StandardCharsets.UTF_8), 0, 0, 0, true));
    }

    @Override
    public List<String> children(ZooKeeperSpec ensemble, String path, Deadline deadline) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void write(ZooKeeperSpec ensemble, String path, byte[] data, Deadline deadline) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void deleteTree(
        ZooKeeperSpec ensemble, String path, Set<String> guarded, Deadline deadline) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<Candidate> election(ZooKeeperSpec ensemble, String path, Deadline deadline) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Watch watch(ZooKeeperSpec ensemble, String path, Runnable changed, Deadline deadline) {
      throw new UnsupportedOperationException();
    }
  }
}
