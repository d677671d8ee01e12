package org.horai.host.ssh.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.horai.api.HoraiException;
import org.horai.api.cluster.Host;
import org.horai.api.cluster.HostRole;
import org.horai.api.cluster.SshTarget;
import org.horai.api.cluster.SshTarget.HostKeyPolicy;
import org.horai.host.ssh.model.SshErrors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The way to a host: ssh_config, jump hosts, keep-alives. */
class SshWayTest extends SshFixture {
  private TestSshServer jump;

  @BeforeEach
  void startJumpHost() throws Exception {
    jump = new TestSshServer(otherHostKey, tools);
    jump.authorized.addAll(server.authorized);
  }

  @AfterEach
  void stopJumpHost() throws IOException {
    jump.close();
  }

  @Test
  void theConfigurationLeadsThroughAJumpHost() throws IOException {
    config(
        "Include conf.d/*.conf",
        "Host node",
        "  HostName 127.0.0.1",
        "  Port " + server.port(),
        "  User root",
        "  ProxyJump gate");
    Files.createDirectory(home.resolve(".ssh/conf.d"));
    Files.writeString(
        home.resolve(".ssh/conf.d/gate.conf"),
        "Host gate\n HostName 127.0.0.1\n Port " + jump.port() + "\n");

    assertThat(run(host("node", Optional.empty()), "exit 5", line -> {}).exitCode()).isEqualTo(5);
    assertThat(jump.sessions).hasValue(1);
    assertThat(Files.readAllLines(home.resolve(".ssh/known_hosts"))).hasSize(2);
  }

  @Test
  void theClusterFileMayNameTheJumpHostToo() {
    Host host = host("127.0.0.1", Optional.of("root@127.0.0.1:" + jump.port()));

    assertThat(run(host, "exit 5", line -> {}).exitCode()).isEqualTo(5);
    assertThat(jump.sessions).hasValue(1);
  }

  @Test
  void aChangedConfigurationIsReadAgain() throws IOException {
    config("Host node", "HostName 127.0.0.1", "User root", "Port 1");
    assertThat(failure(host("node", Optional.empty())).what()).contains("127.0.0.1:1");

    config("Host node", "HostName 127.0.0.1", "User root", "Port " + server.port() + " # now");

    assertThat(run(host("node", Optional.empty()), "exit 0", line -> {}).exitCode()).isZero();
  }

  @Test
  void aJumpHostThatCannotReachTheHostIsSaid() throws IOException {
    Host host = host("127.0.0.1", Optional.of("root@127.0.0.1:" + jump.port()));
    server.close();

    HoraiException e = failure(host);

    assertThat(e.code()).isEqualTo(SshErrors.UNREACHABLE);
    assertThat(e.toString()).contains("through root@127.0.0.1:" + jump.port());
  }

  @Test
  void anUnknownKeyOfTheJumpHostNamesTheJumpHost() {
    SshTarget ssh = host("127.0.0.1", Optional.of("root@127.0.0.1:" + jump.port())).ssh();
    Host strict = host(ssh, HostKeyPolicy.STRICT);

    HoraiException e = failure(strict);

    assertThat(e.code()).isEqualTo(SshErrors.UNKNOWN_HOST_KEY);
    assertThat(e.toString()).contains("on the way to node1").contains(":" + jump.port());
  }

  @Test
  void aCableCutWithoutAWordEndsTheScriptAndTheNextRunConnectsAnew() throws Exception {
    try (TestCable cable = new TestCable(server.port())) {
      config(
          "Host node",
          "HostName 127.0.0.1",
          "User root",
          "Port " + cable.port(),
          "ServerAliveInterval 1",
          "ServerAliveCountMax 1");
      Host host = host("node", Optional.empty());
      BlockingQueue<String> begun = new ArrayBlockingQueue<>(1);
      CompletableFuture<?> run =
          CompletableFuture.supplyAsync(() -> run(host, "echo on; sleep 100", begun::add));
      begun.take();

      cable.cut();

      CompletionException e = catchThrowableOfType(CompletionException.class, run::join);
      assertThat(((HoraiException) e.getCause()).code()).isEqualTo(SshErrors.CONNECTION_LOST);
      assertThat(run(host, "exit 0", line -> {}).exitCode()).isZero();
    }
  }

  private void config(String... lines) throws IOException {
    Files.write(home.resolve(".ssh/config"), List.of(lines));
  }

  private Host host(String address, Optional<String> through) {
    Optional<Integer> port = through.isPresent() ? Optional.of(server.port()) : Optional.empty();
    return host(
        new SshTarget(
            address,
            port,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            true,
            Optional.empty(),
            Optional.empty(),
            through),
        HostKeyPolicy.ACCEPT_NEW);
  }

  private static Host host(SshTarget ssh, HostKeyPolicy policy) {
    SshTarget target =
        new SshTarget(
            ssh.address(),
            ssh.port(),
            ssh.user(),
            ssh.identityFile(),
            ssh.passphrase(),
            ssh.become(),
            Optional.of(policy),
            ssh.knownHosts(),
            ssh.jump());
    return new Host("node1", ssh.address(), Set.of(HostRole.AGENT), target, Map.of());
  }
}
