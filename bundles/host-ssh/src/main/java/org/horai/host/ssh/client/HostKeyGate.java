package org.horai.host.ssh.client;

import java.io.IOException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import net.schmizz.sshj.transport.verification.HostKeyVerifier;
import org.horai.api.HoraiException;
import org.horai.api.cluster.SshTarget.HostKeyPolicy;
import org.horai.host.ssh.model.HostKeyCheck;
import org.horai.host.ssh.model.HostKeyCheck.Outcome;
import org.horai.host.ssh.model.HostKeyCheck.Shown;
import org.horai.host.ssh.model.HostKeyCheck.Verdict;
import org.horai.host.ssh.model.KnownKey;
import org.horai.host.ssh.model.Login;
import org.horai.host.ssh.model.SshErrors;

/**
 * Lets one host in when its key is known. Keeps why it refused, because SSHJ only says that it did.
 */
final class HostKeyGate implements HostKeyVerifier {
  private final String host;
  private final Login login;
  private final KnownHostsFiles files;
  private volatile HoraiException refusal;
  private volatile Shown stranger;

  HostKeyGate(String host, Login login, KnownHostsFiles files) {
    this.host = host;
    this.login = login;
    this.files = files;
  }

  /** Why the key was refused, if it was. */
  Optional<HoraiException> refusal() {
    return Optional.ofNullable(refusal);
  }

  /** The key never seen before that somebody is to be asked about. */
  Optional<Shown> stranger() {
    return Optional.ofNullable(stranger);
  }

  /** The question about it. */
  String question(Shown shown) {
    return "Host "
        + host
        + " ("
        + name()
        + ") shows a key that was never seen before:\n  "
        + shown.text()
        + "\nIs it right, and shall it be remembered in "
        + file()
        + "?";
  }

  /** Whether the key is still unknown. */
  boolean isStillStrange(Shown shown) {
    return check().judge(shown, Instant.now()).outcome() == Outcome.UNKNOWN;
  }

  /** Adds the key to the first file of the operator. */
  void remember(Shown shown) {
    try {
      files.remember(file(), PublicKeys.knownHostsLine(name(), shown.type(), shown.key()));
    } catch (IOException e) {
      throw new HoraiException(
          SshErrors.UNKNOWN_HOST_KEY,
          "the new key of host " + host + " cannot be remembered",
          e.toString(),
          "make " + file() + " writable, or name another with knownHosts",
          e);
    }
  }

  @Override
  public List<String> findExistingAlgorithms(String hostname, int port) {
    return check().algorithms();
  }

  @Override
  public boolean verify(String hostname, int port, PublicKey key) {
    try {
      Shown shown = PublicKeys.hostKey(key);
      Verdict verdict = check().judge(shown, Instant.now());
      switch (verdict.outcome()) {
        case KNOWN -> {
          return true;
        }
        case UNKNOWN -> {
          return stranger(shown, verdict);
        }
        case CHANGED -> refusal = changed(shown, verdict);
        case REVOKED -> refusal = revoked(shown, verdict);
        default -> throw new IllegalStateException(verdict.outcome().name());
      }
    } catch (HoraiException e) {
      refusal = e;
    }
    return false;
  }

  private boolean stranger(Shown shown, Verdict verdict) {
    HostKeyPolicy policy = login.hostKey().policy();
    if (policy == HostKeyPolicy.ACCEPT_NEW) {
      remember(shown);
      return true;
    }
    if (policy == HostKeyPolicy.ASK) {
      stranger = shown;
    }
    refusal =
        new HoraiException(
            SshErrors.UNKNOWN_HOST_KEY,
            "host " + host + " shows a key that was never seen before",
            "its key is "
                + shown.text()
                + ", no known_hosts file has one for "
                + name()
                + note(verdict),
            "compare the fingerprint, then ssh-keyscan -p "
                + login.port()
                + " "
                + login.address()
                + " >> "
                + file());
    return false;
  }

  private HoraiException changed(Shown shown, Verdict verdict) {
    return new HoraiException(
        SshErrors.CHANGED_HOST_KEY,
        "host " + host + " shows another key than before",
        "known: " + lines(verdict.lines()) + "; shown now: " + shown.text() + note(verdict),
        "find out why, then ssh-keygen -R '" + name() + "' -f " + fileOf(verdict.lines().get(0)));
  }

  private HoraiException revoked(Shown shown, Verdict verdict) {
    return new HoraiException(
        SshErrors.REVOKED_HOST_KEY,
        "host " + host + " shows a key that was revoked",
        shown.text() + " is revoked by " + verdict.lines().get(0).place(),
        "give the host a new key; if the line is wrong, remove it");
  }

  private static String lines(List<KnownKey> lines) {
    return lines.stream()
        .map(line -> line.shown() + " (" + line.place() + ")")
        .collect(Collectors.joining(", "));
  }

  private static String note(Verdict verdict) {
    return verdict.note().isEmpty() ? "" : "; " + verdict.note();
  }

  private static String fileOf(KnownKey line) {
    return line.place().substring(0, line.place().lastIndexOf(':'));
  }

  private HostKeyCheck check() {
    return new HostKeyCheck(files.read(login.hostKey()), login.hostKey().names());
  }

  private String name() {
    return login.hostKey().names().get(0);
  }

  private Path file() {
    return Path.of(login.hostKey().files().get(0));
  }
}
