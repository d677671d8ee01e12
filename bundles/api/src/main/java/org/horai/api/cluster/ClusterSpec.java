package org.horai.api.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.horai.api.network.OverlaySpec;
import org.horai.api.secret.SecretRef;

/**
 * What a cluster is wanted to be: the cluster file after validation, defaults filled in.
 *
 * @param name how the operator calls it
 * @param production true if disruptive plans ask for the name
 * @param file where it was read from; empty for the sandbox
 * @param marathon addresses of all Marathon instances
 * @param marathonCredentials {@code user:password} by reference
 * @param mesosCredentials {@code principal:secret} by reference
 */
public record ClusterSpec(
    String name,
    boolean production,
    Optional<Path> file,
    Inventory inventory,
    ZooKeeperSpec zookeeper,
    MesosSpec mesos,
    List<HostPort> marathon,
    Optional<SecretRef> marathonCredentials,
    Optional<SecretRef> mesosCredentials,
    OverlaySpec overlay,
    AgentSpec agent,
    ChronosSpec chronos) {
  public ClusterSpec {
    marathon = List.copyOf(marathon);
  }
}
