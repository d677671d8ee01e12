package org.horai.api.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
 * @param overlay the network in use
 * @param overlays all networks that the file describes, its own choice first
 * @param beside a second network that workloads are on as well while they move to or from it
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
    ChronosSpec chronos,
    List<OverlaySpec> overlays,
    Optional<OverlaySpec> beside) {
  public ClusterSpec {
    marathon = List.copyOf(marathon);
    overlays = List.copyOf(overlays);
  }

  /** A cluster with one network. */
  public ClusterSpec(
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
    this(
        name,
        production,
        file,
        inventory,
        zookeeper,
        mesos,
        marathon,
        marathonCredentials,
        mesosCredentials,
        overlay,
        agent,
        chronos,
        List.of(overlay),
        Optional.empty());
  }

  /** What the file says of a provider's network. */
  public Optional<OverlaySpec> described(String provider) {
    return overlays.stream().filter(o -> o.provider().equals(provider)).findFirst();
  }

  /**
   * A provider's network: as the file describes it, else with the range and subnet of the file's
   * own choice.
   */
  public OverlaySpec network(String provider) {
    OverlaySpec own = overlays.get(0);
    return described(provider)
        .orElseGet(
            () ->
                new OverlaySpec(
                    provider,
                    "",
                    own.range(),
                    own.subnet(),
                    Optional.empty(),
                    own.hosts(),
                    Map.of()));
  }

  /** The same cluster on another network. */
  public ClusterSpec on(OverlaySpec other) {
    return with(chronos, other, overlays, Optional.empty());
  }

  /** The same cluster on another network, its workloads on a second one as well. */
  public ClusterSpec on(OverlaySpec other, OverlaySpec second) {
    return with(chronos, other, overlays, Optional.of(second));
  }

  /** The same cluster with further networks to choose from. */
  public ClusterSpec describing(List<OverlaySpec> more) {
    return with(chronos, overlay, more, beside);
  }

  /** The same cluster with another Chronos. */
  public ClusterSpec running(ChronosSpec other) {
    return with(other, overlay, overlays, beside);
  }

  private ClusterSpec with(
      ChronosSpec run, OverlaySpec used, List<OverlaySpec> all, Optional<OverlaySpec> second) {
    return new ClusterSpec(
        name,
        production,
        file,
        inventory,
        zookeeper,
        mesos,
        marathon,
        marathonCredentials,
        mesosCredentials,
        used,
        agent,
        run,
        all,
        second);
  }
}
