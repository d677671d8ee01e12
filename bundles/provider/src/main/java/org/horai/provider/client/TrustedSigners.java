package org.horai.provider.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.horai.api.HoraiException;
import org.horai.api.secret.Secret;
import org.horai.provider.model.ProviderErrors;

/** The keystore with the certificates of those who may sign providers. */
public final class TrustedSigners {
  private final Path file;
  private final List<X509Certificate> certificates;

  private TrustedSigners(Path file, List<X509Certificate> certificates) {
    this.file = file;
    this.certificates = certificates;
  }

  /**
   * Opens a keystore.
   *
   * @throws HoraiException KEYSTORE
   */
  public static TrustedSigners open(Path file, Secret password) {
    char[] secret = password.reveal().toCharArray();
    try {
      KeyStore store = KeyStore.getInstance(file.toFile(), secret);
      List<X509Certificate> certificates = new ArrayList<>();
      for (String alias : Collections.list(store.aliases())) {
        if (store.getCertificate(alias) instanceof X509Certificate certificate) {
          certificates.add(certificate);
        }
      }
      if (certificates.isEmpty()) {
        throw unusable(file, "it holds no certificate", null);
      }
      return new TrustedSigners(file, certificates);
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      String why = Files.exists(file) ? String.valueOf(e.getMessage()) : "there is no such file";
      throw unusable(file, why, e);
    }
  }

  private static HoraiException unusable(Path file, String why, Exception cause) {
    return new HoraiException(
        ProviderErrors.KEYSTORE,
        "the keystore " + file + " cannot be used",
        why,
        "keytool -importcert -alias acme -file acme.crt -storetype PKCS12 -keystore " + file,
        cause);
  }

  /**
   * The certificate of the store that vouches for a signer: its own, or one that issued a
   * certificate of its chain. Every certificate up to there must be valid now.
   *
   * @param chain the signer's certificate first
   * @throws HoraiException UNTRUSTED saying why
   */
  X509Certificate voucher(String source, List<? extends Certificate> chain) {
    for (int i = 0; i < chain.size(); i++) {
      X509Certificate current = (X509Certificate) chain.get(i);
      valid(source, current);
      if (certificates.contains(current)) {
        return current;
      }
      Optional<X509Certificate> issuer = issuer(current);
      if (issuer.isPresent()) {
        valid(source, issuer.get());
        return issuer.get();
      }
      if (i + 1 < chain.size() && !issued(current, (X509Certificate) chain.get(i + 1))) {
        break;
      }
    }
    X509Certificate signer = (X509Certificate) chain.get(0);
    throw new HoraiException(
        ProviderErrors.UNTRUSTED,
        source + " is signed by " + name(signer) + ", whom " + file + " does not trust",
        "neither its certificate nor that of an issuer is there",
        "keytool -importcert its certificate if you trust it, or pin the jar with --sha256");
  }

  private Optional<X509Certificate> issuer(X509Certificate certificate) {
    return certificates.stream().filter(trusted -> issued(certificate, trusted)).findFirst();
  }

  private static boolean issued(X509Certificate certificate, X509Certificate issuer) {
    if (!certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())
        || issuer.getBasicConstraints() < 0) {
      return false; // only what says that it is an authority may vouch for others
    }
    try {
      certificate.verify(issuer.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static void valid(String source, X509Certificate certificate) {
    try {
      certificate.checkValidity();
    } catch (CertificateExpiredException e) {
      throw invalid(source, certificate, "expired on " + certificate.getNotAfter().toInstant(), e);
    } catch (CertificateNotYetValidException e) {
      throw invalid(
          source, certificate, "is valid only from " + certificate.getNotBefore().toInstant(), e);
    }
  }

  private static HoraiException invalid(
      String source, X509Certificate certificate, String why, Exception cause) {
    return new HoraiException(
        ProviderErrors.UNTRUSTED,
        source + " is signed with a certificate that is not valid now",
        "that of " + name(certificate) + " " + why,
        "ask for a jar signed anew, or pin this one with --sha256",
        cause);
  }

  static String name(X509Certificate certificate) {
    return certificate.getSubjectX500Principal().getName();
  }
}
