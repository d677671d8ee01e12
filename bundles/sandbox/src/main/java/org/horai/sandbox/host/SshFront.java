package org.horai.sandbox.host;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.horai.sandbox.net.SimThreads;

/**
 * A real SSH server that takes one set of client keys and runs every command in the host's shell.
 */
final class SshFront implements AutoCloseable {

  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(3);

  private final SshServer server = SshServer.setUpDefaultServer();

  SshFront(
      InetSocketAddress address,
      KeyPair hostKey,
      Set<PublicKey> clients,
      HostShell shell,
      SimThreads threads)
      throws IOException {
    server.setHost(address.getAddress().getHostAddress());
    server.setPort(address.getPort());
    server.setNioWorkers(2);
    CoreModuleProperties.TCP_NODELAY.set(server, true);
    CoreModuleProperties.SOCKET_REUSEADDR.set(server, true);
    server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
    server.setPublickeyAuthenticator((user, key, session) -> SshKeys.isAccepted(key, clients));
    server.setCommandFactory(
        (channel, command) -> new ShellCommand(shell, List.of("/bin/sh", "-c", command), threads));
    server.setShellFactory(channel -> new ShellCommand(shell, List.of("/bin/sh"), threads));
    server.start();
  }

  int port() {
    return server.getPort();
  }

  @Override
  public void close() {
    try {
      server.close(true).await(CLOSE_LIMIT);
      server.stop(true);
    } catch (IOException e) {
      // its port is closed; what is left ends with its connections
    }
  }
}
