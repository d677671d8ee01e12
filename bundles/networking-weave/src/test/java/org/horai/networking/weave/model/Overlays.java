package org.horai.networking.weave.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.horai.api.cluster.Host;
import org.horai.api.cluster.HostRole;
import org.horai.api.cluster.SshTarget;
import org.horai.api.network.OverlaySpec;
import org.horai.api.secret.SecretRef;

/** Made-up overlays for tests. */
public final class Overlays {
  private Overlays() {}

  public static OverlaySpec overlay(String version, Map<String, String> options) {
    return overlay(version, options, Optional.empty());
  }

  public static OverlaySpec overlay(
      String version, Map<String, String> options, Optional<SecretRef> password) {
    List<Host> hosts = IntStream.rangeClosed(1, 3).mapToObj(Overlays::host).toList();
    return new OverlaySpec(
        "weave", version, "10.32.0.0/12", "10.32.1.0/24", password, hosts, options);
  }

  private static Host host(int number) {
    return new Host(
        "h" + number,
        "10.88.0." + number,
        Set.of(number == 1 ? HostRole.MASTER : HostRole.AGENT),
        new SshTarget(
            "10.88.0." + number,
            22,
            "root",
            Optional.empty(),
            Optional.empty(),
            false,
            SshTarget.HostKeyPolicy.STRICT,
            Optional.empty()),
        Map.of());
  }
}
