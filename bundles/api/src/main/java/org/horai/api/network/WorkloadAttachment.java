package org.horai.api.network;

import java.util.Map;
import java.util.Optional;

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
 */
public record WorkloadAttachment(
    Map<String, String> environment,
    Mode mode,
    Optional<String> networkName,
    Map<String, String> dockerParameters,
    Map<String, String> agentFlags,
    String addressCommand,
    boolean mastersReachContainers) {
  public WorkloadAttachment {
    environment = Map.copyOf(environment);
    dockerParameters = Map.copyOf(dockerParameters);
    agentFlags = Map.copyOf(agentFlags);
  }

  /** The container's network in Marathon's words. */
  public enum Mode {
    BRIDGE,
    HOST,
    NAMED
  }
}
