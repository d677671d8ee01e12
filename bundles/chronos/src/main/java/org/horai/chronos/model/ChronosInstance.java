package org.horai.chronos.model;

import java.util.Optional;
import org.horai.api.cluster.HostPort;
import org.horai.api.deployer.Instance;

/**
 * One Chronos: its Marathon task, joined with the election.
 *
 * @param endpoint where the operator's machine reaches its HTTP API: the host and its first host
 *     port
 * @param candidate what it stands for election as; empty when it does not stand or cannot be told
 */
public record ChronosInstance(
    Instance task, Optional<HostPort> endpoint, Optional<HostPort> candidate, boolean leader) {
  /** Its own address on the overlay if known, else the host's. */
  public String address() {
    return candidate
        .map(HostPort::toString)
        .or(() -> task.addresses().stream().findFirst())
        .or(() -> endpoint.map(HostPort::toString))
        .orElse("");
  }
}
