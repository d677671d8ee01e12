package org.horai.api.network;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.horai.api.host.HostFacts;
import org.horai.api.host.HostStage;

/** What all hosts of an overlay said, by host name. */
public record OverlayView(Map<String, HostFacts> hosts) {
  public OverlayView {
    hosts = Map.copyOf(hosts);
  }

  /** What that host said; a problem when it was not asked. */
  public HostFacts of(String host) {
    return Objects.requireNonNullElseGet(
        hosts.get(host), () -> HostFacts.unreachable(host, "not asked"));
  }

  /** The stages, reduced to what is not as wanted; empty when the hosts are converged. */
  public List<HostStage> pending(List<HostStage> stages) {
    return stages.stream()
        .map(stage -> of(stage.host()).pending(stage))
        .flatMap(Optional::stream)
        .toList();
  }
}
