package org.horai.host.ssh;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.Host;
import org.horai.api.host.HostConnector;
import org.horai.api.secret.Secret;
import org.horai.api.secret.SecretRef;
import org.horai.api.secret.SecretResolver;
import org.horai.api.time.Deadline;
import org.horai.host.ssh.client.SshHosts;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The hosts' connector; its connections live as long as it does. */
@Component(service = HostConnector.class)
public final class SshHostConnector implements HostConnector {
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile SecretResolver secrets;

  private final SshHosts hosts;

  @Activate
  public SshHostConnector() {
    hosts = new SshHosts(Path.of(System.getProperty("user.home")), this::resolve);
  }

  @Deactivate
  void stop() {
    hosts.close();
  }

  @Override
  public HostExit run(Host host, String script, Consumer<String> lines, Deadline deadline) {
    return hosts.run(host, script, lines, deadline);
  }

  private Secret resolve(SecretRef reference) {
    SecretResolver resolver = secrets;
    if (resolver == null) {
      throw new HoraiException(
          CommonErrors.PROVIDER_GONE,
          "secret " + reference + " cannot be resolved",
          "no secret store is installed",
          "bundle core brings it");
    }
    return resolver.resolve(reference);
  }
}
