package org.horai.api.network;

import java.util.List;

/**
 * How a workload wants to be on the overlay.
 *
 * @param subnet CIDR its instances take addresses from
 * @param containerPorts ports it listens on inside the container
 */
public record WorkloadNetwork(String subnet, List<Integer> containerPorts) {
  public WorkloadNetwork {
    containerPorts = List.copyOf(containerPorts);
  }
}
