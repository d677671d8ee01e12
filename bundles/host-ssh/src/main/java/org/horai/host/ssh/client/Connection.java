package org.horai.host.ssh.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.schmizz.keepalive.KeepAliveRunner;
import net.schmizz.sshj.Config;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.connection.ConnectionException;
import net.schmizz.sshj.connection.channel.OpenFailException;
import net.schmizz.sshj.connection.channel.direct.DirectConnection;
import net.schmizz.sshj.connection.channel.direct.Session;
import net.schmizz.sshj.userauth.UserAuthException;
import net.schmizz.sshj.userauth.method.AuthMethod;
import org.horai.api.HoraiException;
import org.horai.api.time.Deadline;
import org.horai.host.ssh.model.Login;
import org.horai.host.ssh.model.SshErrors;

/** One connection to one host: first connecting, then logged in, at last closed. */
final class Connection implements AutoCloseable {
  private static final int KEX_LIMIT_MILLIS = 30_000;

  /** How long SSHJ may wait inside a channel; the caller's deadline is what really ends it. */
  private static final int CHANNEL_WAIT_MILLIS = 3_600_000;

  /** A shell that has rested longer is asked whether it still answers; within a run none is. */
  static final Duration TRUSTED = Duration.ofMillis(200);

  /** After a longer rest a new shell asks again what its user may do. */
  private static final Duration KEPT = Duration.ofMinutes(1);

  private static final Duration AFTER_DEADLINE = Duration.ofSeconds(1);

  private final String name;
  private final Login login;
  private final SSHClient client;
  private final Queue<RemoteShell> resting = new ConcurrentLinkedQueue<>();
  private volatile DirectConnection tunnel;

  /**
   * @param name the host's name for messages
   */
  Connection(Config config, String name, Login login) {
    this.name = name;
    this.login = login;
    client = new SSHClient(config);
    client.setSocketFactory(new PromptSocketFactory());
  }

  /**
   * Connects, checks the host's key and logs in. Blocking.
   *
   * @param through the channel from the jump host
   */
  void open(
      Optional<DirectConnection> through, HostKeyGate gate, Offers.Offer offer, Deadline deadline) {
    connect(through, gate, deadline);
    logIn(offer);
    client.getConnection().setTimeoutMs(CHANNEL_WAIT_MILLIS);
  }

  boolean alive() {
    return client.isConnected() && client.isAuthenticated();
  }

  /**
   * A shell that no script uses: one that rests, if it still answers, else a new one.
   *
   * @throws IOException when the connection turns out to be dead; no script began
   */
  RemoteShell shell(String program) throws IOException {
    RemoteShell rested;
    while ((rested = resting(program)) != null) {
      Duration rest = rested.rested();
      if (rest.compareTo(TRUSTED) < 0 || (rest.compareTo(KEPT) < 0 && rested.answers())) {
        return rested;
      }
      rested.close();
    }
    return new RemoteShell(program, exec(program), resting::add);
  }

  private RemoteShell resting(String program) {
    for (RemoteShell shell : resting) {
      if (shell.program().equals(program) && resting.remove(shell)) {
        return shell;
      }
    }
    return null;
  }

  private Session.Command exec(String command) throws IOException {
    try {
      Session session = client.startSession();
      try {
        return session.exec(command);
      } catch (IOException e) {
        closeQuietly(session);
        throw e;
      }
    } catch (OpenFailException e) {
      throw new HoraiException(
          SshErrors.UNREACHABLE,
          "host " + name + " opens no session",
          String.valueOf(e.getMessage()),
          "raise MaxSessions of its sshd, or wait for other runs to end",
          e);
    } catch (IllegalStateException e) {
      throw closed(e);
    }
  }

  private static void closeQuietly(Session session) {
    try {
      session.close();
    } catch (IOException | RuntimeException e) {
      // The connection is about to be dropped.
    }
  }

