package org.horai.host.ssh.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PublicKey;
import java.util.Optional;
import net.schmizz.sshj.transport.verification.OpenSSHKnownHosts;
import org.horai.api.ErrorCode;
import org.horai.api.HoraiException;
import org.horai.api.cluster.Host;
import org.horai.api.cluster.SshTarget;
import org.horai.api.cluster.SshTarget.HostKeyPolicy;
import org.horai.host.ssh.model.SshErrors;

/**
 * Checks one host's key against a known_hosts file, plain and hashed entries alike. Keeps why it
 * refused, because SSHJ only says that it did.
 */
final class KnownHosts extends OpenSSHKnownHosts {
  private final Host host;
  private final Path file;
  private volatile HoraiException refusal;

  private KnownHosts(Host host, Path file) throws IOException {
    super(file.toFile());
    this.host = host;
    this.file = file;
  }

  static KnownHosts read(Host host, Path file) {
    try {
      return new KnownHosts(host, file);
    } catch (IOException | RuntimeException e) {
      throw new HoraiException(
          SshErrors.UNKNOWN_HOST_KEY,
          file + " cannot be read",
          String.valueOf(e.getMessage()),
          "repair the file, or name another with knownHosts",
          e);
    }
  }

  /** Why the key was refused, if it was. */
  Optional<HoraiException> refusal() {
    return Optional.ofNullable(refusal);
  }

  @Override
  protected boolean hostKeyChangedAction(String name, PublicKey key) {
    String known = fingerprintsOf(name);
    return refuse(
        SshErrors.CHANGED_HOST_KEY,
        "host " + host.name() + " shows another key than before",
        "known: " + known + "; shown now: " + Fingerprint.of(key),
        "find out why, then ssh-keygen -R '" + name + "' -f " + file);
  }

  @Override
  protected boolean hostKeyUnverifiableAction(String name, PublicKey key) {
    if (entries().stream().anyMatch(entry -> appliesTo(entry, name))) {
      // Known by a key of another type: a new one is as suspicious as a changed one.
      return hostKeyChangedAction(name, key);
    }
    if (host.ssh().hostKeys() == HostKeyPolicy.ACCEPT_NEW) {
      return remember(name, key);
    }
    SshTarget ssh = host.ssh();
    return refuse(
        SshErrors.UNKNOWN_HOST_KEY,
        "host " + host.name() + " shows a key that was never seen before",
        "its key is " + Fingerprint.of(key) + ", " + file + " has none for " + name,
        "compare the fingerprint, then ssh-keyscan -p "
            + ssh.port()
            + " "
            + ssh.address()
            + " >> "
            + file);
  }

  private boolean refuse(ErrorCode code, String what, String why, String next) {
    refusal = new HoraiException(code, what, why, next);
    return false;
  }

  private String fingerprintsOf(String name) {
    return entries().stream()
        .filter(entry -> appliesTo(entry, name))
        .map(entry -> Fingerprint.ofLine(entry.getLine()))
        .findFirst()
        .orElse("none");
  }

  private static boolean appliesTo(KnownHostEntry entry, String name) {
    try {
      return entry.appliesTo(name);
    } catch (IOException e) {
      return false;
    }
  }

  private boolean remember(String name, PublicKey key) {
    try {
      append(file, Fingerprint.knownHostsLine(name, key));
      return true;
    } catch (IOException e) {
      return refuse(
          SshErrors.UNKNOWN_HOST_KEY,
          "the new key of host " + host.name() + " cannot be remembered",
          e.toString(),
          "make " + file + " writable, or name another with knownHosts");
    }
  }

  /** One lock for all files: several hosts may show their first key at the same moment. */
  private static synchronized void append(Path file, String line) throws IOException {
    if (!Files.exists(file)) {
      if (file.getParent() != null) {
        Files.createDirectories(file.getParent());
      }
      Files.createFile(file);
      if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      }
    }
    String before = Files.readString(file, StandardCharsets.UTF_8);
    String separator = before.isEmpty() || before.endsWith("\n") ? "" : "\n";
    Files.writeString(file, separator + line + "\n", StandardOpenOption.APPEND);
  }
}
