package org.horai.host.ssh.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;

/** The keys of the test resources, in all the formats that ssh-keygen and openssl write. */
final class TestKeys {
  private TestKeys() {}

  /** Puts the private key of that name into the file; returns the public one. */
  static PublicKey copy(String name, Path file) throws Exception {
    Files.write(file, resource(name));
    return AuthorizedKeyEntry.parseAuthorizedKeyEntry(publicLine(name))
        .resolvePublicKey(null, PublicKeyEntryResolver.IGNORING);
  }

  /** The line of its {@code .pub} file. */
  static String publicLine(String name) throws IOException {
    return new String(resource(name + ".pub"), StandardCharsets.UTF_8).strip();
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = TestKeys.class.getResourceAsStream("/keys/" + name)) {
      return in.readAllBytes();
    }
  }
}
