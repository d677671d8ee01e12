package org.horai.sandbox.host;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Set;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;

/** Makes the keys of a sandbox with the JDK alone. */
public final class SshKeys {

  private static final int RSA_BITS = 2048;

  private SshKeys() {}

  /**
   * Makes a client key and writes it in OpenSSH's format, readable by its owner only, and the
   * public half beside it as {@code .pub}. Takes some tenths of a second.
   *
   * @return the pair; its public half is what hosts accept
   */
  public static KeyPair writeClientKey(Path file) throws IOException {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(RSA_BITS);
      KeyPair pair = generator.generateKeyPair();
      ByteArrayOutputStream text = new ByteArrayOutputStream();
      OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(pair, "sandbox", null, text);
      Files.deleteIfExists(file);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.write(file, text.toByteArray(), StandardOpenOption.WRITE);
      Files.writeString(
          file.resolveSibling(file.getFileName() + ".pub"),
          PublicKeyEntry.toString(pair.getPublic()) + " sandbox\n",
          StandardCharsets.US_ASCII);
      return pair;
    } catch (GeneralSecurityException e) {
      throw new IOException("cannot make a client key: " + e.getMessage(), e);
    }
  }

  static KeyPair hostKey() throws IOException {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IOException("cannot make a host key: " + e.getMessage(), e);
    }
  }

  static boolean isAccepted(PublicKey offered, Set<PublicKey> accepted) {
    return accepted.stream().anyMatch(key -> KeyUtils.compareKeys(key, offered));
  }

  static String line(PublicKey key) {
    return PublicKeyEntry.toString(key);
  }
}
