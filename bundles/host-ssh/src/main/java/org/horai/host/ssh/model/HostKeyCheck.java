package org.horai.host.ssh.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.horai.host.ssh.model.KnownKey.Blob;
import org.horai.host.ssh.model.KnownKey.Marker;

/** Compares the key a host shows with known_hosts, in the order OpenSSH does. */
public final class HostKeyCheck {
  private static final List<String> PLAIN =
      List.of(
          "ssh-ed25519",
          "ecdsa-sha2-nistp256",
          "ecdsa-sha2-nistp384",
          "ecdsa-sha2-nistp521",
          "rsa-sha2-512",
          "rsa-sha2-256",
          "ssh-rsa");
  private static final List<String> CERTIFIED =
      List.of(
          "ssh-ed25519-cert-v01@openssh.com",
          "ecdsa-sha2-nistp256-cert-v01@openssh.com",
          "ecdsa-sha2-nistp384-cert-v01@openssh.com",
          "ecdsa-sha2-nistp521-cert-v01@openssh.com",
          "rsa-sha2-512-cert-v01@openssh.com",
          "rsa-sha2-256-cert-v01@openssh.com",
          "ssh-rsa-cert-v01@openssh.com");

  private final List<KnownKey> known;
  private final List<String> names;

  /**
   * @param known all lines, of the operator's files and of the machine's
   * @param names as which the host may stand there, the first without doubt
   */
  public HostKeyCheck(List<KnownKey> known, List<String> names) {
    this.known = List.copyOf(known);
    this.names = List.copyOf(names);
  }

  /** What a host shows: its key, and the certificate around it if there is one. */
  public record Shown(String type, Blob key, Optional<Certificate> certificate) {
    public String text() {
      return type + " " + key.fingerprint();
    }
  }

  /**
   * A certificate. That its signature is right was checked before.
   *
   * @param host true for a host's, false for a user's
   */
  public record Certificate(
      Blob authority,
      boolean host,
      List<String> principals,
      Instant from,
      Instant until,
      boolean conditions,
      Optional<String> flaw) {}

  /** The outcome. */
  public enum Outcome {
    KNOWN,
    UNKNOWN,
    CHANGED,
    REVOKED
  }

  /**
   * The outcome with its evidence.
   *
   * @param lines the lines that speak against the key
   * @param note why a certificate was not good enough, or ""
   */
  public record Verdict(Outcome outcome, List<KnownKey> lines, String note) {}

  /** Judges the key. */
  public Verdict judge(Shown shown, Instant now) {
    List<KnownKey> about =
        known.stream().filter(line -> names.stream().anyMatch(line::isAbout)).toList();
    List<KnownKey> revoked =
        with(about, Marker.REVOKED).stream().filter(line -> concerns(line, shown)).toList();
    if (!revoked.isEmpty()) {
      return new Verdict(Outcome.REVOKED, revoked, "");
    }
    String note = "";
    if (shown.certificate().isPresent()) {
      Certificate certificate = shown.certificate().get();
      boolean trusted =
          with(about, Marker.CERT_AUTHORITY).stream()
              .anyMatch(line -> line.blob().equals(certificate.authority()));
      Optional<String> flaw =
          trusted ? flaw(certificate, now) : Optional.of("nobody known signed its certificate");
      if (flaw.isEmpty()) {
        return new Verdict(Outcome.KNOWN, List.of(), "");
      }
      note = flaw.get();
    }
    return plain(shown, with(about, Marker.KEY), note);
  }

  private Verdict plain(Shown shown, List<KnownKey> about, String note) {
    if (about.stream().anyMatch(line -> line.blob().equals(shown.key()))) {
      return new Verdict(Outcome.KNOWN, List.of(), "");
    }
    // The name without the port may help a key to be known, but says nothing against it.
    List<KnownKey> against = about.stream().filter(line -> line.isAbout(names.get(0))).toList();
    return new Verdict(against.isEmpty() ? Outcome.UNKNOWN : Outcome.CHANGED, against, note);
  }

  private static List<KnownKey> with(List<KnownKey> lines, Marker marker) {
    return lines.stream().filter(line -> line.marker() == marker).toList();
  }

  private static boolean concerns(KnownKey line, Shown shown) {
    return line.blob().equals(shown.key())
        || shown.certificate().filter(c -> line.blob().equals(c.authority())).isPresent();
  }

  private Optional<String> flaw(Certificate certificate, Instant now) {
    if (certificate.flaw().isPresent()) {
      return certificate.flaw();
    } else if (!certificate.host()) {
      return Optional.of("its certificate is one for users");
    } else if (certificate.conditions()) {
      return Optional.of("its certificate has conditions that are not known");
    } else if (now.isBefore(certificate.from())) {
      return Optional.of("its certificate is valid only from " + certificate.from());
    } else if (!now.isBefore(certificate.until())) {
      return Optional.of("its certificate ended at " + certificate.until());
    }
    // Principals are names without ports.
    String name = names.get(names.size() - 1);
    boolean named =
        certificate.principals().isEmpty()
            || certificate.principals().stream()
                .anyMatch(p -> SshPatterns.matches(p.toLowerCase(Locale.ROOT), name));
    return named
        ? Optional.empty()
        : Optional.of("its certificate is for " + String.join(", ", certificate.principals()));
  }

  /**
   * The algorithms to ask the host for first, so that it shows the key that is known: certificates
   * where an authority is trusted, then known keys.
   */
  public List<String> algorithms() {
    List<String> wanted = new ArrayList<>();
    List<KnownKey> about =
        known.stream().filter(line -> names.stream().anyMatch(line::isAbout)).toList();
    if (!with(about, Marker.CERT_AUTHORITY).isEmpty()) {
      wanted.addAll(CERTIFIED);
    }
    List<String> types = with(about, Marker.KEY).stream().map(KnownKey::type).toList();
    PLAIN.stream()
        .filter(name -> types.contains(name.startsWith("rsa-") ? "ssh-rsa" : name))
        .forEach(wanted::add);
    // Without an authority a certificate is only a longer way to show a key.
    return wanted.isEmpty() ? PLAIN : List.copyOf(wanted);
  }
}
