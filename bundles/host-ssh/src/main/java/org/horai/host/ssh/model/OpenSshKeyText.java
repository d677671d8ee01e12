package org.horai.host.ssh.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What OpenSSH's own private key format says without a passphrase (openssh PROTOCOL.key). */
public final class OpenSshKeyText {
  private static final Pattern BLOCK =
      Pattern.compile(
          "-----BEGIN OPENSSH PRIVATE KEY-----(.*?)-----END OPENSSH PRIVATE KEY-----",
          Pattern.DOTALL);
  private static final byte[] MAGIC = "openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII);

  private OpenSshKeyText() {}

  /** Whether the text is in this format. */
  public static boolean isIn(String text) {
    return BLOCK.matcher(text).find();
  }

  /** Whether a passphrase is needed; false for damaged text. */
  public static boolean isLocked(String text) {
    return read(text).filter(head -> !head.cipher().equals("none")).isPresent();
  }

  /** The public key as it travels. */
  public static Optional<byte[]> publicKey(String text) {
    return read(text).map(Head::key);
  }

  private record Head(String cipher, byte[] key) {}

  private static Optional<Head> read(String text) {
    Matcher block = BLOCK.matcher(text);
    if (!block.find()) {
      return Optional.empty();
    }
    try {
      byte[] bytes = Base64.getMimeDecoder().decode(block.group(1));
      if (!Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
        return Optional.empty();
      }
      ByteBuffer rest = ByteBuffer.wrap(bytes, MAGIC.length, bytes.length - MAGIC.length);
      String cipher = new String(string(rest), StandardCharsets.US_ASCII);
      string(rest); // name of the key derivation
      string(rest); // its options
      rest.getInt(); // how many keys there are; OpenSSH writes one
      return Optional.of(new Head(cipher, string(rest)));
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  private static byte[] string(ByteBuffer from) {
    byte[] bytes = new byte[Math.min(from.getInt(), from.remaining())];
    from.get(bytes);
    return bytes;
  }
}
