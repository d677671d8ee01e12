package org.horai.host.ssh.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.Signature;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PemKeyTest {
  @ParameterizedTest
  @CsvSource({
    "rsa-pem, SHA256withRSA",
    "rsa-pem-locked, SHA256withRSA",
    "rsa-pkcs8, SHA256withRSA",
    "rsa-pkcs8-locked, SHA256withRSA",
    "ecdsa-256-pem, SHA256withECDSA",
    "ecdsa-256-pkcs8, SHA256withECDSA",
    "ed25519-pkcs8, Ed25519"
  })
  void theHalvesOfAKeyBelongTogether(String name, String algorithm) throws Exception {
    KeyPair pair = PemKey.read(text(name), Optional.of("open sesame".toCharArray()));
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(pair.getPrivate());
    signature.update(new byte[] {1, 2, 3});
    byte[] signed = signature.sign();

    signature.initVerify(pair.getPublic());
    signature.update(new byte[] {1, 2, 3});
    assertThat(signature.verify(signed)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsa-pem-locked", "rsa-pkcs8-locked"})
  void aWrongPassphraseDoesNotOpen(String name) {
    String text = text(name);

    assertThat(PemKey.isLocked(text)).isTrue();
    assertThatThrownBy(() -> PemKey.read(text, Optional.of("guess".toCharArray())))
        .isInstanceOf(IOException.class)
        .hasMessage("it does not open");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsa-pem", "ecdsa-256-pem", "ecdsa-256-pkcs8", "ed25519-pkcs8"})
  void aKeyCutOffAnywhereIsDamagedAndNothingWorse(String name) {
    String[] lines = text(name).split("\n");
    String body = String.join("", java.util.Arrays.copyOfRange(lines, 1, lines.length - 1));
    for (int length = 0; length < body.length() - 4; length += 7) {
      String cut = lines[0] + "\n" + body.substring(0, length) + "\n" + lines[lines.length - 1];

      assertThatThrownBy(() -> PemKey.read(cut, Optional.empty()))
          .isInstanceOf(IOException.class)
          .hasMessage("its content is damaged");
    }
  }

  @Test
  void publicKeysAreNone() {
    assertThat(PemKey.isIn(text("rsa.pub"))).isFalse();
    assertThat(PemKey.isIn(text("rsa"))).isFalse();
  }

  @Test
  void openSshFilesTellTheirPublicKeyWithoutThePassphrase() {
    String text = text("ed25519-locked");

    assertThat(OpenSshKeyText.isLocked(text)).isTrue();
    assertThat(OpenSshKeyText.isLocked(text("ed25519"))).isFalse();
    assertThat(OpenSshKeyText.publicKey(text))
        .hasValueSatisfying(
            blob ->
                assertThat(text("ed25519-locked.pub")).contains(KnownKey.Blob.of(blob).base64()));
  }

  private static String text(String name) {
    try {
      return Files.readString(Path.of("src/test/resources/keys", name));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
