package ${package};

import static org.horai.api.network.Capability.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.Host;
import org.horai.api.deployer.MarathonDialect;
import org.horai.api.health.Finding;
import org.horai.api.host.*;
import org.horai.api.network.*;
import org.horai.api.network.OverlayHealth.PeerHealth;
import org.osgi.service.component.annotations.Component;

/**
 * A bridge on every host, and nothing that joins them yet. Every method is pure: it describes, and
 * the engine acts.
 */
@Component
public final class Provider implements OverlayNetworkProvider {
  private static final String NAME = "${id}";
  private static final String CIDR = "(\\d{1,3}\\.){3}\\d{1,3}/([12]?\\d|3[0-2])";

  /** What {@code net:compare} shows. */
  @Override
  public ProviderInfo info() {
    return new ProviderInfo(NAME, "Overlay ${id}", "${version}",
        Map.of(NETWORK_MODEL, "bridge", APPLICATION_ISOLATION, "no", PROTOCOL_SUPPORT, "all",
            DISTRIBUTED_STORAGE, "no", ENCRYPTION, "no", PARTIALLY_CONNECTED, "no",
            SEPARATE_VNIC, "yes", IP_OVERLAP, "no", SUBNET_RESTRICTION, "yes"),
        List.of());
  }

  /** What to ask the hosts, and the stages whose checks become facts. */
  @Override
  public List<HostProbes> probes(OverlaySpec wanted) {
    List<Probe> probes = List.of(Probe.of(NAME + ".links", "ip -o link show"));
    return stages(wanted).stream()
        .map(stage -> new HostProbes(stage.host(), probes, List.of(stage)))
        .toList();
  }

  /** What is not yet as it should be. */
  @Override
  public List<HostProbes> planProbes(OverlaySpec wanted) {
    return HostProbes.checking(probes(wanted));
  }

  @Override
  public List<HostStage> plan(OverlaySpec wanted, OverlayView now) {
    return now.pending(stages(wanted));
  }

  private static List<HostStage> stages(OverlaySpec wanted) {
    require(wanted.range().matches(CIDR), wanted.range() + " is no network");
    require(wanted.subnet().matches(CIDR), wanted.subnet() + " is no network");
    require(wanted.options().isEmpty(), "it has no options, given are " + wanted.options());
    require(wanted.password().isEmpty(), "it cannot encrypt, leave overlay.password out");
    List<HostStage> stages = new ArrayList<>();
    for (Host host : wanted.hosts()) {
      List<Resource> resources = List.of(
          new Unit("unit", NAME, "Bridge of the overlay", true,
              List.of("ip link show " + NAME + " >/dev/null 2>&1 || ip link add " + NAME + " type bridge"),
              List.of("ip link del " + NAME), List.of(), List.of(), Optional.empty()),
          new Service("service", NAME, true, true, List.of("unit")));
      stages.add(new HostStage(NAME + ":up", "make the bridge", host.name(), resources, false,
          "containers of this host are joined by it"));
    }
    return stages;
  }

  private static void require(boolean good, String why) {
    if (!good) {
      throw new HoraiException(CommonErrors.USAGE, "no overlay " + NAME, why, "cluster:use FILE");
    }
  }

  /** How a container joins, and how it learns its address there. */
  @Override
  public WorkloadAttachment attach(WorkloadNetwork wanted, MarathonDialect era) {
    String octets = wanted.subnet().replaceFirst("\\.\\d+/.*", "").replace(".", "\\.");
    return new WorkloadAttachment(Map.of(), WorkloadAttachment.Mode.NAMED, Optional.of(NAME),
        Map.of(), Map.of(),
        "hostname -i | tr ' ' '\\n' | grep '^" + octets + "\\.' | head -n 1", false);
  }

  /** Compares what all peers say. */
  @Override
  public OverlayHealth observe(OverlaySpec wanted, OverlayView now) {
    List<PeerHealth> peers = new ArrayList<>();
    List<Finding> findings = new ArrayList<>();
    for (Host host : wanted.hosts()) {
      HostFacts facts = now.of(host.name());
      String links = facts.probe(NAME + ".links").map(ProbeOutput::stdout).orElse("");
      boolean silent = facts.problem().isPresent();
      String state = silent ? "unknown" : links.contains(" " + NAME + ":") ? "up" : "down";
      peers.add(new PeerHealth(host.name(), state, 0, 0, "", ""));
      if (!state.equals("up")) {
        findings.add(Finding.error(NAME.toUpperCase() + "-101", host.name(), "has no bridge " + NAME,
            facts.problem().orElse("ip link shows none"), "chronos:apply"));
      }
    }
    return new OverlayHealth(peers, findings);
  }

  /** The way back. */
  @Override
  public List<HostStage> remove(OverlaySpec current, OverlayView now) {
    List<Resource> gone = new ArrayList<>();
    gone.add(new Service("service", NAME, false, false, List.of()));
    gone.addAll(Unit.removal(NAME));
    return current.hosts().stream().map(host -> new HostStage(NAME + ":remove", "drop the bridge",
        host.name(), gone, true, "the overlay is not wanted any more")).toList();
  }
}
