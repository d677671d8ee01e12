package org.horai.host.ssh.client;

import com.hierynomus.sshj.userauth.keyprovider.OpenSSHKeyV1KeyFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.userauth.password.PasswordFinder;
import net.schmizz.sshj.userauth.password.PasswordUtils;
import org.horai.api.HoraiException;
import org.horai.api.secret.Secret;
import org.horai.api.secret.SecretRef;
import org.horai.host.ssh.model.OpenSshKeyText;
import org.horai.host.ssh.model.PemKey;
import org.horai.host.ssh.model.SshErrors;

/**
 * The operator's private key files. A key is decoded once and kept until its file changes, because
 * the OpenSSH format makes decoding slow on purpose.
 */
final class LoginKeys {
  private final Function<SecretRef, Secret> secrets;
  private final Map<Path, Decoded> decoded = new HashMap<>(); // guarded by itself

  /**
   * @param secrets resolves passphrases
   */
  LoginKeys(Function<SecretRef, Secret> secrets) {
    this.secrets = secrets;
  }

  private record Decoded(FileTime modified, Optional<SecretRef> passphrase, KeyPair pair) {}

  /** Whether the file holds a key that needs a passphrase. */
  boolean isLocked(Path file) throws IOException {
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    return PemKey.isLocked(text) || OpenSshKeyText.isLocked(text);
  }

  /**
   * The public key of a file that cannot be opened: the {@code .pub} beside it, or what an OpenSSH
   * file says without its passphrase.
   */
  Optional<byte[]> open(Path file) {
    String name = file.getFileName().toString();
    Path beside = name.endsWith(".pub") ? file : file.resolveSibling(name + ".pub");
    try {
      if (Files.isRegularFile(beside)) {
        return publicLine(beside);
      }
      return OpenSshKeyText.publicKey(Files.readString(file, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The certificate that ssh-keygen put beside the key. */
  Optional<PublicKey> certificate(Path file) {
    Path beside = file.resolveSibling(file.getFileName() + "-cert.pub");
    try {
      return Files.isRegularFile(beside)
          ? Optional.of(new Buffer.PlainBuffer(publicLine(beside).orElseThrow()).readPublicKey())
          : Optional.empty();
    } catch (IOException | RuntimeException e) {
      throw unusable(beside, "is not a certificate", e);
    }
  }

  private static Optional<byte[]> publicLine(Path file) throws IOException {
    String[] words = Files.readString(file, StandardCharsets.ISO_8859_1).strip().split("\\s+");
    try {
      return words.length < 2
          ? Optional.empty()
          : Optional.of(Base64.getDecoder().decode(words[1]));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * Decodes a key. Blocking, for the passphrase may be asked for.
   *
   * @throws HoraiException BAD_KEY_FILE when it cannot be used
   */
  KeyPair load(Path file, Optional<SecretRef> passphrase) {
    try {
      FileTime modified = Files.getLastModifiedTime(file);
      // All hosts want it at the same moment: one of them decodes it.
      synchronized (decoded) {
        Decoded known = decoded.get(file);
        if (known == null
            || !known.modified().equals(modified)
            || !known.passphrase().equals(passphrase)) {
          known = new Decoded(modified, passphrase, decode(file, passphrase));
          decoded.put(file, known);
        }
        return known.pair();
      }
    } catch (IOException e) {
      throw unusable(file, "is missing or cannot be read", e);
    }
  }

  private KeyPair decode(Path file, Optional<SecretRef> passphrase) throws IOException {
    if (!Files.isReadable(file)) {
      throw unusable(file, "is missing or cannot be read", null);
    }
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    boolean openSsh = OpenSshKeyText.isIn(text);
    if (!openSsh && !PemKey.isIn(text)) {
      throw unusable(file, "is not a private key in OpenSSH or PEM format", null);
    }
    boolean locked = openSsh ? OpenSshKeyText.isLocked(text) : PemKey.isLocked(text);
    if (locked && passphrase.isEmpty()) {
      throw unusable(file, "needs a passphrase", null);
    }
    Optional<char[]> words =
        passphrase.filter(p -> locked).map(secrets).map(secret -> secret.reveal().toCharArray());
    try {
      return openSsh ? openSsh(text, words) : PemKey.read(text, words);
    } catch (IOException | RuntimeException e) {
      String guess = locked ? "cannot be decoded, probably its passphrase is wrong" : "is damaged";
      throw unusable(file, guess, e);
    } finally {
      words.ifPresent(PasswordUtils::blankOut);
    }
  }

  private static KeyPair openSsh(String text, Optional<char[]> passphrase) throws IOException {
    OpenSSHKeyV1KeyFile provider = new OpenSSHKeyV1KeyFile();
    PasswordFinder finder =
        passphrase.map(words -> PasswordUtils.createOneOff(words.clone())).orElse(null);
    provider.init(text, null, finder);
    return new KeyPair(provider.getPublic(), provider.getPrivate());
  }

  static HoraiException unusable(Path file, String how, Exception cause) {
    return new HoraiException(
        SshErrors.BAD_KEY_FILE,
        "private key " + file + " " + how,
        cause == null || cause.getMessage() == null ? "" : cause.getMessage(),
        "name key and passphrase (by reference) in the cluster file, or give the key to an agent"
            + " with ssh-add",
        cause);
  }
}
