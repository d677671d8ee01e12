package org.horai.host.ssh.client;

import java.io.IOException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;

/** Keys made by the real ssh-keygen. */
final class TestKeys {
  private TestKeys() {}

  static PublicKey generate(Path file, String... options) throws Exception {
    run(file, options);
    return AuthorizedKeyEntry.readAuthorizedKeys(Path.of(file + ".pub"))
        .get(0)
        .resolvePublicKey(null, PublicKeyEntryResolver.IGNORING);
  }

  private static void run(Path file, String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("ssh-keygen", "-q", "-f", file.toString()));
    command.addAll(List.of(options));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    if (process.waitFor() != 0) {
      throw new IOException(said);
    }
  }
}
