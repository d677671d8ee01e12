package org.horai.zookeeper;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.horai.api.cluster.ZooKeeperSpec;
import org.horai.api.coordination.CoordinationStore;
import org.horai.api.recording.Tap;
import org.horai.api.secret.Secret;
import org.horai.api.secret.SecretRef;
import org.horai.api.secret.SecretResolver;
import org.horai.api.service.Needed;
import org.horai.api.time.Deadline;
import org.horai.zookeeper.client.PooledStore;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * ZooKeeper as the coordination store. Immediate, so that its open sessions outlive the commands
 * that come and go; opens none before it is asked.
 */
@Component(service = CoordinationStore.class, immediate = true)
public final class ZooKeeperStore implements CoordinationStore {
  private static final Duration IDLE = Duration.ofMinutes(1);

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile SecretResolver secrets;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile Tap tap;

  private final PooledStore pooled;

  @Activate
  public ZooKeeperStore() {
    this.pooled = new PooledStore(this::resolve, IDLE);
  }

  @Deactivate
  public void close() {
    pooled.close();
  }

  private Secret resolve(SecretRef reference) {
    return Needed.service("secret", "core", () -> secrets).resolve(reference);
  }

  private CoordinationStore wire() {
    return Tap.of(tap).store(pooled);
  }

  @Override
  public EnsembleHealth health(ZooKeeperSpec ensemble, Deadline deadline) {
    return wire().health(ensemble, deadline);
  }

  @Override
  public Optional<Node> read(ZooKeeperSpec ensemble, String path, Deadline deadline) {
    return wire().read(ensemble, path, deadline);
  }

  @Override
  public List<String> children(ZooKeeperSpec ensemble, String path, Deadline deadline) {
    return wire().children(ensemble, path, deadline);
  }

  @Override
  public void write(ZooKeeperSpec ensemble, String path, byte[] data, Deadline deadline) {
    wire().write(ensemble, path, data, deadline);
  }

  @Override
  public void deleteTree(
      ZooKeeperSpec ensemble, String path, Set<String> guarded, Deadline deadline) {
    wire().deleteTree(ensemble, path, guarded, deadline);
  }

  @Override
  public List<Candidate> election(ZooKeeperSpec ensemble, String path, Deadline deadline) {
    return wire().election(ensemble, path, deadline);
  }

  @Override
  public Lock lock(ZooKeeperSpec ensemble, String path, String holder, Deadline deadline) {
    return wire().lock(ensemble, path, holder, deadline);
  }

  @Override
  public Watch watch(ZooKeeperSpec ensemble, String path, Runnable changed, Deadline deadline) {
    return wire().watch(ensemble, path, changed, deadline);
  }
}
