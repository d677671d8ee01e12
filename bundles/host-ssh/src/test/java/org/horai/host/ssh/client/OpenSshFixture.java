package org.horai.host.ssh.client;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.horai.api.HoraiException;
import org.horai.api.cluster.Host;
import org.horai.api.cluster.HostRole;
import org.horai.api.cluster.SshTarget;
import org.horai.api.cluster.SshTarget.HostKeyPolicy;
import org.horai.api.host.HostConnector.HostExit;
import org.horai.api.host.HostConnector.Script;
import org.horai.api.secret.Secret;
import org.horai.api.time.Deadline;
import org.horai.host.ssh.model.Operator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A home with a key, and servers of the machine's own sshd. Without one the tests are left out. */
@Timeout(60)
abstract class OpenSshFixture {
  @TempDir Path home;
  final Map<String, String> environment = new ConcurrentHashMap<>();
  final List<AutoCloseable> started = new ArrayList<>();
  SshHosts hosts;

  @BeforeAll
  static void needsOpenSsh() {
    String missing = OpenSshServer.missing();
    if (!missing.isEmpty()) {
      System.out.println("Tests against OpenSSH are left out: " + missing);
    }
    Assumptions.assumeTrue(missing.isEmpty(), missing);
  }

  @BeforeEach
  void makeHome() throws IOException {
    // Users other than root are to find their authorized_keys below it.
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.createDirectory(home.resolve(".ssh"));
    makeHosts(question -> Optional.empty());
  }

  /** Makes the connector anew, with somebody to ask. */
  final void makeHosts(Function<String, Optional<Boolean>> asker) {
    if (hosts != null) {
      hosts.close();
    }
    Operator operator = new Operator(home.toString(), "root", environment::get);
    hosts =
        new SshHosts(operator, home.resolve("etc"), reference -> new Secret("open sesame"), asker);
  }

  @AfterEach
  void stopAll() throws Exception {
    hosts.close();
    for (AutoCloseable each : started) {
      each.close();
    }
  }

  /** Starts a server that takes the key of that name. */
  final OpenSshServer server(String key, String... options) throws Exception {
    Path folder = home.resolve("sshd" + started.size());
    OpenSshServer server =
        new OpenSshServer(folder, "127.0.0." + (2 + started.size()), List.of(options));
    started.add(server);
    server.authorize(TestKeys.publicLine(key));
    return server;
  }

  /** Puts a key into {@code ~/.ssh}. */
  final Path key(String key, String file) throws Exception {
    Path path = home.resolve(".ssh").resolve(file);
    TestKeys.copy(key, path);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    Files.writeString(path.resolveSibling(file + ".pub"), TestKeys.publicLine(key) + "\n");
    return path;
  }

  final Path knownHosts() {
    return home.resolve(".ssh/known_hosts");
  }

  final void config(String... lines) throws IOException {
    Files.write(home.resolve(".ssh/config"), List.of(lines));
  }

  /** A host about which the cluster file says nothing but its address and the policy. */
  final Host plain(String address, HostKeyPolicy policy) {
    return new Host(
        "node1",
        address,
        Set.of(HostRole.AGENT),
        new SshTarget(
            address,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            true,
            Optional.of(policy),
            Optional.empty(),
            Optional.empty()),
        Map.of());
  }

  final Host host(OpenSshServer server, String user, HostKeyPolicy policy) {
    return new Host(
        "node1",
        server.address(),
        Set.of(HostRole.AGENT),
        new SshTarget(
            server.address(),
            Optional.of(server.port()),
            Optional.of(user),
            Optional.empty(),
            Optional.empty(),
            true,
            Optional.of(policy),
            Optional.empty(),
            Optional.empty()),
        Map.of());
  }

  final HostExit run(Host host, String script, Consumer<String> lines) {
    return hosts.run(host, new Script("", script), lines, Deadline.after(Duration.ofSeconds(40)));
  }

  final HostExit run(Host host) {
    return run(host, "exit 0", line -> {});
  }

  final HoraiException failure(Host host) {
    return catchThrowableOfType(HoraiException.class, () -> run(host));
  }
}
