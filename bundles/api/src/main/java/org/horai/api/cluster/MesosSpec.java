package org.horai.api.cluster;

import java.util.List;

/**
 * Where Mesos is found.
 *
 * @param zkPath path of the masters' election, usually {@code /mesos}
 * @param masters HTTP addresses of all masters, used when ZooKeeper cannot be asked
 * @param agentPort HTTP port of the agents, usually 5051
 */
public record MesosSpec(String zkPath, List<HostPort> masters, int agentPort) {
  public MesosSpec {
    masters = List.copyOf(masters);
  }
}
