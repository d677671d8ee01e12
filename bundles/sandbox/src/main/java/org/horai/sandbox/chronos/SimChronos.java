package org.horai.sandbox.chronos;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.curator.framework.recipes.leader.LeaderLatchListener;
import org.horai.api.service.OwnThreads;
import org.horai.sandbox.net.FaultSwitch;
import org.horai.sandbox.net.SimHttpServer;
import org.horai.sandbox.net.SimReply;
import org.horai.sandbox.net.SimRequest;
import org.horai.sandbox.net.SimThreads;

/**
 * One simulated Chronos process. It stands for election in the real ZooKeeper, passes requests on
 * to the leader while it follows, and schedules while it leads. It ends by {@link #terminate()},
 * {@link #kill()} or on its own, as the real one exits with 1; {@link #exited()} tells.
 */
public final class SimChronos implements AutoCloseable {

  /**
   * How the process ended.
   *
   * @param code its exit code; 128 + signal for a signal
   * @param stderr the last words; may be empty
   */
  public record Exit(int code, String stderr) {}

  private static final int SIGTERM = 143;
  private static final int SIGKILL = 137;
  private static final long CLOSE_SECONDS = 5;

  private final ChronosFlags flags;
  private final ChronosSite site;
  private final SchedulerDriver driver;
  private final Election election;
  private final ChronosStore store;
  private final JobScheduler scheduler;
  private final ChronosApi api;
  private final JettyAnswers answers;
  private final FollowerProxy proxy;
  private final List<SimHttpServer> servers = new ArrayList<>();
  private final ScheduledExecutorService loop;
  private final CompletableFuture<Exit> exit = new CompletableFuture<>();
  private final AtomicBoolean ending = new AtomicBoolean();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final SimThreads threads;
  private Optional<Leading> leading = Optional.empty();

