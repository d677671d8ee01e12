package org.horai.host.ssh.client;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import net.schmizz.sshj.Config;
import net.schmizz.sshj.connection.channel.OpenFailException;
import net.schmizz.sshj.connection.channel.direct.DirectConnection;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.secret.SecretRef;
import org.horai.api.time.Deadline;
import org.horai.host.ssh.model.HostKeyCheck.Shown;
import org.horai.host.ssh.model.Login;
import org.horai.host.ssh.model.SshErrors;

/**
 * One connection per login, opened when first needed, opened again when found dead. Several
 * commands may share it, and so may all hosts behind a jump host. The lock of a login is held while
 * connecting, so that nobody connects twice; all other logins go on. A login is locked before the
 * jump host it goes through, never the other way round.
 */
final class ConnectionPool implements AutoCloseable {
  private static final Duration NEWS = Duration.ofSeconds(1);

  private final Config config;
  private final LoginKeys keys;
  private final Path keyFolder;
  private final Function<String, Optional<Boolean>> asker;
  private final KnownHostsFiles knownHosts = new KnownHostsFiles();
  private final ReentrantLock asking = new ReentrantLock();
  private final Map<Login, Slot> slots = new ConcurrentHashMap<>();
  private final Set<Connection> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * @param keyFolder where default keys are
   * @param asker asks a yes-or-no question; empty when there is nobody to ask
   */
  ConnectionPool(
      Config config, LoginKeys keys, Path keyFolder, Function<String, Optional<Boolean>> asker) {
    this.config = config;
    this.keys = keys;
    this.keyFolder = keyFolder;
    this.asker = asker;
  }

  private static final class Slot {
    final ReentrantLock lock = new ReentrantLock();
    Connection connection;
    Optional<Untold> untold = Optional.empty();

    boolean isDead() {
      return connection == null || !connection.alive();
    }
  }

  /** Why a connection could not be prepared; the first who needs it at once is told. */
  private record Untold(String name, HoraiException failure, long since) {
    boolean concerns(String caller) {
      return name.equals(caller) && System.nanoTime() - since < NEWS.toNanos();
    }
  }

  /**
   * Connects and opens a shell for a script that is still being written. Blocking; a script that
   * comes meanwhile waits for it. Nobody is asked anything: a question must end with the command
   * that it belongs to, and none has come for this host yet.
   *
   * @param name the host's name for messages
   * @param program the shell
   */
  void prepare(String name, Login login, String program, Deadline deadline)
      throws InterruptedException {
    if (mayAsk(login)) {
      return;
    }
    Slot slot = slots.computeIfAbsent(login, key -> new Slot());
    HostKeyGate gate = new HostKeyGate(name, login, knownHosts);
    slot.lock.lockInterruptibly();
    try {
      if (slot.isDead()) {
        discard(slot);
        slot.connection = connect(name, login, gate, deadline);
        slot.connection.shell(program).rest();
      }
    } catch (HoraiException e) {
      if (gate.stranger().isEmpty()) {
        slot.untold = Optional.of(new Untold(name, e, System.nanoTime()));
      }
    } catch (IOException e) {
      // It died at once, and the script gets a new one.
    } finally {
      slot.lock.unlock();
    }
  }

  /** For a passphrase, or about the key of a host on the way. */
  private static boolean mayAsk(Login login) {
    return login.via().isPresent()
        || login.keys().passphrase().filter(p -> p.kind() == SecretRef.Kind.PROMPT).isPresent();
  }

  /**
   * A shell on a live connection. A kept connection may turn out dead only now; since no script
   * began, it is tried once more on a new one.
   *
   * @param name the host's name for messages
   * @param program the shell
   */
  RemoteShell shell(String name, Login login, String program, Deadline deadline)
      throws IOException, InterruptedException {
    return use(name, login, deadline, connection -> connection.shell(program));
  }

  /** A first step on a connection, which shows whether it is alive. */
  private interface Use<T> {
    T of(Connection connection) throws IOException;
  }

