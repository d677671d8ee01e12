package org.horai.host.ssh.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Optional;
import org.horai.api.HoraiException;
import org.horai.api.cluster.Host;
import org.horai.api.cluster.SshTarget.HostKeyPolicy;
import org.horai.host.ssh.model.PemKey;
import org.horai.host.ssh.model.SshErrors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SshAgentTest extends SshFixture {
  private TestAgent agent;

  @BeforeEach
  void startAgent() throws Exception {
    Files.delete(key);
    server.authorized.clear();
    agent = new TestAgent(home.resolve("agent"));
    environment.put("SSH_AUTH_SOCK", home.resolve("agent").toString());
  }

  @AfterEach
  void stopAgent() throws Exception {
    agent.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsa-pem", "ecdsa-256-pem"})
  void logsInWithAKeyThatOnlyTheAgentHolds(String name) throws Exception {
    hold("rsa-pkcs8");
    server.authorized.add(hold(name));

    assertThat(run(root(), "exit 0", line -> {}).exitCode()).isZero();
  }

  @Test
  void theAgentIsNotAskedWhenTheNamedKeyIsEnough() throws Exception {
    server.authorized.add(TestKeys.copy("ed25519", home.resolve("key")));

    run(withKey("~/key"), "exit 0", line -> {});

    assertThat(agent.questions).isEmpty();
  }

  @Test
  void theAgentSignsForANamedFileThatIsLocked() throws Exception {
    server.authorized.add(hold("rsa-pem"));
    TestKeys.copy("rsa-pem-locked", home.resolve("key"));
    Files.writeString(home.resolve("key.pub"), TestKeys.publicLine("rsa-pem"));

    assertThat(run(withKey("~/key"), "exit 0", line -> {}).exitCode()).isZero();
  }

  @Test
  void onlyNamedFilesAreOfferedWhenTheConfigurationSaysSo() throws Exception {
    server.authorized.add(hold("rsa-pem"));
    TestKeys.copy("ed25519", home.resolve("key"));
    Files.writeString(home.resolve(".ssh/config"), "IdentityFile ~/key\nIdentitiesOnly yes\n");

    HoraiException e = failure(root());

    assertThat(e.code()).isEqualTo(SshErrors.LOGIN_REFUSED);
    assertThat(e.toString()).contains("/key").doesNotContain("agent key");
  }

  @Test
  void anAgentThatDoesNotAnswerIsNamed() throws Exception {
    agent.close();

    assertThat(failure(root()).toString())
        .contains("agent at " + home.resolve("agent") + " does not answer");
  }

  private java.security.PublicKey hold(String name) throws Exception {
    Path file = home.resolve("held-" + name);
    TestKeys.copy(name, file);
    KeyPair pair = PemKey.read(Files.readString(file), Optional.empty());
    agent.add(pair);
    return pair.getPublic();
  }

  private Host withKey(String file) {
    return server.host(
        server.port(),
        "root",
        knownHosts,
        HostKeyPolicy.ACCEPT_NEW,
        Optional.of(file),
        Optional.empty());
  }
}
