package org.horai.host.ssh.client;

import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.forward.AcceptAllForwardingFilter;
import org.horai.api.cluster.Host;
import org.horai.api.cluster.HostRole;
import org.horai.api.cluster.SshTarget;
import org.horai.api.cluster.SshTarget.HostKeyPolicy;
import org.horai.api.secret.SecretRef;

/** A real SSH server on loopback that runs commands with the real /bin/sh. */
final class TestSshServer implements AutoCloseable {
  private final SshServer server = SshServer.setUpDefaultServer();
  final List<PublicKey> authorized = new CopyOnWriteArrayList<>();
  final AtomicInteger sessions = new AtomicInteger();

  TestSshServer(KeyPair hostKey, Path tools) throws IOException {
    this(hostKey, tools, 0);
  }

  TestSshServer(KeyPair hostKey, Path tools, int port) throws IOException {
    server.setHost("127.0.0.1");
    server.setPort(port);
    server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
    server.setPublickeyAuthenticator(
        (user, key, session) -> authorized.stream().anyMatch(k -> KeyUtils.compareKeys(k, key)));
    server.setCommandFactory((channel, command) -> new ShellCommand(command, tools));
    server.setForwardingFilter(AcceptAllForwardingFilter.INSTANCE);
    server.addSessionListener(
        new SessionListener() {
          @Override
          public void sessionCreated(Session session) {
            sessions.incrementAndGet();
          }
        });
    server.start();
  }

  int port() {
    return server.getPort();
  }

  /** Cuts all connections, as a restarted sshd does. */
  void cut() throws IOException {
    for (Session session : server.getActiveSessions()) {
      session.close(true).await();
    }
  }

  Host host(
      int port,
      String user,
      Path knownHosts,
      HostKeyPolicy policy,
      Optional<String> identityFile,
      Optional<String> passphrase) {
    SshTarget target =
        new SshTarget(
            "127.0.0.1",
            port,
            user,
            identityFile,
            passphrase.map(SecretRef::parse),
            true,
            policy,
            Optional.of(knownHosts.toString()));
    return new Host("node1", "127.0.0.1", Set.of(HostRole.AGENT), target, Map.of());
  }

  @Override
  public void close() throws IOException {
    server.stop(true);
  }
}