  private <T> T use(String name, Login login, Deadline deadline, Use<T> use)
      throws IOException, InterruptedException {
    Connection connection = live(name, login, deadline);
    try {
      return use.of(connection);
    } catch (OpenFailException e) {
      throw e;
    } catch (IOException e) {
      // A run that is told to end says nothing about the connection, which others may use.
      if (Thread.currentThread().isInterrupted() || e.getCause() instanceof InterruptedException) {
        throw e;
      }
      drop(login, connection);
      return use.of(live(name, login, deadline));
    }
  }

  private Connection live(String name, Login login, Deadline deadline) throws InterruptedException {
    Slot slot = slots.computeIfAbsent(login, key -> new Slot());
    slot.lock.lockInterruptibly();
    try {
      Optional<Untold> news = slot.untold.filter(untold -> untold.concerns(name));
      slot.untold = Optional.empty();
      if (news.isPresent()) {
        throw news.get().failure();
      }
      if (slot.isDead()) {
        discard(slot);
        slot.connection = admitted(name, login, deadline);
      }
      return slot.connection;
    } finally {
      slot.lock.unlock();
    }
  }

  /** Connects; asks about a key never seen before, and then connects again. */
  private Connection admitted(String name, Login login, Deadline deadline)
      throws InterruptedException {
    HostKeyGate gate = new HostKeyGate(name, login, knownHosts);
    try {
      return connect(name, login, gate, deadline);
    } catch (HoraiException e) {
      if (gate.stranger().isEmpty() || !trusted(name, gate, gate.stranger().get())) {
        throw e;
      }
      return connect(name, login, new HostKeyGate(name, login, knownHosts), deadline);
    }
  }

  /** One question at a time, and none for a key that was accepted while waiting for the turn. */
  private boolean trusted(String name, HostKeyGate gate, Shown shown) throws InterruptedException {
    asking.lockInterruptibly();
    try {
      if (gate.isStillStrange(shown)) {
        Optional<Boolean> answer = asker.apply(gate.question(shown));
        if (answer.isEmpty()) {
          return false;
        } else if (!answer.get()) {
          throw new HoraiException(
              SshErrors.UNKNOWN_HOST_KEY,
              "the key of host " + name + " was not accepted",
              "it is " + shown.text(),
              "compare it with ssh-keygen -lf on the host's console, then try again");
        }
        gate.remember(shown);
      }
      return true;
    } finally {
      asking.unlock();
    }
  }

  private Connection connect(String name, Login login, HostKeyGate gate, Deadline deadline)
      throws InterruptedException {
    Offers.Offer offer = Offers.of(keys, keyFolder, login.keys());
    Connection connection = new Connection(config, name, login);
    Optional<DirectConnection> through = tunnel(connection, name, login, deadline);
    open.add(connection);
    try {
      if (closed) {
        throw new HoraiException(
            CommonErrors.PROVIDER_GONE, "the SSH bundle was stopped", "start bundle host-ssh");
      }
      connection.open(through, gate, offer, deadline);
      return connection;
    } catch (RuntimeException e) {
      open.remove(connection);
      connection.close();
      throw e;
    }
  }

  private Optional<DirectConnection> tunnel(
      Connection connection, String name, Login login, Deadline deadline)
      throws InterruptedException {
    if (login.via().isEmpty()) {
      return Optional.empty();
    }
    Login jump = login.via().get();
    String jumpName = jump.address() + " (on the way to " + name + ")";
    try {
      return Optional.of(use(jumpName, jump, deadline, last -> last.tunnel(login)));
    } catch (IOException e) {
      throw connection.unreachable(e);
    }
  }

  private void drop(Login login, Connection dead) throws InterruptedException {
    Slot slot = slots.get(login);
    slot.lock.lockInterruptibly();
    try {
      if (slot.connection == dead) {
        discard(slot);
      }
    } finally {
      slot.lock.unlock();
    }
  }

  private void discard(Slot slot) {
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
