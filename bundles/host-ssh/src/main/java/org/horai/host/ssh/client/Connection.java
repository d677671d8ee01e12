package org.horai.host.ssh.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.schmizz.keepalive.KeepAlive;
import net.schmizz.sshj.Config;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.connection.ConnectionException;
import net.schmizz.sshj.connection.channel.direct.Session;
import net.schmizz.sshj.userauth.UserAuthException;
import net.schmizz.sshj.userauth.method.AuthMethod;
import net.schmizz.sshj.userauth.method.AuthPublickey;
import org.horai.api.HoraiException;
import org.horai.api.cluster.Host;
import org.horai.api.cluster.SshTarget;
import org.horai.api.time.Deadline;
import org.horai.host.ssh.model.SshErrors;

/** One connection to one host: first connecting, then logged in, at last closed. */
final class Connection implements AutoCloseable {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);
  private static final int KEEP_ALIVE_SECONDS = 10;

  /** How long SSHJ may wait inside a channel; the caller's deadline is what really ends it. */
  private static final int CHANNEL_WAIT_MILLIS = 3_600_000;

  private final Host host;
  private final SSHClient client;

  Connection(Config config, Host host) {
    this.host = host;
    client = new SSHClient(config);
    client.setSocketFactory(new PromptSocketFactory());
  }

  /** Connects, checks the host's key and logs in. Blocking. */
  void open(LoginKeys keys, Deadline deadline) {
    LoginKeys.Offer offer = keys.offer(host.ssh());
    connect(keys, deadline);
    logIn(offer);
    client.getConnection().setTimeoutMs(CHANNEL_WAIT_MILLIS);
  }

  boolean alive() {
    return client.isConnected() && client.isAuthenticated();
  }

  Session startSession() throws IOException {
    try {
      return client.startSession();
    } catch (IllegalStateException e) {
      // SSHJ's way to say that the connection ended a moment ago.
      throw new ConnectionException("the connection is closed", e);
    }
  }

  private void connect(LoginKeys keys, Deadline deadline) {
    SshTarget target = host.ssh();
    Path file = keys.expand(target.knownHosts().orElse("~/.ssh/known_hosts"));
    KnownHosts knownHosts = KnownHosts.read(host, file);
    client.addHostKeyVerifier(knownHosts);
    long limit = Math.min(CONNECT_LIMIT.toMillis(), deadline.remaining().toMillis());
    client.setConnectTimeout((int) Math.max(1, limit));
    KeepAlive keepAlive = client.getConnection().getKeepAlive();
    keepAlive.setKeepAliveInterval(KEEP_ALIVE_SECONDS);
    try {
      client.connect(target.address(), target.port());
      keepAlive.setName("horai-ssh-keepalive-" + host.name());
    } catch (IOException e) {
      close();
      throw knownHosts.refusal().orElseGet(() -> unreachable(e));
    }
  }

  private HoraiException unreachable(IOException e) {
    String where = host.ssh().address() + ":" + host.ssh().port();
    return new HoraiException(
        SshErrors.UNREACHABLE,
        "host " + host.name() + " cannot be reached over SSH at " + where,
        reason(e),
        "check its address and port, and that sshd runs there",
        e);
  }

  private static String reason(IOException e) {
    if (e instanceof UnknownHostException) {
      return "the name is not known";
    } else if (e instanceof SocketTimeoutException) {
      return "no answer";
    } else if (e instanceof NoRouteToHostException) {
      return "no route to host";
    } else if (e instanceof ConnectException) {
      return "connection refused";
    }
    return "what answers there does not speak SSH as we do: " + e.getMessage();
  }

  private void logIn(LoginKeys.Offer offer) {
    List<AuthMethod> methods = new ArrayList<>();
    offer.keys().forEach(key -> methods.add(new AuthPublickey(key.provider())));
    try {
      if (methods.isEmpty()) {
        throw new UserAuthException("there is no key to offer");
      }
      client.auth(host.ssh().user(), methods);
    } catch (IOException e) {
      Collection<String> accepted = client.getUserAuth().getAllowedMethods();
      close();
      throw refused(offer, accepted, e);
    }
  }

  private HoraiException refused(
      LoginKeys.Offer offer, Collection<String> accepted, IOException e) {
    String tried =
        Stream.concat(
                offer.keys().stream().map(LoginKeys.LoginKey::label), offer.passedOver().stream())
            .collect(Collectors.joining(", "));
    String methods = accepted == null ? "" : String.join(", ", accepted);
    return new HoraiException(
        SshErrors.LOGIN_REFUSED,
        "host " + host.name() + " refuses the login of " + host.ssh().user(),
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
    } catch (IOException e) {
      // It is gone either way.
    }
  }
}
