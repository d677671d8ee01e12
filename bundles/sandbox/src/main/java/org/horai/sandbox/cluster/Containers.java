package org.horai.sandbox.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.TypeFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.horai.sandbox.chronos.ChronosFlags;
import org.horai.sandbox.chronos.ChronosSite;
import org.horai.sandbox.chronos.ChronosVersion;
import org.horai.sandbox.chronos.CommandExecutor;
import org.horai.sandbox.chronos.LaunchRefusedException;
import org.horai.sandbox.chronos.SimChronos;
import org.horai.sandbox.chronos.TaskSpec;
import org.horai.sandbox.host.OverlayMedium;
import org.horai.sandbox.host.SimHost;
import org.horai.sandbox.mesos.RunningTask;
import org.horai.sandbox.mesos.SimMesos;
import org.horai.sandbox.mesos.TaskExit;
import org.horai.sandbox.mesos.TaskInfo;
import org.horai.sandbox.mesos.TaskLaunch;
import org.horai.sandbox.mesos.TaskRunner;
import org.horai.sandbox.net.SimContext;
import org.horai.sandbox.net.SimHttpServer;
import org.horai.sandbox.net.SimReply;

/**
 * Runs the tasks of all agents: Docker tasks with a Chronos image become simulated instances,
 * everything else a real process. A container joins Weave only if its agent starts it through the
 * overlay's socket and it asks to with {@code WEAVE_CIDR}; it joins one of Docker's own networks if
 * it names it. It may have both addresses; with none it has one that nobody can reach.
 */
final class Containers implements TaskRunner, AutoCloseable {
  static final String OVERLAY_SOCKET = "/var/run/weave/weave.sock";
  private static final String UNREACHABLE = "172.17.0.2";
  private static final Pattern TWO = Pattern.compile(".*?[:-]v?(2\\.\\d).*");
  private static final Duration LONGEST_TASK = Duration.ofMinutes(10);

  private final SimContext context;
  private final Map<String, SimHost> hosts;
  private final OverlayMedium overlay;
  private final Path directory;
  private final Duration session;
  private final CommandExecutor processes;
  private final ObjectMapper json =
      JsonMapper.builder().typeFactory(TypeFactory.createDefaultInstance()).build();
  private final Map<String, Instance> instances = new ConcurrentHashMap<>();
  private final AtomicLong started = new AtomicLong();
  private volatile SimMesos mesos;

  /**
   * @param hosts by address
   * @param session of the instances in ZooKeeper
   */
  Containers(
      SimContext context,
      Map<String, SimHost> hosts,
      OverlayMedium overlay,
      Path directory,
      Duration session) {
    this.context = context;
    this.hosts = hosts;
    this.overlay = overlay;
    this.directory = directory;
    this.session = session;
    this.processes = new CommandExecutor(context.threads(), LONGEST_TASK);
  }

  /** Tells where schedulers register; before the first task. */
  void connect(SimMesos cluster) {
    mesos = cluster;
  }

  /** The instances that run now, by task id. */
  Map<String, SimChronos> chronos() {
    Map<String, SimChronos> now = new LinkedHashMap<>();
    instances.forEach((task, instance) -> now.put(task, instance.chronos));
    return now;
  }

  @Override
  public RunningTask start(TaskLaunch launch) throws IOException {
    boolean chronos = launch.task().docker().filter(d -> d.image().contains("chronos")).isPresent();
    return chronos ? instance(launch) : process(launch);
  }

  private RunningTask process(TaskLaunch launch) {
    TaskInfo task = launch.task();
    TaskSpec spec =
        new TaskSpec(
            task.taskId(),
            task.name(),
            task.command().orElse("true"),
            task.args().isEmpty(),
            task.args(),
            task.env(),
            task.cpus(),
            task.memMiB(),
            task.diskMiB());
    CompletableFuture<TaskExit> exit = new CompletableFuture<>();
    processes.start(
        spec,
        folder("task"),
        update -> {
          if (update.isTerminal()) {
            exit.complete(
                new TaskExit(
                    update.state() == org.horai.sandbox.chronos.TaskUpdate.State.TASK_FINISHED,
                    update.message()));
          }
        });
    return new RunningTask() {
      @Override
      public List<String> addresses() {
        return List.of();
      }

      @Override
      public void stop() {
        processes.kill(task.taskId());
      }

      @Override
      public CompletionStage<TaskExit> exit() {
        return exit;
      }
    };
  }

  private Path folder(String kind) {
    return directory.resolve(kind + "-" + started.incrementAndGet());
  }

  private RunningTask instance(TaskLaunch launch) throws IOException {
    SimHost host = Optional.ofNullable(hosts.get(launch.agentHost())).orElseThrow();
    TaskInfo task = launch.task();
    List<String> addresses = new ArrayList<>();
    Map<String, String> environment = new LinkedHashMap<>(task.env());
    environment.putIfAbsent("HOST", launch.agentHost());
    try {
      dockerNetwork(task)
          .map(network -> joined(host, network, task.taskId()))
          .ifPresent(addresses::add);
      overlayAddress(host, launch).ifPresent(addresses::add);
      if (addresses.isEmpty()) {
        addresses.add(UNREACHABLE);
      }
      ContainerShell.Start start =
          new ContainerShell(folder("container"), String.join(" ", addresses))
              .run(task.command().orElse(""), environment);
      ChronosFlags flags = ChronosFlags.parse(version(task), start.argv());
      Instance instance = new Instance(launch, host, flags, start, addresses);
      instance.start();
      return instance;
    } catch (LaunchRefusedException e) {
      release(host, task.taskId());
      throw new IOException("Container exited with status 1: " + e.getMessage(), e);
    } catch (UncheckedIOException e) {
      release(host, task.taskId());
      throw e.getCause();
    } catch (IOException e) {
      release(host, task.taskId());
      throw e;
    }
  }