  private void connect(Optional<DirectConnection> through, HostKeyGate gate, Deadline deadline) {
    client.addHostKeyVerifier(gate);
    // Beyond the deadline the caller is gone; a little later, so that it hears of the deadline.
    Duration limit = deadline.remaining().plus(AFTER_DEADLINE);
    int millis = (int) Math.min(login.timing().connect().toMillis(), limit.toMillis());
    client.setConnectTimeout(millis);
    // A server that takes the connection and then says nothing: only the banner is waited for so.
    client.setTimeout(millis);
    client.getTransport().setTimeoutMs(KEX_LIMIT_MILLIS);
    keepAlive();
    try {
      if (through.isPresent()) {
        tunnel = through.get();
        client.connectVia(tunnel);
      } else {
        client.connect(login.address(), login.port());
      }
      client.getConnection().getKeepAlive().setName("horai-ssh-keepalive-" + name);
    } catch (IOException | IllegalStateException e) {
      close();
      throw gate.refusal().orElseGet(() -> unreachable(e));
    }
  }

  private void keepAlive() {
    long seconds = login.timing().alive().toSeconds();
    if (seconds > 0 && client.getConnection().getKeepAlive() instanceof KeepAliveRunner keepAlive) {
      keepAlive.setKeepAliveInterval((int) Math.min(seconds, Integer.MAX_VALUE));
      keepAlive.setMaxAliveCount(Math.max(1, login.timing().aliveCount()));
    }
  }

  /**
   * Opens a channel to another host, on which that host's own connection travels.
   *
   * @throws OpenFailException when this host cannot reach it
   * @throws IOException when this connection turns out to be dead
   */
  DirectConnection tunnel(Login to) throws IOException {
    try {
      return client.newDirectConnection(to.address(), to.port());
    } catch (IllegalStateException e) {
      throw closed(e);
    }
  }

  /** {@code e} is SSHJ's way to say that the connection ended a moment ago. */
  private static ConnectionException closed(IllegalStateException e) {
    return new ConnectionException("the connection is closed", e);
  }

  /** The failure to tell of. */
  HoraiException unreachable(Exception e) {
    String through = login.via().map(jump -> " through " + jump.shown()).orElse("");
    return new HoraiException(
        SshErrors.UNREACHABLE,
        "host "
            + name
            + " cannot be reached over SSH at "
            + login.address()
            + ":"
            + login.port()
            + through,
        reason(e),
        "check its address and port, and that sshd runs there",
        e);
  }

  private static String reason(Exception e) {
    if (e instanceof UnknownHostException) {
      return "the name is not known";
    } else if (e instanceof SocketTimeoutException) {
      return "no answer";
    } else if (e instanceof NoRouteToHostException) {
      return "no route to host";
    } else if (e instanceof ConnectException) {
      return "connection refused";
    } else if (e instanceof OpenFailException refused) {
      return "the jump host cannot reach it: " + refused.getMessage();
    }
    return e.getCause() instanceof SocketTimeoutException
        ? "it took the connection, but says nothing"
        : "what answers there does not speak SSH as we do: " + e.getMessage();
  }

  private void logIn(Offers.Offer offer) {
    List<AuthMethod> methods =
        offer.identities().stream().<AuthMethod>map(PublicKeyLogin::new).toList();
    try {
      if (methods.isEmpty()) {
        throw new UserAuthException("there is no key to offer");
      }
      client.auth(login.user(), methods);
    } catch (IOException | IllegalStateException e) {
      Collection<String> accepted = client.getUserAuth().getAllowedMethods();
      close();
      throw refused(offer, accepted, e);
    }
  }

  private HoraiException refused(Offers.Offer offer, Collection<String> accepted, Exception e) {
    String tried =
        Stream.concat(offer.identities().stream().map(Identity::label), offer.passedOver().stream())
            .collect(Collectors.joining(", "));
    String methods = accepted == null ? "" : String.join(", ", accepted);
    return new HoraiException(
        SshErrors.LOGIN_REFUSED,
        "host " + name + " refuses the login of " + login.user(),
        (tried.isEmpty() ? "no private key was found in ~/.ssh" : "offered " + tried)
            + (methods.isEmpty() ? "" : "; the host accepts " + methods),
        "name the right user and identityFile, or add the public key to its authorized_keys",
        e);
  }

  /** Ends it now, also while another thread is still connecting. Idempotent. */
  @Override
  public void close() {
    try {
      if (client.getSocket() != null && !client.isConnected()) {
        client.getSocket().close();
      }
      client.disconnect();
      if (tunnel != null) {
        tunnel.close();
      }
    } catch (IOException | IllegalStateException e) {
      // It is gone either way.
    }
  }
}
