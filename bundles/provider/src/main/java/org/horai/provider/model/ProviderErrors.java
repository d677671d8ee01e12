package org.horai.provider.model;

import java.util.List;
import org.horai.api.ErrorCategory;
import org.horai.api.ErrorCode;

/** The codes of providers by third parties. */
public final class ProviderErrors {
  public static final ErrorCode SOURCE =
      new ErrorCode(
          "PRV-001",
          ErrorCategory.ENVIRONMENT,
          "a provider's jar cannot be had",
          "The file does not exist, the URL does not answer, or no Maven repository has the"
              + " artifact. Artifacts are looked for in the local repository and in those of"
              + " ~/.m2/settings.xml.");
  public static final ErrorCode DIGEST =
      new ErrorCode(
          "PRV-002",
          ErrorCategory.REFUSED,
          "a jar is not the expected one",
          "Its SHA-256 digest is another than given or remembered. Compare with the digest that the"
              + " provider's author publishes; nothing of the jar was run.");
  public static final ErrorCode UNVERIFIED =
      new ErrorCode(
          "PRV-003",
          ErrorCategory.REFUSED,
          "a jar is neither pinned nor signed",
          "A provider may change every host of a cluster, so it must be pinned with --sha256, or"
              + " signed with jarsigner by a key whose certificate is in your keystore of trusted"
              + " signers.");
  public static final ErrorCode UNTRUSTED =
      new ErrorCode(
          "PRV-004",
          ErrorCategory.REFUSED,
          "a signature is not trusted",
          "The jar was changed after it was signed, or no certificate of the keystore vouches for"
              + " its signer, or a certificate is expired or not yet valid. To trust a signer, import"
              + " its certificate with keytool -importcert.");
  public static final ErrorCode KEYSTORE =
      new ErrorCode(
          "PRV-005",
          ErrorCategory.USAGE,
          "the keystore of trusted signers cannot be used",
          "It is missing, its password is wrong, or it is no PKCS12 or JKS file. The default is"
              + " trust.p12 in the state folder; --trust names another, --trust-password the"
              + " reference of its password.");
  public static final ErrorCode NO_BUNDLE =
      new ErrorCode(
          "PRV-006",
          ErrorCategory.USAGE,
          "a file is not the jar of a bundle",
          "The file is damaged or cut short, is no zip file, or its manifest lacks"
              + " Bundle-SymbolicName. A bundle is built with bnd; see docs/writing-a-provider.md.");
  public static final ErrorCode UNRESOLVED =
      new ErrorCode(
          "PRV-007",
          ErrorCategory.REFUSED,
          "a bundle needs what is not there",
          "A package it imports or a capability it requires is not provided by any bundle, or only"
              + " in a version that it does not accept. The message says which and what brings it.");
  public static final ErrorCode API_VERSION =
      new ErrorCode(
          "PRV-008",
          ErrorCategory.REFUSED,
          "a provider is made for another API",
          "It was built against a version of org.horai:api that this Horai does not have. Install a"
              + " build of the provider for this version, or another Horai.");
  public static final ErrorCode NO_PROVIDER =
      new ErrorCode(
          "PRV-009",
          ErrorCategory.REFUSED,
          "a bundle is no overlay provider",
          "It starts, but registers no service org.horai.api.network.OverlayNetworkProvider. A class"
              + " with @Component that implements the interface does.");
  public static final ErrorCode DEFECT =
      new ErrorCode(
          "PRV-010",
          ErrorCategory.FAILED,
          "a provider does not start",
          "Its activator or its component threw an error, or it says nothing of itself. The log has"
              + " the details for its author.");
  public static final ErrorCode TAKEN =
      new ErrorCode(
          "PRV-011",
          ErrorCategory.REFUSED,
          "a name is taken",
          "A bundle of this symbolic name, or another that brings a network of the same id, is part of"
              + " the program or is installed already."
              + " provider:update replaces what provider:install brought.");
  public static final ErrorCode UNKNOWN =
      new ErrorCode(
          "PRV-012",
          ErrorCategory.USAGE,
          "no such installed provider",
          "provider:list shows what was installed with provider:install. Providers that came with"
              + " the program are bundles of the distribution.");

  private ProviderErrors() {}

  public static List<ErrorCode> all() {
    return List.of(
        SOURCE,
        DIGEST,
        UNVERIFIED,
        UNTRUSTED,
        KEYSTORE,
        NO_BUNDLE,
        UNRESOLVED,
        API_VERSION,
        NO_PROVIDER,
        DEFECT,
        TAKEN,
        UNKNOWN);
  }
}
