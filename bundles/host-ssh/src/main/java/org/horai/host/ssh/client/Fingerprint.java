package org.horai.host.ssh.client;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.util.Base64;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.KeyType;

/** Public keys as OpenSSH prints them. */
final class Fingerprint {
  private Fingerprint() {}

  /** {@code ssh-ed25519 SHA256:...}. */
  static String of(PublicKey key) {
    return KeyType.fromKey(key) + " " + sha256(blob(key));
  }

  /** The fingerprint of a known_hosts line, whose last two words are type and key. */
  static String ofLine(String line) {
    String[] words = line.strip().split("\\s+");
    for (int i = 1; i + 1 < words.length; i++) {
      if (words[i].startsWith("ssh-") || words[i].startsWith("ecdsa-")) {
        return words[i] + " " + sha256(Base64.getDecoder().decode(words[i + 1]));
      }
    }
    return "an unreadable key";
  }

  /** The line OpenSSH would write for the host. */
  static String knownHostsLine(String host, PublicKey key) {
    return host + " " + KeyType.fromKey(key) + " " + Base64.getEncoder().encodeToString(blob(key));
  }

  private static byte[] blob(PublicKey key) {
    return new Buffer.PlainBuffer().putPublicKey(key).getCompactData();
  }

  private static String sha256(byte[] blob) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(blob);
      return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
