package org.horai.core.secret;

import java.util.Optional;
import org.horai.api.recording.Tap;
import org.horai.api.secret.Secret;
import org.horai.api.secret.SecretPrompter;
import org.horai.api.secret.SecretRef;
import org.horai.api.secret.SecretResolver;
import org.horai.core.secret.client.StoredSecrets;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Publishes the resolver. Immediate, for it must not forget what was typed when nobody asks. */
@Component(immediate = true)
public final class SecretComponent implements SecretResolver {
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile SecretPrompter prompter;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile Tap tap;

  private final StoredSecrets secrets = new StoredSecrets(System::getenv, this::ask);

  @Override
  public Secret resolve(SecretRef reference) {
    return Tap.of(tap).secrets(secrets).resolve(reference);
  }

  private Optional<Secret> ask(String what) {
    SecretPrompter present = prompter;
    return present == null ? Optional.empty() : present.ask(what);
  }
}
