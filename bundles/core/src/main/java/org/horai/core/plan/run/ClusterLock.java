package org.horai.core.plan.run;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.coordination.CoordinationStore;
import org.horai.api.time.Deadline;
import org.horai.api.time.Waiter;
import org.horai.core.plan.model.LockHolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One operator at a time per cluster. A lock whose program was killed lives on until ZooKeeper ends
 * its session; such a lock is waited for, and that of a living program refuses at once.
 */
public final class ClusterLock {
  private static final Duration LIMIT = Duration.ofSeconds(15);
  private static final Waiter AGAIN = Waiter.every(Duration.ofMillis(250));

  private final LockHolder self;

  ClusterLock(String user) {
    this.self = new LockHolder(user, machine(), ProcessHandle.current().pid());
  }

  /**
   * How the lock of a program that died is waited for.
   *
   * @param tell hears what is waited for
   * @param patience the deadline, from how long it usually is
   */
  public record Wait(Consumer<String> tell, Function<Duration, Deadline> patience) {}

  /**
   * Takes the lock. Blocking: usually 15 s, and the time-out of a dead program's session.
   *
   * @param what it is taken for, shown to others
   * @throws HoraiException REFUSED naming a living holder, TIMED_OUT naming a dead one
   */
  CoordinationStore.Lock take(
      CoordinationStore store, ClusterSpec cluster, String what, Wait wait) {
    String path = path(cluster);
    Deadline limit = wait.patience().apply(LIMIT.plus(cluster.zookeeper().sessionTimeout()));
    Set<LockHolder> told = new LinkedHashSet<>();
    return AGAIN.await(
        "the lock " + path,
        limit,
        () -> {
          try {
            return Optional.of(
                new Kept(store.lock(cluster.zookeeper(), path, self.text(what), limit)));
          } catch (HoraiException e) {
            if (!e.code().equals(CommonErrors.REFUSED)) {
              throw e;
            }
            // No node means that it was given back just now.
            Optional<CoordinationStore.Node> node = store.read(cluster.zookeeper(), path, limit);
            if (node.isPresent()) {
              LockHolder dead = dead(node.get()).orElseThrow(() -> e);
              if (told.add(dead)) {
                wait.tell().accept(waiting(dead, cluster, limit));
              }
            }
            return Optional.empty();
          }
        },
        () -> names(told) + " held it and is gone; ZooKeeper has not ended its session yet");
  }

  /** Who holds the lock; asked early, it opens the session on which the lock is taken. */
  Optional<CoordinationStore.Node> look(CoordinationStore store, ClusterSpec cluster) {
    return store.read(cluster.zookeeper(), path(cluster), Deadline.after(LIMIT));
  }

  private static String path(ClusterSpec cluster) {
    return "/horai/locks/" + cluster.name();
  }

  /** A lock whose bundle may be replaced while it is held: then it is lost, and no error. */
  record Kept(CoordinationStore.Lock lock) implements CoordinationStore.Lock {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterLock.class);

    @Override
    public boolean held() {
      try {
        return lock.held();
      } catch (RuntimeException | LinkageError e) {
        LOG.warn("the lock's bundle has gone", e);
        return false;
      }
    }

    @Override
    public void close() {
      try {
        lock.close();
      } catch (RuntimeException | LinkageError e) {
        // Its node ends with its session.
        LOG.warn("the lock's bundle has gone", e);
      }
    }
  }

  private Optional<LockHolder> dead(CoordinationStore.Node node) {
    return LockHolder.parse(new String(node.data(), StandardCharsets.UTF_8))
        .filter(holder -> holder.sameDesk(self) && !alive(holder.pid()));
  }

  private static String names(Set<LockHolder> holders) {
    return holders.stream().map(LockHolder::toString).collect(Collectors.joining(", "));
  }

  private static String waiting(LockHolder holder, ClusterSpec cluster, Deadline limit) {
    long session = cluster.zookeeper().sessionTimeout().toSeconds();
    return holder
        + " held the lock of "
        + cluster.name()
        + " and is gone; waiting up to "
        + Math.min(session, limit.limit().toSeconds())
        + " s for its ZooKeeper session to end";
  }

  private static boolean alive(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }

  private static String machine() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
