package org.horai.provider;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.secret.SecretRef;
import org.horai.api.secret.SecretResolver;
import org.horai.provider.client.JarCheck;
import org.horai.provider.client.JarSource;
import org.horai.provider.client.PinnedJars;
import org.horai.provider.client.TrustedSigners;
import org.horai.provider.model.BundleIdentity;
import org.horai.provider.model.Pinned;
import org.horai.provider.model.ProviderErrors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The providers that were installed by the operator. With the program they start again, each only
 * if its jar is still the one that was verified.
 */
@Component(service = ForeignProviders.class, immediate = true)
public final class ForeignProviders {
  private static final Logger LOG = LoggerFactory.getLogger(ForeignProviders.class);

  private final ForeignBundles bundles;
  private final PinnedJars jars;
  private final JarSource sources;
  private final Path trust;
  private final String trustPassword;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile SecretResolver secrets;

  @Activate
  public ForeignProviders(BundleContext context) {
    String state = context.getProperty("horai.state");
    Path folder = Path.of(state == null ? System.getProperty("user.home") + "/.horai" : state);
    this.bundles = new ForeignBundles(context);
    this.jars = new PinnedJars(folder.resolve("providers"));
    this.sources = new JarSource(maven(context));
    this.trust = Path.of(or(context.getProperty("horai.trust"), folder + "/trust.p12"));
    this.trustPassword =
        or(context.getProperty("horai.trust.password"), "env:HORAI_TRUST_PASSWORD");
    startAgain();
  }

  private static Map<String, String> maven(BundleContext context) {
    Map<String, String> settings = new HashMap<>();
    for (String name : JarSource.SETTINGS) {
      String value = context.getProperty(JarSource.PREFIX + name);
      if (value != null) {
        settings.put(name, value);
      }
    }
    return settings;
  }

  private static String or(String value, String otherwise) {
    return value == null ? otherwise : value;
  }

  private void startAgain() {
    for (Pinned pinned : jars.all()) {
      if (!runs(pinned)) {
        try {
          bundles.start(pinned.name(), jars.jar(pinned));
        } catch (HoraiException e) {
          bundles.remove(pinned.name());
          LOG.warn("Provider {} was not started: {}", pinned.name(), e.getMessage());
        }
      }
    }
  }

  /**
   * How a jar is to be verified.
   *
   * @param sha256 expected digest; when empty the jar must be signed
   * @param trust keystore of trusted signers, instead of the default
   * @param password reference of its password, instead of the default
   */
  public record Proof(Optional<String> sha256, Optional<Path> trust, Optional<String> password) {}

  public List<Pinned> all() {
    return jars.all();
  }

  public boolean runs(Pinned pinned) {
    return bundles.find(pinned.name()).filter(b -> b.getState() == Bundle.ACTIVE).isPresent();
  }

  /**
   * Installs and starts a provider. Blocking.
   *
   * @param source absolute file name, URL or mvn:
   * @param repository a further Maven repository
   */
  public Pinned install(String source, Optional<String> repository, Proof proof) {
    byte[] jar = sources.read(source, repository);
    String verified = verify(source, jar, proof);
    BundleIdentity identity = JarCheck.identity(source, jar);
    Optional<Pinned> same = jars.find(identity.name());
    if (same.isPresent() || bundles.stranger(identity.name()).isPresent()) {
      throw new HoraiException(
          ProviderErrors.TAKEN,
          "a bundle " + identity.name() + " is installed already",
          same.map(pinned -> "version " + pinned.version() + " from " + pinned.source())
              .orElse("it is part of the program, or lies in deploy/"),
          same.map(pinned -> "provider:update " + pinned.name() + " " + source)
              .orElse("give the provider's bundle another Bundle-SymbolicName"));
    }
    return start(identity, source, jar, verified);
  }

  private Pinned start(BundleIdentity identity, String source, byte[] jar, String verified) {
    List<String> ids = bundles.start(identity.name(), jar);
    Pinned pinned =
        new Pinned(
            identity.name(), identity.version(), ids, source, PinnedJars.sha256(jar), verified);
    try {
      jars.keep(pinned, jar);
    } catch (HoraiException e) {
      bundles.remove(identity.name());
      throw e;
    }
    LOG.info("Installed provider {} {}, {}", pinned.name(), pinned.version(), verified);
    return pinned;
  }

