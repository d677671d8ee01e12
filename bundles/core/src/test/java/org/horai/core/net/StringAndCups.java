package org.horai.core.net;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.horai.api.deployer.MarathonDialect;
import org.horai.api.health.Finding;
import org.horai.api.host.FileContent;
import org.horai.api.host.HostProbes;
import org.horai.api.host.HostStage;
import org.horai.api.host.Probe;
import org.horai.api.network.Capability;
import org.horai.api.network.OverlayHealth;
import org.horai.api.network.OverlayHealth.PeerHealth;
import org.horai.api.network.OverlayNetworkProvider;
import org.horai.api.network.OverlaySpec;
import org.horai.api.network.OverlayView;
import org.horai.api.network.ProviderInfo;
import org.horai.api.network.ProviderInfo.ProviderOption;
import org.horai.api.network.WorkloadAttachment;
import org.horai.api.network.WorkloadNetwork;

/** A small but whole provider: every host has a file, and says "taut" when it hears the others. */
final class StringAndCups implements OverlayNetworkProvider {
  private final String id;

  StringAndCups(String id) {
    this.id = id;
  }

  @Override
  public ProviderInfo info() {
    Map<Capability, String> capabilities = new EnumMap<>(Capability.class);
    for (Capability capability : Capability.values()) {
      capabilities.put(capability, "no");
    }
    capabilities.put(Capability.NETWORK_MODEL, "string");
    capabilities.put(Capability.PARTIALLY_CONNECTED, "yes");
    return new ProviderInfo(
        id,
        "String and Cups",
        "1.0",
        capabilities,
        List.of(new ProviderOption("length", "of the string", "3m")));
  }

  @Override
  public List<HostProbes> probes(OverlaySpec wanted) {
    return wanted.hosts().stream()
        .map(
            host ->
                new HostProbes(
                    host.name(), List.of(Probe.of("cups.state", "cat /cup")), stages(host.name())))
        .toList();
  }

  @Override
  public List<HostProbes> planProbes(OverlaySpec wanted) {
    return HostProbes.checking(probes(wanted));
  }

  @Override
  public List<HostStage> plan(OverlaySpec wanted, OverlayView now) {
    return now.pending(
        wanted.hosts().stream().flatMap(host -> stages(host.name()).stream()).toList());
  }

  @Override
  public WorkloadAttachment attach(WorkloadNetwork wanted, MarathonDialect era) {
    return new WorkloadAttachment(
        Map.of(),
        WorkloadAttachment.Mode.BRIDGE,
        Optional.empty(),
        Map.of(),
        Map.of(),
        "hostname -i",
        true);
  }

  @Override
  public OverlayHealth observe(OverlaySpec wanted, OverlayView now) {
    List<PeerHealth> peers = new ArrayList<>();
    List<Finding> findings = new ArrayList<>();
    int others = wanted.hosts().size() - 1;
    wanted
        .hosts()
        .forEach(
            host -> {
              boolean known = now.of(host.name()).problem().isEmpty();
              String state =
                  now.of(host.name())
                      .probe("cups.state")
                      .filter(output -> output.stdout().equals("taut"))
                      .map(output -> "up")
                      .orElse(known ? "down" : "unknown");
              boolean up = state.equals("up");
              peers.add(new PeerHealth(host.name(), state, up ? others : 0, others, "", ""));
              if (known && !up) {
                findings.add(
                    Finding.error("CUP-1", host.name(), "the string is slack", "", "pull it"));
              }
            });
    return new OverlayHealth(peers, findings);
  }

  private static List<HostStage> stages(String host) {
    return List.of(
        new HostStage(
            "cups:string",
            "lay the string",
            host,
            List.of(FileContent.of("/etc/string", "3m")),
            false,
            "no string yet"),
        new HostStage(
            "cups:cup", "hang the cup", host, List.of(FileContent.of("/cup", "taut")), true, ""));
  }
}
