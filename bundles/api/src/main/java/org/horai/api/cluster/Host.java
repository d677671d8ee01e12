package org.horai.api.cluster;

import java.util.Map;
import java.util.Set;

/**
 * A machine of the cluster.
 *
 * @param name its name in the inventory, unique in the cluster
 * @param address its address for the other hosts ({@code private_ipv4} of an Ansible inventory)
 * @param roles what it does
 * @param ssh how to log in
 * @param variables further inventory variables, without secrets
 */
public record Host(
    String name,
    String address,
    Set<HostRole> roles,
    SshTarget ssh,
    Map<String, String> variables) {
  public Host {
    roles = Set.copyOf(roles);
    variables = Map.copyOf(variables);
  }

  /** Whether it has this role, perhaps among others. */
  public boolean is(HostRole role) {
    return roles.contains(role);
  }
}
