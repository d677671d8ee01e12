package org.horai.core.net.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.cluster.Host;
import org.horai.api.health.Finding;
import org.horai.api.health.Severity;
import org.horai.api.host.HostFacts;
import org.horai.api.host.HostProbes;
import org.horai.api.host.HostStage;
import org.horai.api.network.OverlayHealth;
import org.horai.api.network.OverlayNetworkProvider;
import org.horai.api.network.OverlaySpec;
import org.horai.api.network.OverlayView;
import org.horai.api.network.ProviderInfo.ProviderOption;
import org.horai.api.network.Subnet;
import org.horai.core.cluster.model.ClusterErrors;
import org.horai.core.cluster.model.Nearest;

/** A wanted overlay and the provider that makes it; pure as the provider is. */
public record Overlay(OverlaySpec wanted, OverlayNetworkProvider provider) {
  public List<HostProbes> probes() {
    return provider.probes(wanted);
  }

  /** What a plan needs to know. */
  public List<HostProbes> planProbes() {
    return provider.planProbes(wanted);
  }

  /** The stages still needed. */
  public List<HostStage> pending(Map<String, HostFacts> facts) {
    return provider.plan(wanted, new OverlayView(facts));
  }

  /** The provider's view, and the hosts it could not ask. */
  public OverlayHealth health(Map<String, HostFacts> facts) {
    OverlayHealth health = provider.observe(wanted, new OverlayView(facts));
    Set<String> told = health.findings().stream().map(Finding::subject).collect(Collectors.toSet());
    List<Finding> findings = new ArrayList<>();
    for (Host host : wanted.hosts()) {
      Optional.ofNullable(facts.get(host.name()))
          .flatMap(HostFacts::problem)
          .filter(problem -> !told.contains(host.name()))
          .ifPresent(problem -> findings.add(unreachable(host, problem)));
    }
    findings.addAll(health.findings());
    return new OverlayHealth(health.peers(), findings);
  }

  /** True when some host answered, and the overlay is up on none. */
  public static boolean absent(OverlayHealth health) {
    return health.peers().stream().anyMatch(peer -> peer.state().equals("down"))
        && health.peers().stream().noneMatch(peer -> peer.state().equals("up"));
  }

  /**
   * What speaks against ending an instance now and starting another on this overlay. What is wrong
   * beside a host that does not answer may come from that alone, and is no reason to refuse.
   */
  public static Optional<Finding> beforeRestart(ClusterSpec cluster, OverlayHealth health) {
    String provider = cluster.overlay().provider();
    List<Finding> errors =
        health.findings().stream().filter(f -> f.severity() == Severity.ERROR).toList();
    if (errors.isEmpty()) {
      return Optional.empty();
    }
    String hosts =
        errors.stream().map(Finding::subject).distinct().collect(Collectors.joining(", "));
    String why = errors.get(0).subject() + " " + errors.get(0).what();
    boolean silent = health.peers().stream().anyMatch(peer -> peer.state().equals("unknown"));
    return Optional.of(
        silent && !agentDown(cluster, health)
            ? Finding.warning(
                NetErrors.UNFIT.id(), hosts, provider + " is not healthy", why, "net:doctor")
            : Finding.error(
                NetErrors.UNFIT.id(),
                hosts,
                provider + " is not healthy, a new instance may reach nobody",
                why,
                "net:doctor tells more, net:apply puts it right"));
  }

  private static boolean agentDown(ClusterSpec cluster, OverlayHealth health) {
    Set<String> agents =
        cluster.inventory().agents().stream().map(Host::name).collect(Collectors.toSet());
    return health.peers().stream()
        .anyMatch(peer -> peer.state().equals("down") && agents.contains(peer.host()));
  }

  /** The overlay could not be asked, for that reason or for none. */
  public static Finding unknown(String problem) {
    return Finding.warning(
        NetErrors.UNFIT.id(),
        "overlay",
        "its health is not known",
        Optional.ofNullable(problem).orElse("nobody asked"),
        "net:doctor");
  }

  /** That hosts are not as wanted, when some are not; nothing is said of hosts not asked. */
  public Optional<Finding> drift(Map<String, HostFacts> facts) {
    Map<String, List<String>> hosts = new LinkedHashMap<>();
    for (HostStage stage : pending(facts)) {
      if (new OverlayView(facts).of(stage.host()).problem().isEmpty()) {
        hosts.computeIfAbsent(stage.stage(), name -> new ArrayList<>()).add(stage.host());
      }
    }
    long count = hosts.values().stream().flatMap(List::stream).distinct().count();
    if (count == 0) {
      return Optional.empty();
    }
    return Optional.of(
        Finding.warning(
            NetErrors.DRIFT.id(),
            wanted.provider(),
            count + (count == 1 ? " host is" : " hosts are") + " not as wanted",
            hosts.entrySet().stream()
                .map(entry -> entry.getKey() + " on " + String.join(", ", entry.getValue()))
                .collect(Collectors.joining("; ")),
            "chronos:plan shows the changes"));
  }

  /** What is wrong with the wish itself, whatever the hosts say. */
  public List<Finding> lint() {
    List<Finding> findings = new ArrayList<>();
    Set<String> known =
        provider.info().options().stream()
            .map(ProviderOption::name)
            .collect(Collectors.toCollection(TreeSet::new));
    for (String option : new TreeSet<>(wanted.options().keySet())) {
      if (!known.contains(option)) {
        findings.add(unknown(option, known));
      }
    }
    Subnet.parseExact(wanted.range())
        .ifPresent(range -> wanted.hosts().forEach(host -> overlap(host, range, findings)));
    return findings;
  }

  private Finding unknown(String option, Set<String> known) {
    return Finding.error(
        NetErrors.OPTION.id(),
        "overlay.options." + option,
        "is no option of provider " + wanted.provider() + Nearest.hint(option, known, ""),
        known.isEmpty() ? "it has no options" : "it knows " + String.join(", ", known),
        "correct the cluster file");
  }

  private void overlap(Host host, Subnet range, List<Finding> findings) {
    if (range.contains(host.address())) {
      findings.add(
          Finding.error(
              NetErrors.OVERLAP.id(),
              host.name(),
              "its address " + host.address() + " lies inside the overlay's range",
              "overlay.range is " + wanted.range(),
              "choose another overlay.range in the cluster file"));
    }
  }

  private static Finding unreachable(Host host, String problem) {
    return Finding.error(
        ClusterErrors.HOST.id(),
        host.name(),
        "cannot be asked over ssh",
        problem,
        "cluster:doctor --tag hosts");
  }
}
