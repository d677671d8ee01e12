package org.horai.api.network;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;

/**
 * What must be true of an app and of the Mesos agents so that the app's containers join the
 * overlay. The one place where overlay knowledge enters both.
 *
 * @param environment variables of the container
 * @param mode how the container is networked in Marathon
 * @param networkName for {@link Mode#NAMED}
 * @param dockerParameters passed to docker run, such as {@code net=NAME} on old Marathons
 * @param agentFlags wanted flags of the Mesos agents, such as docker_socket
 * @param addressCommand shell text that prints the container's overlay address inside it
 * @param mastersReachContainers false when the masters cannot dial overlay addresses, so that a
 *     host port must be advertised instead
 * @param marathonReachesContainers false when Marathon cannot dial the address that it knows of a
 *     container, and so cannot check its health there; of two networks it knows the one with a name
 */
public record WorkloadAttachment(
    Map<String, String> environment,
    Mode mode,
    Optional<String> networkName,
    Map<String, String> dockerParameters,
    Map<String, String> agentFlags,
    String addressCommand,
    boolean mastersReachContainers,
    boolean marathonReachesContainers) {
  private static final String DOCKER = "/var/run/docker.sock";
  private static final String APART =
      "chronos:remove (jobs and framework stay), net:use PROVIDER, chronos:apply";

  public WorkloadAttachment {
    environment = Map.copyOf(environment);
    dockerParameters = Map.copyOf(dockerParameters);
    agentFlags = Map.copyOf(agentFlags);
  }

  /** On one network: Marathon's hosts are masters. */
  public WorkloadAttachment(
      Map<String, String> environment,
      Mode mode,
      Optional<String> networkName,
      Map<String, String> dockerParameters,
      Map<String, String> agentFlags,
      String addressCommand,
      boolean mastersReachContainers) {
    this(
        environment,
        mode,
        networkName,
        dockerParameters,
        agentFlags,
        addressCommand,
        mastersReachContainers,
        mastersReachContainers);
  }

  /**
   * By the name of one of Docker's networks, whose containers the masters reach. Agents must talk
   * to Docker itself, not to the proxy of an overlay that was there before.
   *
   * @param subnet of the containers
   * @param mode {@link Mode#NAMED}, or {@link Mode#BRIDGE} where Docker has to be told the name
   */
  public static WorkloadAttachment byName(String network, Subnet subnet, Mode mode) {
    boolean named = mode == Mode.NAMED;
    return new WorkloadAttachment(
        Map.of(),
        mode,
        named ? Optional.of(network) : Optional.empty(),
        named ? Map.of() : Map.of("net", network),
        Map.of("docker_socket", DOCKER),
        subnet.addressCommand(),
        true);
  }

  /**
   * On another network besides: both are joined, the address stays that of this one. An agent's
   * socket that is not Docker's own wins, for an overlay's proxy passes everything on.
   *
   * @throws HoraiException REFUSED when a container or an agent cannot be told both
   */
  public WorkloadAttachment alsoOn(WorkloadAttachment other) {
    Map<String, String> flags = new TreeMap<>(other.agentFlags);
    agentFlags.forEach((name, value) -> flags.merge(name, value, WorkloadAttachment::either));
    boolean sameName = networkName.equals(other.networkName);
    if (mode == Mode.HOST || other.mode == Mode.HOST || mode == other.mode && !sameName) {
      throw both("Docker starts a container on one network only", APART);
    }
    return new WorkloadAttachment(
        union(environment, other.environment),
        mode == Mode.NAMED ? mode : other.mode,
        networkName.or(other::networkName),
        union(dockerParameters, other.dockerParameters),
        flags,
        addressCommand,
        mastersReachContainers,
        mode == Mode.NAMED || other.mode != Mode.NAMED
            ? marathonReachesContainers
            : other.marathonReachesContainers);
  }

  private static Map<String, String> union(Map<String, String> own, Map<String, String> other) {
    Map<String, String> all = new TreeMap<>(other);
    own.forEach((name, value) -> all.merge(name, value, WorkloadAttachment::either));
    return all;
  }

  private static String either(String one, String other) {
    if (one.equals(other) || other.equals(DOCKER)) {
      return one;
    }
    if (one.equals(DOCKER)) {
      return other;
    }
    throw both("one wants " + one + ", the other " + other, APART);
  }

  private static HoraiException both(String why, String next) {
    return new HoraiException(
        CommonErrors.REFUSED, "the workloads cannot be on both networks at a time", why, next);
  }

  /** The container's network in Marathon's words. */
  public enum Mode {
    BRIDGE,
    HOST,
    NAMED
  }
}
