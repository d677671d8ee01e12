package org.horai.host.ssh.client;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.horai.api.HoraiException;
import org.horai.api.cluster.Host;
import org.horai.api.cluster.SshTarget.HostKeyPolicy;
import org.horai.api.host.HostConnector.HostExit;
import org.horai.api.host.HostConnector.Script;
import org.horai.api.secret.Secret;
import org.horai.api.secret.SecretRef;
import org.horai.api.time.Deadline;
import org.horai.host.ssh.model.Operator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real server, a home with a key it accepts, and the connector under test. */
@Timeout(60)
abstract class SshFixture {
  static KeyPair hostKey;
  static KeyPair otherHostKey;

  @TempDir Path home;
  Path tools;
  Path knownHosts;
  Path key;
  TestSshServer server;
  final Map<String, String> environment = new ConcurrentHashMap<>();
  SshHosts hosts;

  @BeforeAll
  static void makeHostKeys() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    hostKey = generator.generateKeyPair();
    otherHostKey = generator.generateKeyPair();
  }

  @BeforeEach
  void start() throws Exception {
    tools = Files.createDirectory(home.resolve("tools"));
    Files.createDirectory(home.resolve(".ssh"));
    knownHosts = home.resolve("known_hosts");
    key = home.resolve(".ssh/id_ed25519");
    server = new TestSshServer(hostKey, tools);
    server.authorized.add(TestKeys.copy("ed25519", key));
    hosts = hosts(question -> Optional.empty());
  }

  @AfterEach
  void stop() throws IOException {
    hosts.close();
    server.close();
  }

  /** The connector with somebody to ask. */
  final SshHosts hosts(Function<String, Optional<Boolean>> asker) {
    Operator operator = new Operator(home.toString(), "root", environment::get);
    return new SshHosts(operator, home.resolve("etc"), SshFixture::passphrase, asker);
  }

  private static Secret passphrase(SecretRef reference) {
    return new Secret(reference.name().equals("RIGHT") ? "open sesame" : "guess");
  }

  final HostExit run(Host host, String script, Consumer<String> lines) {
    return hosts.run(host, new Script("", script), lines, Deadline.after(Duration.ofMinutes(1)));
  }

  final HoraiException failure(Host host) {
    return catchThrowableOfType(HoraiException.class, () -> run(host, "exit 0", line -> {}));
  }

  final Host root() {
    return host("root", HostKeyPolicy.ACCEPT_NEW);
  }

  /** Behind a port where something else than the server listens. */
  final Host at(int port) {
    return server.host(
        port, "root", knownHosts, HostKeyPolicy.ACCEPT_NEW, Optional.empty(), Optional.empty());
  }

  final Host host(String user, HostKeyPolicy policy) {
    return server.host(server.port(), user, knownHosts, policy, Optional.empty(), Optional.empty());
  }
}
