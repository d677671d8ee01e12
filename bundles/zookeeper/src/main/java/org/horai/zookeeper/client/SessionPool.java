package org.horai.zookeeper.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.ZooKeeperSpec;
import org.horai.api.coordination.CoordinationStore.Lock;
import org.horai.api.coordination.CoordinationStore.Watch;
import org.horai.api.secret.Secret;
import org.horai.api.secret.SecretRef;
import org.horai.api.service.OwnThreads;
import org.horai.api.time.Deadline;
import org.horai.zookeeper.model.ZkPath;
import org.horai.zookeeper.model.ZooKeeperErrors;

/**
 * One session for each ensemble in use; a session nobody used for a while is closed. Thread-safe.
 */
public final class SessionPool implements AutoCloseable {
  private static final int LIMIT = 16;
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(4);

  private final ThreadFactory factory = new OwnThreads("zookeeper");
  private final ExecutorService threads = Executors.newCachedThreadPool(factory);
  private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(1, factory);
  private final ServerQuestions servers = new ServerQuestions(threads);
  private final Function<SecretRef, Secret> secrets;
  private final Duration idle;
  private final Map<ZooKeeperSpec, Entry> open = new LinkedHashMap<>();
  private final Set<Watch> watches = ConcurrentHashMap.newKeySet();
  private boolean closed;

  public SessionPool(Function<SecretRef, Secret> secrets, Duration idle) {
    this.secrets = secrets;
    this.idle = idle;
    long every = Math.max(100, idle.toMillis() / 4);
    clock.scheduleWithFixedDelay(this::closeIdle, every, every, TimeUnit.MILLISECONDS);
  }

  public ServerQuestions servers() {
    return servers;
  }

  /** Does something with the ensemble's nodes, by the deadline. */
  public <T> T with(ZooKeeperSpec ensemble, Deadline deadline, Function<Nodes, T> work) {
    try (Lease lease = lease(ensemble)) {
      return work.apply(new Nodes(lease.session(), deadline));
    } catch (HoraiException e) {
      if (e.code().equals(ZooKeeperErrors.NOT_ALLOWED)) {
        // The next try shall read the credentials anew.
        forget(ensemble);
      }
      throw e;
    }
  }

  /** Takes a lock; the session stays open until the lock is closed. */
  public Lock lock(ZooKeeperSpec ensemble, ZkPath path, String holder, Deadline deadline) {
    return NodeLock.take(lease(ensemble), path, holder, deadline);
  }

  /** Begins to watch; the session stays open until the watch is closed. */
  public Watch watch(ZooKeeperSpec ensemble, ZkPath path, Runnable changed, Deadline deadline) {
    Watch watch = TreeWatch.start(lease(ensemble), path, changed, deadline, factory);
    watches.add(watch);
    return () -> {
      watches.remove(watch);
      watch.close();
    };
  }

  /** A session kept open until the lease is closed. */
  Lease lease(ZooKeeperSpec ensemble) {
    Optional<Lease> opened = opened(ensemble);
    if (opened.isPresent()) {
      return opened.get();
    }
    // Resolved outside the lock: it may ask the operator.
    Optional<Secret> auth = ensemble.auth().map(secrets);
    synchronized (this) {
      if (!closed && !open.containsKey(ensemble)) {
        makeRoom();
        Session session = OwnThreads.apart(() -> new Session(ensemble, auth, servers, factory));
        open.put(ensemble, new Entry(session));
      }
      return opened(ensemble).orElseThrow();
    }
  }

  private synchronized Optional<Lease> opened(ZooKeeperSpec ensemble) {
    if (closed) {
      throw new HoraiException(
          CommonErrors.PROVIDER_GONE, "the ZooKeeper bundle was stopped", "start it again");
    }
    return Optional.ofNullable(open.get(ensemble)).map(Lease::new);
  }

  synchronized int size() {
    return open.size();
  }

  private void makeRoom() {
    if (open.size() < LIMIT) {
      return;
    }
    ZooKeeperSpec idlest =
        open.entrySet().stream()
            .filter(e -> e.getValue().users == 0)
            .min((a, b) -> Long.compare(a.getValue().usedAt, b.getValue().usedAt))
            .map(Map.Entry::getKey)
            .orElseThrow(
                () ->
                    new HoraiException(
                        ZooKeeperErrors.REJECTED,
                        "more than " + LIMIT + " ensembles are in use at once",
                        "wait for other work to end"));
    threads.execute(open.remove(idlest).session::close);
  }

  private synchronized void forget(ZooKeeperSpec ensemble) {
    Entry entry = open.remove(ensemble);
    if (entry != null) {
      entry.forgotten = true;
      closeIfUnused(entry);
    }
  }

  private synchronized void closeIdle() {
    List<ZooKeeperSpec> unused = new ArrayList<>();
    open.forEach(
        (ensemble, entry) -> {
          if (entry.users == 0 && System.nanoTime() - entry.usedAt > idle.toNanos()) {
            unused.add(ensemble);
          }
        });
    unused.forEach(this::forget);
  }

  private void closeIfUnused(Entry entry) {
    if (entry.forgotten && entry.users == 0) {
      threads.execute(entry.session::close);
    }
  }

  /** Closes all sessions at the same time and ends the threads; takes 5 s at most. */
  @Override
  public void close() {
    List<Entry> all;
    synchronized (this) {
      closed = true;
      all = List.copyOf(open.values());
      open.clear();
    }
    clock.shutdownNow();
    watches.forEach(Watch::close);
    all.forEach(entry -> threads.execute(entry.session::close));
    threads.shutdown();
    try {
      if (!threads.awaitTermination(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private static final class Entry {
    private final Session session;
    private int users;
    private long usedAt = System.nanoTime();
    private boolean forgotten;

    Entry(Session session) {
      this.session = session;
    }
  }

  /** A stay of a user in a session; close it once. */
  final class Lease implements AutoCloseable {
    private final Entry entry;
    private boolean ended;

    private Lease(Entry entry) {
      this.entry = entry;
      entry.users++;
    }

    Session session() {
      return entry.session;
    }

    @Override
    public void close() {
      synchronized (SessionPool.this) {
        if (!ended) {
          ended = true;
          entry.users--;
          entry.usedAt = System.nanoTime();
          closeIfUnused(entry);
        }
      }
    }
  }
}
