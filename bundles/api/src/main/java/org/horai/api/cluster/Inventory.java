package org.horai.api.cluster;

import java.util.List;
import java.util.Optional;

/** The hosts of a cluster, in the order they were written. */
public record Inventory(List<Host> hosts) {
  public Inventory {
    hosts = List.copyOf(hosts);
  }

  public List<Host> masters() {
    return having(HostRole.MASTER);
  }

  public List<Host> agents() {
    return having(HostRole.AGENT);
  }

  public List<Host> having(HostRole role) {
    return hosts.stream().filter(host -> host.is(role)).toList();
  }

  public Optional<Host> host(String name) {
    return hosts.stream().filter(host -> host.name().equals(name)).findFirst();
  }

  /** The host with that inventory name or address; Mesos and Marathon may name either. */
  public Optional<Host> byNameOrAddress(String nameOrAddress) {
    return hosts.stream()
        .filter(h -> h.name().equals(nameOrAddress) || h.address().equals(nameOrAddress))
        .findFirst();
  }
}
