package org.horai.zookeeper;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.horai.api.cluster.ZooKeeperSpec;
import org.horai.api.coordination.CoordinationStore;
import org.horai.api.secret.Secret;
import org.horai.api.secret.SecretRef;
import org.horai.api.secret.SecretResolver;
import org.horai.api.service.Needed;
import org.horai.api.time.Deadline;
import org.horai.zookeeper.client.SessionPool;
import org.horai.zookeeper.model.ZkPath;
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

  private final SessionPool sessions;

  @Activate
  public ZooKeeperStore() {
    this.sessions = new SessionPool(this::resolve, IDLE);
  }

  @Deactivate
  public void close() {
    sessions.close();
  }

  private Secret resolve(SecretRef reference) {
    return Needed.service("secret", "core", () -> secrets).resolve(reference);
  }

  @Override
  public EnsembleHealth health(ZooKeeperSpec ensemble, Deadline deadline) {
    return new EnsembleHealth(sessions.servers().ask(ensemble.servers(), deadline));
  }

  @Override
  public Optional<Node> read(ZooKeeperSpec ensemble, String path, Deadline deadline) {
    return sessions.with(ensemble, deadline, nodes -> nodes.read(ZkPath.of(path)));
  }

  @Override
  public List<String> children(ZooKeeperSpec ensemble, String path, Deadline deadline) {
    return sessions.with(ensemble, deadline, nodes -> nodes.children(ZkPath.of(path)));
  }

  @Override
  public void write(ZooKeeperSpec ensemble, String path, byte[] data, Deadline deadline) {
    sessions.with(
        ensemble,
        deadline,
        nodes -> {
          nodes.write(ZkPath.of(path), data);
          return null;
        });
  }

  @Override
  public void deleteTree(
      ZooKeeperSpec ensemble, String path, Set<String> guarded, Deadline deadline) {
    sessions.with(
        ensemble,
        deadline,
        nodes -> {
          nodes.deleteTree(ZkPath.of(path), guarded);
          return null;
        });
  }

  @Override
  public List<Candidate> election(ZooKeeperSpec ensemble, String path, Deadline deadline) {
    return sessions.with(ensemble, deadline, nodes -> nodes.election(ZkPath.of(path)));
  }

  @Override
  public Lock lock(ZooKeeperSpec ensemble, String path, String holder, Deadline deadline) {
    return sessions.lock(ensemble, ZkPath.of(path), holder, deadline);
  }

  @Override
  public Watch watch(ZooKeeperSpec ensemble, String path, Runnable changed, Deadline deadline) {
    return sessions.watch(ensemble, ZkPath.of(path), changed, deadline);
  }
}
