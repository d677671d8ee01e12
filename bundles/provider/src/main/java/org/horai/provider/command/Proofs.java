package org.horai.provider.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.horai.api.command.CommandSpec.Option;
import org.horai.api.command.Invocation;
import org.horai.provider.ForeignProviders.Proof;

/** The options that say where a jar is and how it is verified. */
final class Proofs {
  private static final Option TRUST =
      Option.value("trust", "FILE", "keystore of trusted signers, PKCS12 or JKS", "");
  private static final Option PASSWORD =
      Option.value("trust-password", "REF", "its password: file:PATH, env:NAME or prompt", "");

  private Proofs() {}

  static List<Option> keystore() {
    return List.of(TRUST, PASSWORD);
  }

  static List<Option> all() {
    return List.of(
        Option.value("sha256", "HEX", "the digest the jar must have", ""),
        TRUST,
        PASSWORD,
        Option.value("repository", "URL", "a further Maven repository for mvn:", ""));
  }

  static Proof keystore(Invocation invocation) {
    return new Proof(
        Optional.empty(),
        invocation.option("trust").map(invocation::path),
        invocation.option("trust-password"));
  }

  static Proof of(Invocation invocation) {
    Proof proof = keystore(invocation);
    return new Proof(invocation.option("sha256"), proof.trust(), proof.password());
  }

  /** A file by its absolute name, anything else as it is. */
  static String source(Invocation invocation, String text) {
    if (text.matches("[a-z]{2,}:.*")) {
      return text;
    }
    Path file = invocation.path(text);
    return file.toAbsolutePath().normalize().toString();
  }
}
