package org.horai.api.jobs;

import java.util.Map;
import org.horai.api.cluster.ChronosSpec;
import org.horai.api.cluster.ZooKeeperSpec;

/**
 * What a launch command is made from.
 *
 * @param mesosZkPath election path of the masters
 * @param addressCommand shell text printing the container's address
 * @param mastersReachContainers false when host ports must be advertised
 */
public record LaunchContext(
    ChronosSpec chronos,
    ZooKeeperSpec zookeeper,
    String mesosZkPath,
    String addressCommand,
    boolean mastersReachContainers) {

  /** The launch of one instance: its shell command and variables. */
  public record Launch(String command, Map<String, String> environment) {
    public Launch {
      environment = Map.copyOf(environment);
    }
  }
}
