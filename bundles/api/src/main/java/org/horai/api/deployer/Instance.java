package org.horai.api.deployer;

import java.util.List;
import java.util.Optional;

/**
 * A live task of an app; tasks that ended are not instances.
 *
 * @param host agent it runs on, as Marathon names it
 * @param ports host ports
 * @param addresses addresses of its own that Marathon knows; often none with Weave
 * @param version the app version it was started from
 * @param healthy empty while not yet checked
 */
public record Instance(
    String taskId,
    String host,
    List<Integer> ports,
    List<String> addresses,
    String state,
    String version,
    Optional<Boolean> healthy) {
  public Instance {
    ports = List.copyOf(ports);
    addresses = List.copyOf(addresses);
  }

  /** Whether its task runs; nothing is said of its health. */
  public boolean running() {
    return state.equalsIgnoreCase("TASK_RUNNING") || state.equalsIgnoreCase("Running");
  }
}
