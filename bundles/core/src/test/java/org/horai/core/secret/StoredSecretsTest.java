package org.horai.core.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.secret.Secret;
import org.horai.api.secret.SecretRef;
import org.horai.core.secret.client.StoredSecrets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredSecretsTest {
  private final List<String> asked = new ArrayList<>();
  private final StoredSecrets secrets =
      new StoredSecrets(Map.of("PW", "from-env", "EMPTY", "")::get, this::answer);

  @TempDir Path folder;

  @Test
  void readsAFileOnlyItsOwnerCanRead() throws IOException {
    Path file = file("jane:pw\n", "rw-------");

    assertThat(resolve("file:" + file).reveal()).isEqualTo("jane:pw");
  }

  @Test
  void refusesAFileOthersCanRead() throws IOException {
    Path file = file("jane:pw", "rw-r--r--");

    HoraiException error = failing("file:" + file);
    assertThat(error.code()).isEqualTo(CommonErrors.USAGE);
    assertThat(error.toString())
        .contains("can be read by others", "rw-r--r--", "chmod 600 " + file)
        .doesNotContain("jane");
  }

  @Test
  void saysWhichFileOrVariableIsMissing() throws IOException {
    assertThat(failing("file:" + folder.resolve("none")).what()).contains("none does not exist");
    assertThat(failing("file:" + file(" \n", "rw-------")).what()).contains("is empty");
    assertThat(failing("env:NOPE").what()).contains("NOPE is not set");
    assertThat(failing("env:EMPTY").what()).contains("EMPTY is not set");
  }

  @Test
  void readsTheEnvironment() {
    assertThat(resolve("env:PW").reveal()).isEqualTo("from-env");
  }

  @Test
  void asksOncePerSecret() {
    assertThat(resolve("prompt:key of prod").reveal()).isEqualTo("typed");
    assertThat(resolve("prompt:key of prod").reveal()).isEqualTo("typed");
    assertThat(resolve("prompt").reveal()).isEqualTo("typed");

    assertThat(asked).containsExactly("key of prod", "password");
  }

  @Test
  void isUnconfirmedWhenNobodyAnswers() {
    HoraiException error = failing("prompt:nobody");

    assertThat(error.code()).isEqualTo(CommonErrors.UNCONFIRMED);
    assertThat(error.next().orElseThrow()).contains("file:PATH");
  }

  private Optional<Secret> answer(String what) {
    asked.add(what);
    return what.equals("nobody") ? Optional.empty() : Optional.of(new Secret("typed"));
  }

  private Path file(String text, String mode) throws IOException {
    Path file = Files.createTempFile(folder, "secret", "");
    Files.writeString(file, text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  private Secret resolve(String reference) {
    return secrets.resolve(SecretRef.parse(reference));
  }

  private HoraiException failing(String reference) {
    return catchThrowableOfType(HoraiException.class, () -> resolve(reference));
  }
}
