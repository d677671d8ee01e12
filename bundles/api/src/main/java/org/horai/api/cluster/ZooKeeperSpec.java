package org.horai.api.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.horai.api.secret.SecretRef;

/**
 * The ensemble.
 *
 * @param servers all servers
 * @param auth {@code user:password} for digest authentication, by reference
 * @param sessionTimeout of our own sessions
 */
public record ZooKeeperSpec(
    List<HostPort> servers, Optional<SecretRef> auth, Duration sessionTimeout) {
  public ZooKeeperSpec {
    servers = List.copyOf(servers);
  }

  /** {@code host:port,host:port}. */
  public String connectString() {
    return servers.stream().map(HostPort::toString).collect(Collectors.joining(","));
  }
}
