package org.horai.zookeeper.client;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.horai.api.cluster.ZooKeeperSpec;
import org.horai.api.coordination.CoordinationStore;
import org.horai.api.secret.Secret;
import org.horai.api.secret.SecretRef;
import org.horai.api.time.Deadline;
import org.horai.zookeeper.model.ZkPath;

/** ZooKeeper over pooled sessions; opens none before it is asked. */
public final class PooledStore implements CoordinationStore, AutoCloseable {
  private final SessionPool sessions;

  /**
   * @param secrets resolves the digest an ensemble wants
   * @param idle after which a session nobody uses is closed
   */
  public PooledStore(Function<SecretRef, Secret> secrets, Duration idle) {
    this.sessions = new SessionPool(secrets, idle);
  }

  @Override
  public void close() {
    sessions.close();
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
