package org.horai.provider.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipException;
import org.horai.api.HoraiException;
import org.horai.provider.model.BundleIdentity;
import org.horai.provider.model.ProviderErrors;

/** Reads every byte of a jar, so that whatever is damaged, added or changed is found. */
public final class JarCheck {
  private JarCheck() {}

  /**
   * The bundle in a jar.
   *
   * @throws HoraiException NO_BUNDLE for what is damaged or no bundle
   */
  public static BundleIdentity identity(String source, byte[] jar) {
    return opened(
        source,
        jar,
        false,
        file -> {
          everything(source, file);
          Manifest manifest = file.getManifest();
          return BundleIdentity.of(
              source, (manifest == null ? new Manifest() : manifest).getMainAttributes());
        });
  }

  /** Whether there is a signature at all, good or bad. */
  public static boolean isSigned(String source, byte[] jar) {
    return opened(
        source,
        jar,
        false,
        file ->
            file.stream()
                .anyMatch(entry -> entry.getName().toUpperCase(Locale.ROOT).endsWith(".SF")));
  }

  /**
   * The name of the trusted signer of a jar.
   *
   * @throws HoraiException UNVERIFIED when it is not signed, UNTRUSTED when the signature is wrong
   */
  public static String signer(String source, byte[] jar, TrustedSigners trusted) {
    return opened(
        source,
        jar,
        true,
        file -> {
          Set<JarEntry> signed = everything(source, file);
          Set<CodeSigner> common = null;
          for (JarEntry entry : signed) {
            Set<CodeSigner> signers = signers(entry);
            if (signers.isEmpty()) {
              throw unsigned(source, "of its entries " + entry.getName() + " has no signature");
            }
            if (common == null) {
              common = signers;
            } else {
              common.retainAll(signers);
            }
          }
          complete(source, file);
          if (common == null || common.isEmpty()) {
            throw unsigned(source, "its entries have different signers");
          }
          return vouched(source, common, trusted);
        });
  }

  private static String vouched(String source, Set<CodeSigner> signers, TrustedSigners trusted) {
    HoraiException first = null;
    for (CodeSigner signer : signers) {
      try {
        var chain = signer.getSignerCertPath().getCertificates();
        trusted.voucher(source, chain);
        return TrustedSigners.name((X509Certificate) chain.get(0));
      } catch (HoraiException e) {
        first = first == null ? e : first;
      }
    }
    throw first;
  }

  private static Set<CodeSigner> signers(JarEntry entry) {
    CodeSigner[] signers = entry.getCodeSigners();
    return signers == null ? Set.of() : new LinkedHashSet<>(List.of(signers));
  }

  /** The refusal of a jar that nobody vouches for. */
  public static HoraiException unsigned(String source, String what) {
    return new HoraiException(
        ProviderErrors.UNVERIFIED,
        source + " is not verified",
        "it is not pinned with --sha256, and " + what,
        "sha256sum it, compare with what its author publishes, and give --sha256 HEX");
  }

  /** Nothing that was signed may be missing. */
  private static void complete(String source, JarFile file) throws IOException {
    for (String name : file.getManifest().getEntries().keySet()) {
      if (file.getEntry(name) == null) {
        throw new HoraiException(
            ProviderErrors.UNTRUSTED,
            source + " was changed after it was signed",
            name + " is missing",
            "get the jar again from its author");
      }
    }
  }

  /** Reads all; gives the entries that a signature must cover. */
  private static Set<JarEntry> everything(String source, JarFile file) throws IOException {
    Set<String> names = new HashSet<>();
    Set<JarEntry> covered = new LinkedHashSet<>();
    for (JarEntry entry : Collections.list(file.entries())) {
      if (!names.add(entry.getName())) {
        throw damaged(source, entry.getName() + " is in it twice", null);
      }
      try (InputStream in = file.getInputStream(entry)) {
        in.transferTo(OutputStream.nullOutputStream());
      } catch (SecurityException e) {
        throw new HoraiException(
            ProviderErrors.UNTRUSTED,
            source + " was changed after it was signed",
            String.valueOf(e.getMessage()),
            "get the jar again from its author",
            e);
      }
      if (!entry.isDirectory() && !isSignature(entry.getName())) {
        covered.add(entry);
      }
    }
    return covered;
  }

  private static boolean isSignature(String name) {
    return name.toUpperCase(Locale.ROOT)
        .matches("META-INF/(MANIFEST\\.MF|SIG-[^/]*|[^/]*\\.(SF|RSA|DSA|EC))");
  }

  private static HoraiException damaged(String source, String why, Exception cause) {
    return new HoraiException(
        ProviderErrors.NO_BUNDLE,
        source + " is no jar, or a damaged one",
        why,
        "get it again; compare its size and its SHA-256",
        cause);
  }

  private interface Question<T> {
    T ask(JarFile file) throws IOException;
  }

  /** A jar can be looked into as a file only. */
  private static <T> T opened(String source, byte[] jar, boolean verify, Question<T> question) {
    Path file = null;
    try {
      file = Files.write(Files.createTempFile("horai-provider", ".jar"), jar);
      try (JarFile opened = new JarFile(file.toFile(), verify)) {
        return question.ask(opened);
      } catch (ZipException | java.io.EOFException e) {
        throw damaged(source, String.valueOf(e.getMessage()), e);
      } catch (SecurityException e) {
        throw new HoraiException(
            ProviderErrors.UNTRUSTED,
            source + " was changed after it was signed",
            String.valueOf(e.getMessage()),
            "get the jar again from its author",
            e);
      }
    } catch (IOException e) {
      throw damaged(source, String.valueOf(e.getMessage()), e);
    } finally {
      delete(file);
    }
  }

  private static void delete(Path file) {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
