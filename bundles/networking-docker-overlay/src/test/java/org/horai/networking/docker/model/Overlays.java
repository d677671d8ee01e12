package org.horai.networking.docker.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.horai.api.cluster.Host;
import org.horai.api.cluster.HostRole;
import org.horai.api.cluster.SshTarget;
import org.horai.api.network.OverlaySpec;

/** Made-up overlays for tests: a master h1 and agents h2, h3. */
public final class Overlays {
  private Overlays() {}

  public static OverlaySpec overlay(Map<String, String> options) {
    return overlay(
        "10.66.0.0/16", options, IntStream.rangeClosed(1, 3).mapToObj(Overlays::host).toList());
  }

  public static OverlaySpec overlay(String subnet, Map<String, String> options, List<Host> hosts) {
    return new OverlaySpec(
        "docker-overlay", "20.10", "10.66.0.0/16", subnet, Optional.empty(), hosts, options);
  }

  public static Host host(int number) {
    return host("h" + number, "10.88.0." + number, Map.of());
  }

  public static Host host(String name, String address, Map<String, String> variables) {
    return new Host(
        name,
        address,
        Set.of(name.equals("h1") ? HostRole.MASTER : HostRole.AGENT),
        new SshTarget(
            address,
            22,
            "root",
            Optional.empty(),
            Optional.empty(),
            false,
            SshTarget.HostKeyPolicy.STRICT,
            Optional.empty()),
        variables);
  }
}