  /**
   * The network of its own that the container is started on; of two names Docker takes the last.
   */
  private static Optional<String> dockerNetwork(TaskInfo task) {
    TaskInfo.DockerContainer docker = task.docker().orElseThrow();
    return docker.parameters().stream()
        .filter(parameter -> parameter.getKey().equals("net"))
        .map(Map.Entry::getValue)
        .findFirst()
        .or(docker::networkName);
  }

  private static String joined(SimHost host, String network, String container) {
    try {
      return host.join(network, container);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<String> overlayAddress(SimHost host, TaskLaunch launch)
      throws IOException {
    if (!launch.dockerSocket().equals(OVERLAY_SOCKET)) {
      return Optional.empty();
    }
    if (!host.proxySocketAlive()) {
      throw new IOException(
          "Cannot connect to the Docker daemon at unix://"
              + OVERLAY_SOCKET
              + ". Is the docker daemon running?");
    }
    String wanted = launch.task().env().get("WEAVE_CIDR");
    return wanted == null
        ? Optional.empty()
        : Optional.of(host.allocate(launch.task().taskId(), wanted));
  }

  private static ChronosVersion version(TaskInfo task) {
    String image = task.docker().orElseThrow().image();
    Matcher two = TWO.matcher(image);
    return ChronosVersion.of(two.matches() ? two.group(1) : "3");
  }

  private static void release(SimHost host, String container) {
    try {
      host.leave(container);
      if (host.overlayRunning()) {
        host.release(container);
      }
    } catch (IOException e) {
      // The daemon or the router is gone, and with it what it had given out.
      org.slf4j.LoggerFactory.getLogger(Containers.class).debug("not released: {}", e.getMessage());
    }
  }

  @Override
  public void close() {
    instances.values().forEach(Instance::stop);
    processes.close();
  }

  /** One container with a Chronos in it. */
  private final class Instance implements RunningTask {
    private final String taskId;
    private final SimHost host;
    private final List<String> addresses;
    private final SimChronos chronos;
    private final List<SimHttpServer> libprocess = new ArrayList<>();
    private final CompletableFuture<TaskExit> exit = new CompletableFuture<>();

    Instance(
        TaskLaunch launch,
        SimHost host,
        ChronosFlags flags,
        ContainerShell.Start start,
        List<String> addresses) {
      this.taskId = launch.task().taskId();
      this.host = host;
      this.addresses = List.copyOf(addresses);
      String address = addresses.contains(flags.hostname()) ? flags.hostname() : addresses.get(0);
      String ip = start.libprocessIp().isEmpty() ? address : start.libprocessIp();
      int port = start.libprocessPort().isEmpty() ? 0 : Integer.parseInt(start.libprocessPort());
      listen(ip, port);
      String told = ip + ":" + port;
      if (!start.advertisedIp().isEmpty()) {
        listen(start.advertisedIp(), Integer.parseInt(start.advertisedPort()));
        told = start.advertisedIp() + ":" + start.advertisedPort();
      }
      ChronosSite site =
          ChronosSite.at(new InetSocketAddress(address, flags.httpPort()))
              .withLibprocess(told)
              .withNetwork(to -> reaches(to))
              .withTimes(session, context.time().of(Duration.ofSeconds(2)));
      if (flags.httpAddress().isEmpty()) {
        for (String other : addresses) {
          if (!other.equals(address)) {
            site = site.alsoAt(new InetSocketAddress(other, flags.httpPort()));
          }
        }
      }
      for (TaskInfo.PortMapping mapping : launch.task().docker().orElseThrow().portMappings()) {
        if (mapping.containerPort() == flags.httpPort() && mapping.hostPort() > 0) {
          site = site.alsoAt(new InetSocketAddress(launch.agentHost(), mapping.hostPort()));
        }
      }
      this.chronos = new SimChronos(flags, site, new MesosLink(mesos), json, context.threads());
    }

    private void listen(String ip, int port) {
      libprocess.add(
          new SimHttpServer(
              new InetSocketAddress(ip, port), context.threads(), request -> SimReply.empty(404)));
    }

    /** An address that nobody has any more is refused soon; a cut network swallows all. */
    private boolean reaches(String to) {
      String ip = to.substring(0, Math.max(0, to.lastIndexOf(':')));
      boolean isGone = instances.values().stream().noneMatch(i -> i.addresses.contains(ip));
      return isGone || addresses.stream().anyMatch(own -> overlay.containerReaches(host, own, ip));
    }

    void start() throws IOException {
      try {
        for (SimHttpServer server : libprocess) {
          server.start();
        }
        chronos.start();
      } catch (IOException e) {
        libprocess.forEach(SimHttpServer::close);
        throw e;
      }
      instances.put(taskId, this);
      chronos
          .exited()
          .thenAccept(
              end -> {
                instances.remove(taskId);
                libprocess.forEach(SimHttpServer::close);
                release(host, taskId);
                exit.complete(TaskExit.ofStatus(end.code()));
              });
    }

    @Override
    public List<String> addresses() {
      return addresses;
    }

    @Override
    public void stop() {
      chronos.terminate();
    }

    @Override
    public void kill() {
      chronos.kill();
    }

    @Override
    public CompletionStage<TaskExit> exit() {
      return exit;
    }
  }
}
