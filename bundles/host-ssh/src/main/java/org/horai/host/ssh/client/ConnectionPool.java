package org.horai.host.ssh.client;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import net.schmizz.sshj.Config;
import net.schmizz.sshj.connection.channel.direct.Session;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.Host;
import org.horai.api.cluster.SshTarget;
import org.horai.api.time.Deadline;

/**
 * One connection per login, opened when first needed, opened again when found dead. Several
 * sessions may share it. The lock of a login is held while connecting, so that nobody connects
 * twice; all other logins go on.
 */
final class ConnectionPool implements AutoCloseable {
  private final Config config;
  private final LoginKeys keys;
  private final Map<SshTarget, Slot> slots = new ConcurrentHashMap<>();
  private final Set<Connection> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  ConnectionPool(Config config, LoginKeys keys) {
    this.config = config;
    this.keys = keys;
  }

  private static final class Slot {
    final ReentrantLock lock = new ReentrantLock();
    Connection connection;
  }

  /**
   * A session on a live connection. A kept connection may turn out dead only now; since nothing was
   * run yet, a new one is made then.
   */
  Session session(Host host, Deadline deadline) throws IOException, InterruptedException {
    Slot slot = slots.computeIfAbsent(host.ssh(), target -> new Slot());
    slot.lock.lockInterruptibly();
    try {
      if (slot.connection != null && slot.connection.alive()) {
        try {
          return slot.connection.startSession();
        } catch (IOException e) {
          drop(slot);
        }
      }
      drop(slot);
      slot.connection = connect(host, deadline);
      return slot.connection.startSession();
    } finally {
      slot.lock.unlock();
    }
  }

  private Connection connect(Host host, Deadline deadline) {
    Connection connection = new Connection(config, host);
    open.add(connection);
    try {
      if (closed) {
        throw new HoraiException(
            CommonErrors.PROVIDER_GONE, "the SSH bundle was stopped", "start bundle host-ssh");
      }
      connection.open(keys, deadline);
      return connection;
    } catch (RuntimeException e) {
      open.remove(connection);
      connection.close();
      throw e;
    }
  }

  private void drop(Slot slot) {
    if (slot.connection != null) {
      open.remove(slot.connection);
      slot.connection.close();
      slot.connection = null;
    }
  }

  /** Ends all connections, also those still being made. */
  @Override
  public void close() {
    closed = true;
    open.forEach(Connection::close);
  }
}
