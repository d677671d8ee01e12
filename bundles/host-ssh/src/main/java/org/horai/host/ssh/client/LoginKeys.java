package org.horai.host.ssh.client;

import com.hierynomus.sshj.userauth.keyprovider.OpenSSHKeyV1KeyFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import net.schmizz.sshj.userauth.keyprovider.KeyPairWrapper;
import net.schmizz.sshj.userauth.keyprovider.KeyProvider;
import net.schmizz.sshj.userauth.password.PasswordFinder;
import net.schmizz.sshj.userauth.password.Resource;
import org.horai.api.HoraiException;
import org.horai.api.cluster.SshTarget;
import org.horai.api.secret.Secret;
import org.horai.api.secret.SecretRef;
import org.horai.host.ssh.model.PemKey;
import org.horai.host.ssh.model.SshErrors;

/**
 * The operator's private keys. A key is decoded once and kept until its file changes, because the
 * OpenSSH format makes decoding slow on purpose.
 */
final class LoginKeys {
  private static final List<String> DEFAULTS = List.of("id_ed25519", "id_ecdsa", "id_rsa");

  private final Path home;
  private final Function<SecretRef, Secret> secrets;
  private final Map<Decoded, KeyProvider> decoded = new ConcurrentHashMap<>();

  LoginKeys(Path home, Function<SecretRef, Secret> secrets) {
    this.home = home;
    this.secrets = secrets;
  }

  /** A key and where it came from. */
  record LoginKey(Path file, KeyProvider provider) {
    String label() {
      try {
        return file + " (" + Fingerprint.of(provider.getPublic()) + ")";
      } catch (IOException e) {
        return file.toString();
      }
    }
  }

  /** Keys to offer and default keys that had to be passed over, each with the reason. */
  record Offer(List<LoginKey> keys, List<String> passedOver) {}

  private record Decoded(Path file, FileTime modified, Optional<SecretRef> passphrase) {}

  /** The named key, or every default key that can be read. */
  Offer offer(SshTarget target) {
    if (target.identityFile().isPresent()) {
      Path file = expand(target.identityFile().get());
      return new Offer(List.of(new LoginKey(file, load(file, target.passphrase()))), List.of());
    }
    List<LoginKey> keys = new ArrayList<>();
    List<String> passedOver = new ArrayList<>();
    for (String name : DEFAULTS) {
      Path file = home.resolve(".ssh").resolve(name);
      if (Files.exists(file)) {
        try {
          keys.add(new LoginKey(file, load(file, target.passphrase())));
        } catch (HoraiException e) {
          passedOver.add(e.what());
        }
      }
    }
    return new Offer(keys, passedOver);
  }

  /** Resolves a leading {@code ~/}. */
  Path expand(String file) {
    return file.startsWith("~/") ? home.resolve(file.substring(2)) : Path.of(file);
  }

  private KeyProvider load(Path file, Optional<SecretRef> passphrase) {
    try {
      Decoded entry = new Decoded(file, Files.getLastModifiedTime(file), passphrase);
      KeyProvider known = decoded.get(entry);
      if (known == null) {
        known = decode(file, passphrase);
        decoded.put(entry, known);
      }
      return known;
    } catch (IOException e) {
      throw unusable(file, "is missing or cannot be read", e);
    }
  }

  private KeyProvider decode(Path file, Optional<SecretRef> passphrase) throws IOException {
    if (!Files.isReadable(file)) {
      throw unusable(file, "is missing or cannot be read", null);
    }
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    boolean openSsh = text.contains("BEGIN OPENSSH PRIVATE KEY");
    if (!openSsh && !PemKey.isIn(text)) {
      throw unusable(file, "is not a private key in OpenSSH or PEM format", null);
    }
    try {
      return new KeyPairWrapper(openSsh ? openSsh(file, passphrase) : pem(text, passphrase));
    } catch (IOException | RuntimeException e) {
      if (e instanceof HoraiException expected) {
        throw expected;
      }
      String guess =
          passphrase.isPresent()
              ? "cannot be decoded, probably its passphrase is wrong"
              : "cannot be decoded, probably it needs a passphrase";
      throw unusable(file, guess, e);
    }
  }

  /** SSHJ takes the public key from a certificate beside the file, if there is one. */
  private KeyPair openSsh(Path file, Optional<SecretRef> passphrase) throws IOException {
    OpenSSHKeyV1KeyFile provider = new OpenSSHKeyV1KeyFile();
    provider.init(file.toFile(), passphrase.map(this::finder).orElse(null));
    return new KeyPair(provider.getPublic(), provider.getPrivate());
  }

  private KeyPair pem(String text, Optional<SecretRef> passphrase) throws IOException {
    Optional<SecretRef> needed = passphrase.filter(reference -> PemKey.isLocked(text));
    return PemKey.read(text, needed.map(secrets).map(secret -> secret.reveal().toCharArray()));
  }

  private PasswordFinder finder(SecretRef reference) {
    Secret secret = secrets.apply(reference);
    return new PasswordFinder() {
      @Override
      public char[] reqPassword(Resource<?> resource) {
        return secret.reveal().toCharArray();
      }

      @Override
      public boolean shouldRetry(Resource<?> resource) {
        return false;
      }
    };
  }

  private static HoraiException unusable(Path file, String how, Exception cause) {
    return new HoraiException(
        SshErrors.BAD_KEY_FILE,
        "private key " + file + " " + how,
        cause == null || cause.getMessage() == null ? "" : cause.getMessage(),
        "name key and passphrase (by reference) in the cluster file",
        cause);
  }
}
