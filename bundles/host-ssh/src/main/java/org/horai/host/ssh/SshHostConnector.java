package org.horai.host.ssh;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.Host;
import org.horai.api.host.HostConnector;
import org.horai.api.secret.Secret;
import org.horai.api.secret.SecretPrompter;
import org.horai.api.secret.SecretRef;
import org.horai.api.secret.SecretResolver;
import org.horai.api.service.Needed;
import org.horai.api.time.Deadline;
import org.horai.host.ssh.client.SshHosts;
import org.horai.host.ssh.model.Operator;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * The hosts' connector; its connections live as long as it does. Immediate, because a delayed one
 * would lose them whenever nobody holds it; what it needs is made for the first script only.
 */
@Component(service = HostConnector.class, immediate = true)
public final class SshHostConnector implements HostConnector {
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile SecretResolver secrets;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile SecretPrompter prompter;

  private SshHosts hosts;
  private boolean stopped;

  @Deactivate
  synchronized void stop() {
    stopped = true;
    if (hosts != null) {
      hosts.close();
    }
  }

  @Override
  public HostExit run(Host host, Script script, Consumer<String> lines, Deadline deadline) {
    return hosts().run(host, script, lines, deadline);
  }

  @Override
  public void prepare(Host host, Deadline deadline) {
    hosts().prepare(host, deadline);
  }

  private synchronized SshHosts hosts() {
    if (stopped) {
      throw new HoraiException(
          CommonErrors.PROVIDER_GONE, "the SSH bundle was stopped", "start bundle host-ssh");
    }
    if (hosts == null) {
      hosts =
          new SshHosts(
              new Operator(
                  System.getProperty("user.home"), System.getProperty("user.name"), System::getenv),
              Path.of("/etc/ssh"),
              this::resolve,
              this::ask);
    }
    return hosts;
  }

  private Optional<Boolean> ask(String question) {
    SecretPrompter present = prompter;
    return present == null ? Optional.empty() : present.confirm(question);
  }

  private Secret resolve(SecretRef reference) {
    return Needed.service("secret", "core", () -> secrets).resolve(reference);
  }
}
