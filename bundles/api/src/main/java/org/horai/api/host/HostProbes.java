package org.horai.api.host;

import java.util.List;

/**
 * What to ask one host: probes, and stages whose resources are checked without changing anything.
 *
 * @param host inventory name
 */
public record HostProbes(String host, List<Probe> probes, List<HostStage> checks) {
  public HostProbes {
    probes = List.copyOf(probes);
    checks = List.copyOf(checks);
  }
}
