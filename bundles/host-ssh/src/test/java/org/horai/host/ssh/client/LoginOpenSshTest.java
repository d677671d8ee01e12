package org.horai.host.ssh.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.horai.api.HoraiException;
import org.horai.api.cluster.Host;
import org.horai.api.cluster.SshTarget;
import org.horai.api.cluster.SshTarget.HostKeyPolicy;
import org.horai.api.host.HostConnector.HostExit;
import org.horai.api.secret.SecretRef;
import org.horai.host.ssh.model.SshErrors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys, certificates, the agent and sudo, against the machine's own sshd. */
class LoginOpenSshTest extends OpenSshFixture {
  @ParameterizedTest
  @ValueSource(
      strings = {"ed25519", "ecdsa-384", "ecdsa-521", "rsa", "rsa-pem-locked", "ed25519-locked"})
  void takesKeysOfEveryKind(String name) throws Exception {
    OpenSshServer server = server(name);
    Path file = key(name, "key");
    SshTarget login = host(server, "root", HostKeyPolicy.ACCEPT_NEW).ssh();

    HostExit exit =
        run(
            on(
                new SshTarget(
                    login.address(),
                    login.port(),
                    login.user(),
                    Optional.of(file.toString()),
                    Optional.of(SecretRef.parse("env:PASSPHRASE")),
                    true,
                    login.hostKeys(),
                    Optional.empty(),
                    Optional.empty())));

    assertThat(exit.exitCode()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ed25519", "ecdsa-384", "rsa"})
  void theAgentSignsWithItsKeys(String name) throws Exception {
    OpenSshServer server = server(name);
    agent(key("ecdsa-521", "other"), key(name, "held"));
    Files.delete(home.resolve(".ssh/held"));

    assertThat(run(host(server, "root", HostKeyPolicy.ACCEPT_NEW)).exitCode()).isZero();
    assertThat(server.logins()).isEqualTo(1);
  }

  @Test
  void theAgentSignsForALockedFileThatNobodyOpens() throws Exception {
    OpenSshServer server = server("ed25519");
    Path file = key("ed25519", "deploy");
    agent(key("rsa", "other"), file);
    Files.delete(file);
    config("Host *", "IdentityFile ~/.ssh/deploy.pub", "IdentitiesOnly yes");

    assertThat(run(host(server, "root", HostKeyPolicy.ACCEPT_NEW)).exitCode()).isZero();
    assertThat(server.said()).doesNotContain("RSA");
  }

  @Test
  void anAgentThatIsGoneIsSaid() throws Exception {
    OpenSshServer server = server("ed25519");
    environment.put("SSH_AUTH_SOCK", home.resolve("gone").toString());

    HoraiException e = failure(host(server, "root", HostKeyPolicy.ACCEPT_NEW));

    assertThat(e.code()).isEqualTo(SshErrors.LOGIN_REFUSED);
    assertThat(e.toString()).contains("agent at").contains("does not answer");
  }

  @ParameterizedTest
  @CsvSource({"ed25519, ed25519", "ed25519, rsa", "rsa, ed25519", "ecdsa-384, ecdsa"})
  void certificatesOfUsersAreOffered(String name, String authority) throws Exception {
    Path ca = home.resolve("ca");
    Tools.run("ssh-keygen", "-q", "-t", authority, "-N", "", "-f", ca.toString());
    OpenSshServer server = server("ecdsa-521", "TrustedUserCAKeys " + ca + ".pub");
    Path file = key(name, "id_" + name.replaceFirst("-.*", ""));
    Tools.run("ssh-keygen", "-q", "-s", ca.toString(), "-I", "op", "-n", "root", file + ".pub");

    assertThat(run(host(server, "root", HostKeyPolicy.ACCEPT_NEW)).exitCode()).isZero();
    assertThat(server.said()).contains("Accepted certificate ID \"op\"");
  }

  @Test
  void certificatesInTheAgentAreOffered() throws Exception {
    Path ca = home.resolve("ca");
    Tools.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", ca.toString());
    OpenSshServer server = server("ecdsa-521", "TrustedUserCAKeys " + ca + ".pub");
    Path file = key("rsa", "held");
    Tools.run("ssh-keygen", "-q", "-s", ca.toString(), "-I", "op", "-n", "root", file + ".pub");
    agent(file);

    assertThat(run(host(server, "root", HostKeyPolicy.ACCEPT_NEW)).exitCode()).isZero();
  }

  @Test
  void sudoWithoutAPasswordRunsAsRoot() throws Exception {
    OpenSshServer server = server("ed25519");
    key("ed25519", "id_ed25519");
    List<String> lines = new ArrayList<>();

    HostExit exit =
        run(host(server, "free", HostKeyPolicy.ACCEPT_NEW), "id -u; exit 3", lines::add);

    assertThat(exit.exitCode()).isEqualTo(3);
    assertThat(lines).containsExactly("0");
  }

  @ParameterizedTest
  @CsvSource({"asked, a password is required", "tied, you must have a tty"})
  void sudoThatAsksIsAClearErrorEvenForALongScript(String user, String word) throws Exception {
    OpenSshServer server = server("ed25519");
    key("ed25519", "id_ed25519");
    String script = ("# " + "x".repeat(98) + "\n").repeat(60_000);

    HoraiException e =
        org.assertj.core.api.Assertions.catchThrowableOfType(
            HoraiException.class,
            () -> run(host(server, user, HostKeyPolicy.ACCEPT_NEW), script, line -> {}));

    assertThat(e.code()).isEqualTo(SshErrors.SUDO_REFUSED);
    assertThat(e.toString()).contains(word).contains("NOPASSWD");
  }

  @ParameterizedTest
  @CsvSource({
    "Ciphers aes256-gcm@openssh.com, KexAlgorithms curve25519-sha256",
    "Ciphers aes128-ctr, MACs hmac-sha1",
    "MACs hmac-sha2-512, KexAlgorithms diffie-hellman-group14-sha256"
  })
  void hardenedAndOldServersAreUnderstood(String one, String other) throws Exception {
    OpenSshServer server = server("ed25519", one, other);
    key("ed25519", "id_ed25519");

    assertThat(run(host(server, "root", HostKeyPolicy.ACCEPT_NEW), "exit 3", line -> {}).exitCode())
        .isEqualTo(3);
  }

  private static Host on(SshTarget target) {
    return new Host("node1", target.address(), java.util.Set.of(), target, Map.of());
  }

  /** Starts an agent with these keys. */
  private void agent(Path... keys) throws Exception {
    Path socket = home.resolve("agent.sock");
    Process process =
        new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString())
            .redirectErrorStream(true)
            .start();
    started.add(process::destroy);
    assertThat(process.getInputStream().read()).isPositive();
    environment.put("SSH_AUTH_SOCK", socket.toString());
    for (Path key : keys) {
      Tools.run(environment, "ssh-add", "-q", key.toString());
    }
  }
}