  /** Says how the jar is verified, or refuses it. */
  private String verify(String source, byte[] jar, Proof proof) {
    if (proof.sha256().isPresent()) {
      String wanted = proof.sha256().get().toLowerCase(java.util.Locale.ROOT);
      if (!wanted.matches("[0-9a-f]{64}")) {
        throw new HoraiException(
            CommonErrors.USAGE, "--sha256 is no SHA-256", "it has 64 hexadecimal digits", "");
      }
      String seen = PinnedJars.sha256(jar);
      if (!seen.equals(wanted)) {
        throw new HoraiException(
            ProviderErrors.DIGEST,
            source + " is not the expected jar",
            "its SHA-256 is " + seen + ", expected is " + wanted,
            "compare with the digest that its author publishes");
      }
      return "sha256";
    }
    JarCheck.identity(source, jar);
    boolean signed = JarCheck.isSigned(source, jar);
    if (!signed) {
      throw JarCheck.unsigned(source, "it has no signature");
    }
    return "signed by " + JarCheck.signer(source, jar, trusted(proof));
  }

  private TrustedSigners trusted(Proof proof) {
    SecretResolver resolver = secrets;
    if (resolver == null) {
      throw new HoraiException(
          CommonErrors.PROVIDER_GONE,
          "no secret service is installed",
          "bundle core brings it",
          "platform:start core");
    }
    SecretRef password = SecretRef.parse(proof.password().orElse(trustPassword));
    return TrustedSigners.open(proof.trust().orElse(trust), resolver.resolve(password));
  }

  /**
   * Replaces a provider; if the new one is refused or does not start, the old one runs on.
   *
   * @param source where the new one is; when empty, where the old one was from
   */
  public Pinned update(
      String nameOrId, Optional<String> source, Optional<String> repository, Proof proof) {
    Pinned old = require(nameOrId);
    String from = source.orElse(old.source());
    byte[] jar = sources.read(from, repository);
    String verified = verify(from, jar, proof);
    BundleIdentity identity = JarCheck.identity(from, jar);
    if (!identity.name().equals(old.name())) {
      throw new HoraiException(
          ProviderErrors.TAKEN,
          from + " is another bundle",
          "it is " + identity.name() + ", not " + old.name(),
          "provider:install " + from);
    }
    try {
      return start(identity, from, jar, verified);
    } catch (HoraiException e) {
      bundles.start(old.name(), jars.jar(old));
      throw e;
    }
  }

  /** The installed provider of that symbolic name or id. */
  public Pinned require(String nameOrId) {
    return jars.find(nameOrId)
        .orElseThrow(
            () ->
                new HoraiException(
                    ProviderErrors.UNKNOWN,
                    "no provider " + nameOrId + " was installed",
                    "",
                    "provider:list"));
  }

  public Pinned remove(String nameOrId) {
    Pinned pinned = require(nameOrId);
    bundles.remove(pinned.name());
    jars.forget(pinned.name());
    LOG.info("Removed provider {}", pinned.name());
    return pinned;
  }

  /**
   * What is wrong with an installed provider now; empty when nothing is.
   *
   * @param proof keystore to ask when the jar is signed
   */
  public List<HoraiException> check(Pinned pinned, Proof proof) {
    List<HoraiException> wrong = new ArrayList<>();
    try {
      byte[] jar = jars.jar(pinned);
      if (pinned.signed()) {
        JarCheck.signer(pinned.name(), jar, trusted(proof));
      }
    } catch (HoraiException e) {
      wrong.add(e);
    }
    if (!runs(pinned)) {
      wrong.add(
          new HoraiException(
              ProviderErrors.DEFECT,
              pinned.name() + " does not run",
              "it was refused or failed when the program started; the log says why",
              "provider:update " + pinned.name() + ", or provider:remove " + pinned.name()));
    }
    return wrong;
  }
}
