package org.horai.recording.client;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.horai.api.HoraiException;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.cluster.Host;
import org.horai.api.network.OverlaySpec;
import org.horai.api.secret.Secret;
import org.horai.api.secret.SecretRef;
import org.horai.api.secret.SecretResolver;

/** The values that must not be in the archive. */
final class KnownSecrets {
  private final Set<String> values = ConcurrentHashMap.newKeySet();

  /** A resolver that remembers what it gave. */
  SecretResolver keeping(SecretResolver wire) {
    return reference -> {
      Secret secret = wire.resolve(reference);
      values.add(secret.reveal());
      return secret;
    };
  }

  /**
   * Resolves what the clusters refer to, for a server may have told a secret that was never sent.
   * Nobody is asked on the terminal.
   */
  void ask(SecretResolver resolver, Collection<ClusterSpec> clusters) {
    Set<SecretRef> references = new LinkedHashSet<>();
    clusters.stream().flatMap(KnownSecrets::references).forEach(references::add);
    for (SecretRef reference : references) {
      if (reference.kind() != SecretRef.Kind.PROMPT) {
        value(resolver, reference).ifPresent(values::add);
      }
    }
  }

  private static Optional<String> value(SecretResolver resolver, SecretRef reference) {
    try {
      return Optional.of(resolver.resolve(reference).reveal());
    } catch (HoraiException e) {
      // it does not exist here, so nothing can have told it
      return Optional.empty();
    }
  }

  private static Stream<SecretRef> references(ClusterSpec cluster) {
    Stream<Optional<SecretRef>> services =
        Stream.of(
            cluster.marathonCredentials(),
            cluster.mesosCredentials(),
            cluster.zookeeper().auth(),
            cluster.chronos().credentials());
    Stream<Optional<SecretRef>> logins =
        cluster.inventory().hosts().stream().map((Host host) -> host.ssh().passphrase());
    Stream<Optional<SecretRef>> networks =
        Stream.of(
                Stream.of(cluster.overlay()),
                cluster.overlays().stream(),
                cluster.beside().stream())
            .flatMap(all -> all)
            .map(OverlaySpec::password);
    return Stream.of(services, logins, networks).flatMap(all -> all).flatMap(Optional::stream);
  }

  List<String> values() {
    return List.copyOf(values);
  }
}
