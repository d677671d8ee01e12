package org.horai.sandbox.mesos;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A task as a scheduler wants it.
 *
 * @param taskId unique within the framework
 * @param name shown in state
 * @param cpus cores
 * @param memMiB memory
 * @param diskMiB disk
 * @param hostPorts ports of the agent that it takes
 * @param command run with {@code /bin/sh -c}; empty when the image's own command runs
 * @param args arguments instead of a command
 * @param env environment
 * @param user as whom it runs; empty as the framework's user
 * @param docker the container; empty runs on the host
 * @param labels shown in state
 * @param discoveryPorts ports shown in state
 */
public record TaskInfo(
    String taskId,
    String name,
    double cpus,
    double memMiB,
    double diskMiB,
    List<Integer> hostPorts,
    Optional<String> command,
    List<String> args,
    Map<String, String> env,
    Optional<String> user,
    Optional<DockerContainer> docker,
    Map<String, String> labels,
    List<DiscoveryPort> discoveryPorts) {

  /** Copies the collections. */
  public TaskInfo {
    hostPorts = List.copyOf(hostPorts);
    args = List.copyOf(args);
    env = Map.copyOf(env);
    labels = Map.copyOf(labels);
    discoveryPorts = List.copyOf(discoveryPorts);
  }

  /** A plain command on the host, as root, with neither ports nor labels. */
  public static TaskInfo ofCommand(
      String taskId, String name, double cpus, double memMiB, double diskMiB, String command) {
    return new TaskInfo(
        taskId,
        name,
        cpus,
        memMiB,
        diskMiB,
        List.of(),
        Optional.of(command),
        List.of(),
        Map.of(),
        Optional.of("root"),
        Optional.empty(),
        Map.of(),
        List.of());
  }

  /** What it takes from an agent. */
  public Resources resources() {
    return new Resources(cpus, memMiB, diskMiB, PortRanges.of(hostPorts));
  }

  /** A port as service discovery shows it. */
  public record DiscoveryPort(int number, String name, String protocol) {}

  /**
   * A Docker container.
   *
   * @param image the image with its tag
   * @param network HOST, BRIDGE, USER or NONE
   * @param networkName the network for USER
   * @param portMappings only for BRIDGE and USER
   * @param parameters {@code --key=value} of the docker client, in their order; keys may repeat
   * @param privileged as named
   * @param forcePull as named
   */
  public record DockerContainer(
      String image,
      String network,
      Optional<String> networkName,
      List<PortMapping> portMappings,
      List<Map.Entry<String, String>> parameters,
      boolean privileged,
      boolean forcePull) {

    /** Copies the collections. */
    public DockerContainer {
      portMappings = List.copyOf(portMappings);
      parameters = List.copyOf(parameters);
    }
  }

  /** A container's port behind one of the host; host port 0 means it is not exposed. */
  public record PortMapping(int containerPort, int hostPort, String protocol) {}
}
