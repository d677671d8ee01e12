package org.horai.host.ssh.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.assertj.core.api.Assertions;
import org.horai.api.HoraiException;
import org.horai.api.cluster.Host;
import org.horai.api.cluster.SshTarget.HostKeyPolicy;
import org.horai.host.ssh.model.SshErrors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** ssh_config, jump hosts and broken connections, against the machine's own sshd. */
class WayOpenSshTest extends OpenSshFixture {
  @BeforeEach
  void makeKey() throws Exception {
    key("ed25519", "id_ed25519");
  }

  @Test
  void anAliasOfTheConfigurationIsEnough() throws Exception {
    OpenSshServer server = server("ecdsa-384");
    key("ecdsa-384", "special");
    config(
        "Host node",
        "HostName " + server.address(),
        "Port " + server.port(),
        "User root",
        "IdentityFile ~/.ssh/special",
        "UserKnownHostsFile ~/.ssh/other_hosts");

    assertThat(run(plain("node", HostKeyPolicy.ACCEPT_NEW)).exitCode()).isZero();
    assertThat(Files.readString(home.resolve(".ssh/other_hosts"))).startsWith(server.name());
    assertThat(knownHosts()).doesNotExist();
  }

  @Test
  void twoJumpHostsAreGoneThrough() throws Exception {
    OpenSshServer first = server("ed25519");
    OpenSshServer second = server("ed25519");
    OpenSshServer target = server("ed25519");
    config(
        "Host first",
        "HostName " + first.address(),
        "Port " + first.port(),
        "Host second",
        "HostName " + second.address(),
        "Port " + second.port(),
        "Host target",
        "HostName " + target.address(),
        "Port " + target.port(),
        "ProxyJump first,root@second");
    List<String> lines = new ArrayList<>();

    run(plain("target", HostKeyPolicy.ACCEPT_NEW), "echo here", lines::add);
    run(plain("target", HostKeyPolicy.ACCEPT_NEW), "echo again", lines::add);

    assertThat(lines).containsExactly("here", "again");
    assertThat(List.of(first.logins(), second.logins(), target.logins())).containsOnly(1L);
    assertThat(Files.readAllLines(knownHosts())).hasSize(3);
  }

  @Test
  void manyHostsShareTheJumpHostsConnection() throws Exception {
    OpenSshServer jump = server("ed25519");
    List<OpenSshServer> behind = List.of(server("ed25519"), server("ed25519"), server("ed25519"));
    config(
        "Host jump",
        "HostName " + jump.address(),
        "Port " + jump.port(),
        "Host 127.0.0.*",
        "ProxyJump jump");

    List<CompletableFuture<Integer>> runs =
        behind.stream()
            .map(server -> throughConfig(server, jump))
            .map(host -> CompletableFuture.supplyAsync(() -> run(host).exitCode()))
            .toList();

    assertThat(runs.stream().map(CompletableFuture::join)).containsOnly(0);
    assertThat(jump.logins()).isEqualTo(1);
  }

  @Test
  void aJumpHostThatCannotReachTheHostIsSaid() throws Exception {
    OpenSshServer jump = server("ed25519");
    OpenSshServer gone = server("ed25519");
    gone.stop();

    HoraiException e = failure(throughConfig(gone, jump));

    assertThat(e.code()).isEqualTo(SshErrors.UNREACHABLE);
    assertThat(e.toString())
        .contains("through root@" + jump.address() + ":" + jump.port())
        .contains("the jump host cannot reach it");
  }

  @Test
  void connectionsThatDiedAreOpenedAgainAlsoBehindAJumpHost() throws Exception {
    OpenSshServer jump = server("ed25519");
    OpenSshServer target = server("ed25519");
    Host host = throughConfig(target, jump);
    run(host);

    target.cut();
    Rest.aWhile();
    assertThat(run(host).exitCode()).isZero();
    jump.cut();
    Rest.aWhile();
    assertThat(run(host).exitCode()).isZero();
    jump.stop();
    jump.start();
    Rest.aWhile();
    assertThat(run(host).exitCode()).isZero();

    assertThat(target.logins()).isEqualTo(4);
  }

  @Test
  void aServerThatStaysAwayIsAClearErrorAndComesBack() throws Exception {
    OpenSshServer server = server("ed25519");
    Host host = host(server, "root", HostKeyPolicy.ACCEPT_NEW);
    run(host);
    server.stop();
    // until then a script is sent without a question, and its host would count as lost in between
    Thread.sleep(Connection.TRUSTED.plusMillis(50).toMillis());

    HoraiException e = failure(host);
    server.start();

    assertThat(e.code()).isEqualTo(SshErrors.UNREACHABLE);
    assertThat(e.why()).contains("connection refused");
    assertThat(run(host).exitCode()).isZero();
  }

  @Test
  void aHostLostInTheMiddleOfAScriptIsSaid() throws Exception {
    OpenSshServer jump = server("ed25519");
    OpenSshServer target = server("ed25519");
    Host host = throughConfig(target, jump);
    BlockingQueue<String> begun = new ArrayBlockingQueue<>(1);
    CompletableFuture<?> run =
        CompletableFuture.supplyAsync(() -> run(host, "echo on; sleep 100", begun::add));
    begun.take();

    jump.cut();

    CompletionException e = Assertions.catchThrowableOfType(CompletionException.class, run::join);
    assertThat(((HoraiException) e.getCause()).code()).isEqualTo(SshErrors.CONNECTION_LOST);
  }

  private Host throughConfig(OpenSshServer server, OpenSshServer jump) {
    Host host = host(server, "root", HostKeyPolicy.ACCEPT_NEW);
    var ssh = host.ssh();
    return new Host(
        host.name(),
        host.address(),
        host.roles(),
        new org.horai.api.cluster.SshTarget(
            ssh.address(),
            ssh.port(),
            ssh.user(),
            ssh.identityFile(),
            ssh.passphrase(),
            ssh.become(),
            ssh.hostKeys(),
            ssh.knownHosts(),
            java.util.Optional.of("root@" + jump.address() + ":" + jump.port())),
        host.variables());
  }
}
