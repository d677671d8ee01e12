package org.horai.host.ssh.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import net.schmizz.sshj.common.KeyType;
import org.horai.api.HoraiException;
import org.horai.api.cluster.Host;
import org.horai.api.cluster.SshTarget.HostKeyPolicy;
import org.horai.host.ssh.model.KnownKey;
import org.horai.host.ssh.model.SshErrors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SshLoginTest extends SshFixture {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ed25519",
        "ed25519-locked",
        "ed25519-pkcs8",
        "ecdsa-384",
        "ecdsa-521",
        "ecdsa-256-locked",
        "ecdsa-256-pem",
        "ecdsa-256-pkcs8",
        "rsa",
        "rsa-pem",
        "rsa-pem-locked",
        "rsa-pkcs8",
        "rsa-pkcs8-locked",
      })
  void logsInWithKeysOfManyKinds(String name) throws Exception {
    server.authorized.set(0, TestKeys.copy(name, home.resolve("key")));
    Optional<String> reference =
        name.endsWith("locked") ? Optional.of("env:RIGHT") : Optional.empty();

    assertThat(run(withKey("~/key", reference), "exit 0", line -> {}).exitCode()).isZero();
  }

  @Test
  void aWrongPassphraseNamesTheKeyFile() throws Exception {
    TestKeys.copy("ed25519-locked", home.resolve("locked"));

    HoraiException e = failure(withKey("~/locked", Optional.of("env:WRONG")));

    assertThat(e.code()).isEqualTo(SshErrors.BAD_KEY_FILE);
    assertThat(e.toString()).contains("locked").contains("passphrase").doesNotContain("guess");
  }

  @Test
  void aLockedKeyWithoutPassphraseSaysThatItNeedsOne() throws Exception {
    TestKeys.copy("ed25519-locked", home.resolve("locked"));

    HoraiException e = failure(withKey("~/locked", Optional.empty()));

    assertThat(e.code()).isEqualTo(SshErrors.BAD_KEY_FILE);
    assertThat(e.what()).contains("needs a passphrase");
  }

  @Test
  void aMissingKeyFileIsNamed() {
    HoraiException e = failure(withKey("~/nowhere", Optional.empty()));

    assertThat(e.code()).isEqualTo(SshErrors.BAD_KEY_FILE);
    assertThat(e.what()).contains("nowhere").contains("missing");
    assertThat(server.sessions).hasValue(0);
  }

  @Test
  void aFileThatIsNoKeyIsNamed() throws IOException {
    Files.writeString(home.resolve("text"), "hello\n");

    HoraiException e = failure(withKey("~/text", Optional.empty()));

    assertThat(e.code()).isEqualTo(SshErrors.BAD_KEY_FILE);
    assertThat(e.what()).contains("OpenSSH or PEM");
  }

  @Test
  void aRefusedLoginListsTheKeysThatWereOffered() {
    server.authorized.clear();

    HoraiException e = failure(root());

    assertThat(e.code()).isEqualTo(SshErrors.LOGIN_REFUSED);
    assertThat(e.toString()).contains("id_ed25519").contains("SHA256:").contains("publickey");
  }

  @Test
  void withoutAnyKeyItSaysSo() throws IOException {
    Files.delete(key);

    assertThat(failure(root()).toString()).contains("no private key was found in ~/.ssh");
  }

  @Test
  void acceptNewWritesTheKeyOnceAndStrictThenKnowsIt() throws IOException {
    run(root(), "exit 0", line -> {});
    run(host("root", HostKeyPolicy.STRICT), "exit 0", line -> {});

    assertThat(Files.readAllLines(knownHosts))
        .singleElement()
        .asString()
        .startsWith("[127.0.0.1]:" + server.port() + " ecdsa-sha2-nistp256 ");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(knownHosts)))
        .isEqualTo("rw-------");
  }

  @ParameterizedTest
  @CsvSource({"STRICT", "ASK"})
  void anUnknownHostKeyIsRefusedWithItsFingerprintAndTheCommandToAddIt(HostKeyPolicy policy) {
    HoraiException e = failure(host("root", policy));

    assertThat(e.code()).isEqualTo(SshErrors.UNKNOWN_HOST_KEY);
    assertThat(e.toString()).contains(PublicKeys.shown(hostKey.getPublic()));
    assertThat(e.next()).get().asString().contains("ssh-keyscan -p " + server.port());
    assertThat(knownHosts).doesNotExist();
  }

  @Test
  void aFirstContactShowsTheFingerprintAndAsksOnceForAllWhoWait() {
    Queue<String> questions = new ConcurrentLinkedQueue<>();
    hosts.close();
    hosts =
        hosts(
            question -> {
              questions.add(question);
              return Optional.of(true);
            });
    Host host = host("root", HostKeyPolicy.ASK);
    Host another =
        server.host(
            server.port(),
            "root",
            knownHosts,
            HostKeyPolicy.ASK,
            Optional.of(key.toString()),
            Optional.empty());

    List<CompletableFuture<HoraiException>> runs =
        Stream.of(host, host, another)
            .map(each -> CompletableFuture.supplyAsync(() -> failure(each)))
            .toList();

    assertThat(runs.stream().map(CompletableFuture::join).filter(Objects::nonNull)).isEmpty();
    assertThat(questions)
        .singleElement()
        .asString()
        .contains(PublicKeys.shown(hostKey.getPublic()), "node1", knownHosts.toString());
    assertThat(knownHosts).content().hasLineCount(1);
  }

  @Test
  void aFirstContactAnsweredWithNoIsRefusedAndForgotten() {
    hosts.close();
    hosts = hosts(question -> Optional.of(false));

    HoraiException e = failure(host("root", HostKeyPolicy.ASK));

    assertThat(e.code()).isEqualTo(SshErrors.UNKNOWN_HOST_KEY);
    assertThat(e.toString())
        .contains("was not accepted")
        .contains(PublicKeys.shown(hostKey.getPublic()));
    assertThat(knownHosts).doesNotExist();
  }

  @Test
  void aChangedHostKeyIsRefusedWithBothFingerprints() throws IOException {
    remember(otherHostKey);

    HoraiException e = failure(root());

    assertThat(e.code()).isEqualTo(SshErrors.CHANGED_HOST_KEY);
    assertThat(e.toString())
        .contains(PublicKeys.shown(hostKey.getPublic()))
        .contains(PublicKeys.shown(otherHostKey.getPublic()))
        .contains("ssh-keygen -R");
    assertThat(Files.readAllLines(knownHosts)).hasSize(1);
  }

  @Test
  void aKeyOfAnotherTypeForAKnownHostIsAChangedKey() throws Exception {
    KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
    rsa.initialize(2048);
    remember(rsa.generateKeyPair());

    assertThat(failure(root()).code()).isEqualTo(SshErrors.CHANGED_HOST_KEY);
  }

  @Test
  void hashedEntriesOfKnownHostsAreUnderstood() throws Exception {
    remember(hostKey);
    hash(knownHosts);
    assertThat(Files.readString(knownHosts)).startsWith("|1|");

    assertThat(run(host("root", HostKeyPolicy.STRICT), "exit 0", line -> {}).exitCode()).isZero();
  }

  private Host withKey(String file, Optional<String> passphrase) {
    return server.host(
        server.port(), "root", knownHosts, HostKeyPolicy.ACCEPT_NEW, Optional.of(file), passphrase);
  }

  private void remember(KeyPair pair) throws IOException {
    String name = "[127.0.0.1]:" + server.port();
    Files.writeString(knownHosts, line(name, pair) + "\n");
  }

  private static String line(String name, KeyPair pair) {
    KnownKey.Blob blob = KnownKey.Blob.of(PublicKeys.blob(pair.getPublic()));
    return PublicKeys.knownHostsLine(name, KeyType.fromKey(pair.getPublic()).toString(), blob);
  }

  /** As {@code ssh-keygen -H} does. */
  private static void hash(Path file) throws Exception {
    String[] words = Files.readString(file).split(" ", 2);
    byte[] salt = new byte[20];
    new SecureRandom().nextBytes(salt);
    Mac mac = Mac.getInstance("HmacSHA1");
    mac.init(new SecretKeySpec(salt, "HmacSHA1"));
    byte[] hash = mac.doFinal(words[0].getBytes(StandardCharsets.US_ASCII));
    Base64.Encoder text = Base64.getEncoder();
    Files.writeString(
        file, "|1|" + text.encodeToString(salt) + "|" + text.encodeToString(hash) + " " + words[1]);
  }
}
