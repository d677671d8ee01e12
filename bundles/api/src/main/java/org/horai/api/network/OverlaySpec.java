package org.horai.api.network;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.horai.api.cluster.Host;
import org.horai.api.secret.SecretRef;

/**
 * The wanted overlay.
 *
 * @param provider id of the provider
 * @param version of the network software, such as {@code 1.5.2}
 * @param range all addresses the overlay may give, CIDR
 * @param subnet the workloads' subnet inside it, CIDR
 * @param password encrypts the overlay when present
 * @param hosts all hosts that take part, masters and agents
 * @param options provider-specific, all keys known to the provider
 */
public record OverlaySpec(
    String provider,
    String version,
    String range,
    String subnet,
    Optional<SecretRef> password,
    List<Host> hosts,
    Map<String, String> options) {
  public OverlaySpec {
    hosts = List.copyOf(hosts);
    options = Map.copyOf(options);
  }

  /** All hosts but this one. */
  public List<Host> others(Host self) {
    return hosts.stream().filter(host -> !host.name().equals(self.name())).toList();
  }

  /** What the cluster file says of an option, or the default. */
  public String option(String name, String defaultValue) {
    return options.getOrDefault(name, defaultValue);
  }
}
