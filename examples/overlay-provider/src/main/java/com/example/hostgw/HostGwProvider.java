package com.example.hostgw;

import static org.horai.api.network.Capability.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.Host;
import org.horai.api.cluster.HostRole;
import org.horai.api.deployer.MarathonDialect;
import org.horai.api.health.Finding;
import org.horai.api.host.*;
import org.horai.api.network.*;
import org.horai.api.network.OverlayHealth.PeerHealth;
import org.osgi.service.component.annotations.Component;

/** Each agent has a part of the subnet; every other host of the LAN has a route to it. */
@Component
public final class HostGwProvider implements OverlayNetworkProvider {
  private static final String NAME = "hostgw";
  private static final KernelParameter FORWARD =
      new KernelParameter("forward", "net.ipv4.ip_forward", "1").heldBy(NAME);

  /** An agent, and the addresses of its containers. */
  private record Part(Host host, String cidr) {
    String route() {
      return cidr + " via " + host.address();
    }
  }

  @Override
  public ProviderInfo info() {
    return new ProviderInfo(NAME, "Host routes", "1.0.0",
        Map.of(NETWORK_MODEL, "routes on one LAN", APPLICATION_ISOLATION, "no",
            PROTOCOL_SUPPORT, "all", DISTRIBUTED_STORAGE, "no", ENCRYPTION, "no",
            PARTIALLY_CONNECTED, "no", SEPARATE_VNIC, "yes", IP_OVERLAP, "no",
            SUBNET_RESTRICTION, "yes, for sixteen agents"),
        List.of());
  }

  @Override
  public List<HostProbes> probes(OverlaySpec wanted) {
    List<Probe> probes = List.of(Probe.of("hostgw.routes", "ip -4 route show"));
    return stages(wanted).map(s -> new HostProbes(s.host(), probes, List.of(s))).toList();
  }

  @Override
  public List<HostStage> plan(OverlaySpec wanted, OverlayView now) {
    return now.pending(stages(wanted).toList());
  }

  private static Stream<HostStage> stages(OverlaySpec wanted) {
    List<Part> parts = parts(wanted);
    return wanted.hosts().stream().map(host -> new HostStage("hostgw:up", "route to containers",
        host.name(), resources(host, parts), false, "each agent has a part of the subnet"));
  }

  private static List<Resource> resources(Host host, List<Part> parts) {
    List<Resource> wanted = new ArrayList<>(List.of(FORWARD));
    wanted.add(new Unit("unit", NAME, "Routes to containers", true,
        others(host, parts).map(part -> "ip -4 route replace " + part.route()).toList(),
        others(host, parts).map(part -> "ip -4 route del " + part.route()).toList(),
        List.of("network-online"), List.of(), Optional.empty()));
    wanted.add(new Service("service", NAME, true, true, List.of("unit")));
    others(host, parts).forEach(part -> wanted.add(Command.unless("route-" + part.host().name(),
        "ip -4 route show | grep -qF '" + part.route() + " '", // may be lost while the unit is up
        "sh", "-c", "ip -4 route replace " + part.route())));
    parts.stream().filter(part -> part.host().equals(host)).forEach(part ->
        wanted.add(Command.unless("network",
            "docker network inspect " + NAME + " | grep -qF '" + part.cidr() + "'",
            "docker", "network", "create", "--subnet", part.cidr(),
            "-o", "com.docker.network.bridge.enable_ip_masquerade=false", NAME)));
    return wanted;
  }

  private static Stream<Part> others(Host host, List<Part> parts) {
    return parts.stream().filter(part -> !part.host().equals(host));
  }

  private static List<Part> parts(OverlaySpec wanted) {
    List<Host> agents = wanted.hosts().stream().filter(h -> h.is(HostRole.AGENT)).toList();
    int[] net = octets(wanted.subnet());
    require(wanted.options().isEmpty(), "it has no options, given are " + wanted.options());
    require(wanted.password().isEmpty(), "it cannot encrypt, leave overlay.password out");
    require(octets(wanted.range())[4] <= net[4], "the subnet is larger than the range");
    require(net[4] <= 26 && agents.size() <= 16, "sixteen agents at most share a /26 or larger");
    List<Part> parts = new ArrayList<>();
    for (Host agent : agents) {
      int at = (net[0] << 24 | net[1] << 16 | net[2] << 8 | net[3]) + (parts.size() << 28 - net[4]);
      String ip = (at >>> 24) + "." + (at >> 16 & 255) + "." + (at >> 8 & 255) + "." + (at & 255);
      parts.add(new Part(agent, ip + "/" + (net[4] + 4)));
    }
    return parts;
  }

  private static int[] octets(String cidr) {
    require(cidr.matches("(\\d{1,3}\\.){3}\\d{1,3}/([12]?\\d|3[0-2])"), cidr + " is no network");
    return Stream.of(cidr.split("[./]")).mapToInt(Integer::parseInt).toArray();
  }

  private static void require(boolean good, String why) {
    if (!good) {
      throw new HoraiException(CommonErrors.USAGE, "no overlay hostgw", why, "cluster:use FILE");
    }
  }

  @Override
  public WorkloadAttachment attach(WorkloadNetwork wanted, MarathonDialect era) {
    String octets = wanted.subnet().replaceFirst("\\.\\d+/.*", "").replace(".", "\\.");
    return new WorkloadAttachment(Map.of(), WorkloadAttachment.Mode.NAMED, Optional.of(NAME),
        Map.of(), Map.of("docker_socket", "/var/run/docker.sock"),
        "hostname -i | tr ' ' '\\n' | grep '^" + octets + "\\.' | head -n 1", true);
  }

  @Override
  public OverlayHealth observe(OverlaySpec wanted, OverlayView now) {
    List<PeerHealth> peers = new ArrayList<>();
    List<Finding> findings = new ArrayList<>();
    for (Host host : wanted.hosts()) {
      HostFacts facts = now.of(host.name());
      String routes = facts.probe("hostgw.routes").map(ProbeOutput::stdout).orElse("");
      List<Part> others = others(host, parts(wanted)).toList();
      int found = (int) others.stream().filter(p -> routes.contains(p.route() + " ")).count();
      boolean silent = facts.problem().isPresent();
      String state = silent ? "unknown" : others.size() > found ? "down" : "up";
      peers.add(new PeerHealth(host.name(), state, found, others.size(), "", ""));
      if (!state.equals("up")) {
        findings.add(Finding.error("HGW-101", host.name(), "does not reach all containers",
            facts.problem().orElse(found + " of " + others.size() + " routes"), "chronos:apply"));
      }
    }
    return new OverlayHealth(peers, findings);
  }

  @Override
  public List<HostStage> remove(OverlaySpec current, OverlayView now) {
    List<Resource> gone = new ArrayList<>(List.of(
        FORWARD.release(), new Service("service", NAME, false, false, List.of())));
    gone.addAll(Unit.removal(NAME));
    gone.add(Command.unless("network", "! docker network inspect " + NAME,
        "docker", "network", "rm", NAME));
    return current.hosts().stream().map(host -> new HostStage("hostgw:remove", "drop the routes",
        host.name(), gone, true, "the overlay is not wanted any more")).toList();
  }
}