  /**
   * Builds an instance that does nothing before {@link #start()}.
   *
   * @param flags its command line
   * @param site where it runs
   * @param driver its way to Mesos
   * @param json for its answers and records; shared, not changed
   * @param threads makes its threads
   */
  public SimChronos(
      ChronosFlags flags,
      ChronosSite site,
      SchedulerDriver driver,
      ObjectMapper json,
      SimThreads threads) {
    this.flags = Objects.requireNonNull(flags, "flags");
    this.site = Objects.requireNonNull(site, "site");
    this.driver = Objects.requireNonNull(driver, "driver");
    this.threads = Objects.requireNonNull(threads, "threads");
    this.election = new Election(flags, site.sessionTimeout());
    this.store = new ChronosStore(election.zooKeeper(), flags.zkPath(), json);
    JobFormat format = new JobFormat(flags, json);
    this.scheduler = new JobScheduler(flags, store, format, site.clock());
    this.answers = new JettyAnswers(json, flags.version());
    this.api = new ChronosApi(flags.version(), scheduler, format, answers, json);
    this.proxy = new FollowerProxy(answers);
    ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, threads);
    executor.setRemoveOnCancelPolicy(true);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    this.loop = executor;
  }

  /**
   * Opens its ports and stands for election in the background.
   *
   * @throws IOException an address cannot be bound; nothing stays open
   */
  public void start() throws IOException {
    try {
      for (InetSocketAddress address : site.listen()) {
        SimHttpServer server = new SimHttpServer(address, threads, this::answer);
        server.start();
        servers.add(server);
      }
    } catch (IOException e) {
      end(1, e.getMessage(), false);
      throw e;
    }
    loop.execute(
        () -> {
          try {
            election.start(new Turns(), loop);
          } catch (IOException e) {
            exit(1, e.getMessage());
          }
        });
  }

  /** Completes when the process has ended, however it did. */
  public CompletableFuture<Exit> exited() {
    return exit.copy();
  }

  /** Whether it runs and leads, by its own view. */
  public boolean isLeader() {
    return !ending.get() && election.isLeader();
  }

  /** Who it is in the election: {@code hostname:http_port}. */
  public String participant() {
    return flags.participant();
  }

  /** The command line it was started with. */
  public ChronosFlags flags() {
    return flags;
  }

  /** The faults of every address it answers at; none before the start. */
  public List<FaultSwitch> faults() {
    return servers.stream().map(SimHttpServer::faults).toList();
  }

  /**
   * SIGTERM: leaves the election, keeps its framework, exits with 143. Blocks at most some seconds.
   */
  public void terminate() {
    end(SIGTERM, "", true);
  }

  /** SIGKILL: its ports close at once, its ZooKeeper session stays until it times out. */
  public void kill() {
    end(SIGKILL, "", false);
  }

  @Override
  public void close() {
    terminate();
  }

  private void exit(int code, String stderr) {
    Thread shutdown = threads.newThread(() -> end(code, stderr, true));
    shutdown.start();
  }

  private void end(int code, String stderr, boolean cleanly) {
    if (!ending.compareAndSet(false, true)) {
      awaitEnd();
      return;
    }
    ended.countDown();
    proxy.close();
    if (cleanly) {
      stopLoop();
      stopLeading();
      election.close();
      servers.forEach(SimHttpServer::close);
    } else {
      servers.forEach(SimHttpServer::close);
      election.crash();
      stopLoop();
      stopLeading();
    }
    exit.complete(new Exit(code, stderr));
  }

  private void awaitEnd() {
    try {
      exit.get(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // the other thread is still ending it; this one has waited long enough
    }
  }

  private void stopLoop() {
    OwnThreads.end(loop);
  }

  private SimReply answer(SimRequest request) throws IOException {
    if (ending.get()) {
      throw new IOException("the process is ending");
    }
    if (!flags.admits(request.header("authorization"))) {
      return JettyAnswers.framed(answers.unauthorized(flags.get("http_realm").orElse("Chronos")));
    }
    if (election.isLeader()) {
      SimReply reply = api.answer(request, flags.participant());
      return request.path().equals("/ping")
          ? JettyAnswers.signed(reply)
          : JettyAnswers.framed(reply);
    }
    return JettyAnswers.framed(follow(request));
  }

  private SimReply follow(SimRequest request) throws IOException {
    String leader;
    try {
      leader = election.leader();
    } catch (IOException e) {
      exit(1, e.getMessage());
      throw e;
    }
    if (leader.equals(flags.participant())) {
      return flags.version().isThree()
          ? api.answer(request, leader)
          : answers.page(500, request.path(), "java.net.ConnectException: proxied to itself");
    }
    if (leader.isEmpty()) {
      return answers.page(500, request.path(), "java.net.MalformedURLException: no host: http:");
    }
    waitForNetwork(leader);
    return proxy.ask(leader, request);
  }

  private void waitForNetwork(String leader) throws IOException {
    try {
      while (!site.reaches().test(leader)) {
        if (ended.await(site.poll().toMillis(), TimeUnit.MILLISECONDS)) {
          throw new IOException("the process is ending");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the server stops", e);
    }
  }

  private synchronized void startLeading() {
    if (leading.isPresent() || ending.get()) {
      return;
    }
    Leading term = new Leading();
    leading = Optional.of(term);
    loop.schedule(term::begin, site.loadDelay().toMillis(), TimeUnit.MILLISECONDS);
  }

  private synchronized void stopLeading() {
    leading.ifPresent(Leading::end);
    leading = Optional.empty();
    scheduler.clear();
  }

  /** Hears of the election on the loop's thread. */
  private final class Turns implements LeaderLatchListener {
    @Override
    public void isLeader() {
      startLeading();
    }

    @Override
    public void notLeader() {
      stopLeading();
    }
  }

  /** One term as leader: its registration, and the scheduler that works while it lasts. */
  private final class Leading implements SchedulerCallback {

    private volatile boolean over;
    private volatile boolean known;
    private volatile Optional<SchedulerDriver.Registration> registration = Optional.empty();
    private volatile Optional<ScheduledFuture<?>> beat = Optional.empty();

    void begin() {
      if (over) {
        return;
      }
      Optional<String> id = store.frameworkId();
      try {
        scheduler.load();
      } catch (IOException e) {
        exit(1, "Loading tasks or jobs failed. Exiting. " + e.getMessage());
        return;
      }
      registration = Optional.of(driver.register(framework(id), this));
      long poll = site.poll().toMillis();
      beat = Optional.of(loop.scheduleWithFixedDelay(this::work, 0, poll, TimeUnit.MILLISECONDS));
    }

    private FrameworkInfo framework(Optional<String> id) {
      return new FrameworkInfo(
          flags.frameworkName(),
          flags.hostname(),
          "scheduler-" + UUID.randomUUID() + "@" + site.libprocess(),
          flags.get("webui_url").orElse("http://" + flags.participant()),
          flags.user(),
          flags.get("mesos_role").orElse("*"),
          flags.get("mesos_authentication_principal").orElse(""),
          true,
          flags.failoverTimeout(),
          id);
    }

    void end() {
      over = true;
      beat.ifPresent(b -> b.cancel(false));
      registration.ifPresent(r -> r.stop(true));
    }

    private void work() {
      if (over) {
        return;
      }
      try {
        scheduler.tick();
      } catch (IOException e) {
        exit(1, e.getMessage());
      }
    }

    private void later(Runnable work) {
      try {
        loop.execute(
            () -> {
              if (!over) {
                work.run();
              }
            });
      } catch (RejectedExecutionException ended) {
        // the process is gone; nobody is left to hear it
      }
    }

    @Override
    public void registered(String frameworkId) {
      later(
          () -> {
            known = true;
            try {
              store.writeFrameworkId(frameworkId);
              registration.ifPresent(scheduler::connected);
            } catch (IOException e) {
              exit(1, e.getMessage());
            }
          });
    }

    @Override
    public void reregistered() {
      later(() -> registration.ifPresent(scheduler::connected));
    }

    @Override
    public void disconnected() {
      later(scheduler::disconnected);
    }

    @Override
    public void update(TaskUpdate update) {
      later(
          () -> {
            try {
              scheduler.update(update);
            } catch (IOException e) {
              exit(1, e.getMessage());
            }
          });
    }

    @Override
    public void error(String message) {
      // A framework that is torn down while it runs is not noticed: Chronos goes on, its jobs wait.
      if (!known) {
        exit(1, "Got error '" + message + "'\nAsked to abort the driver");
      }
    }
  }
}
