package org.horai.host.ssh.client;

import com.hierynomus.sshj.userauth.certificate.Certificate;
import java.io.IOException;
import java.security.PublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.KeyType;
import net.schmizz.sshj.common.SSHRuntimeException;
import org.horai.host.ssh.model.HostKeyCheck;
import org.horai.host.ssh.model.KnownKey.Blob;

/** Between SSHJ's public keys and ours. */
final class PublicKeys {
  private PublicKeys() {}

  /** The key as it travels. */
  static byte[] blob(PublicKey key) {
    return new Buffer.PlainBuffer().putPublicKey(key).getCompactData();
  }

  /** {@code ssh-ed25519 SHA256:...}. */
  static String shown(PublicKey key) {
    return KeyType.fromKey(key) + " " + Blob.of(blob(key)).fingerprint();
  }

  /** The line OpenSSH would write for the host. */
  static String knownHostsLine(String name, String type, Blob blob) {
    return name + " " + type + " " + blob.base64();
  }

  /** A host's key; its certificate's signature is checked here. */
  static HostKeyCheck.Shown hostKey(PublicKey key) {
    if (key instanceof Certificate<?> certificate) {
      PublicKey inner = certificate.getKey();
      return new HostKeyCheck.Shown(
          KeyType.fromKey(inner).toString(),
          Blob.of(blob(inner)),
          Optional.of(certificate(certificate)));
    }
    return new HostKeyCheck.Shown(
        KeyType.fromKey(key).toString(), Blob.of(blob(key)), Optional.empty());
  }

  private static HostKeyCheck.Certificate certificate(Certificate<?> certificate) {
    List<String> principals = certificate.getValidPrincipals();
    return new HostKeyCheck.Certificate(
        Blob.of(certificate.getSignatureKey()),
        certificate.getType() == 2,
        principals == null ? List.of() : principals,
        certificate.getValidAfter().toInstant(),
        certificate.getValidBefore().toInstant(),
        !certificate.getCritOptions().isEmpty(),
        flaw(certificate));
  }

  /** SSHJ checks signature, dates and, when there are any, principals; those are told by us. */
  private static Optional<String> flaw(Certificate<?> certificate) {
    Instant now = Instant.now();
    boolean current =
        !now.isBefore(certificate.getValidAfter().toInstant())
            && now.isBefore(certificate.getValidBefore().toInstant());
    List<String> principals = certificate.getValidPrincipals();
    String name = principals == null || principals.isEmpty() ? "" : principals.get(0);
    try {
      return current
          ? Optional.ofNullable(
              KeyType.CertUtils.verifyHostCertificate(blob(certificate), certificate, name))
          : Optional.empty();
    } catch (IOException | SSHRuntimeException e) {
      return Optional.of("its certificate cannot be checked: " + e.getMessage());
    }
  }
}
