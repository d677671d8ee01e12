package org.horai.api.cluster;

import java.util.List;
import java.util.Optional;

/** The hosts of a cluster, in the order they were written. */
public record Inventory(List<Host> hosts) {
  public Inventory {
    hosts = List.copyOf(hosts);
  }

  /** Hosts with the role of a master, in the order of the inventory. */
  public List<Host> masters() {
    return having(HostRole.MASTER);
  }

  /** Hosts with the role of an agent, in the order of the inventory. */
  public List<Host> agents() {
    return having(HostRole.AGENT);
  }

  /** Hosts with this role, in the order of the inventory. */
  public List<Host> having(HostRole role) {
    return hosts.stream().filter(host -> host.is(role)).toList();
  }

  /** The host of that inventory name. */
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
