package org.horai.sandbox.host;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a simulated host is made of.
 *
 * @param name its host name
 * @param ssh where its SSH server listens; the address is the host's own on the network as well.
 *     Port 0 takes a free one and keeps it
 * @param directory everything the host keeps; made when missing
 * @param weave the version of the weave script that is installed, {@code 1.5.2} or {@code 2.8.1};
 *     empty leaves it to be installed, see {@link HostTools#weaveScript}
 * @param services units that exist, are enabled and active from the start, e.g. {@code docker},
 *     {@code mesos-slave}; starting and stopping them is told to the {@link UnitHook}
 */
public record HostSpec(
    String name,
    InetSocketAddress ssh,
    Path directory,
    Optional<String> weave,
    List<String> services) {

  /** Checks and copies. */
  public HostSpec {
    services = List.copyOf(services);
    if (!name.matches("[a-z0-9][a-z0-9.-]*")) {
      throw new IllegalArgumentException("not a host name: " + name);
    }
  }

  /** The host's address, numeric. */
  public String address() {
    return ssh.getAddress().getHostAddress();
  }
}
