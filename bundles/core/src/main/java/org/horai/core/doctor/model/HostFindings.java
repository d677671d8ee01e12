package org.horai.core.doctor.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.horai.api.cluster.Host;
import org.horai.api.cluster.HostRole;
import org.horai.api.cluster.Inventory;
import org.horai.api.health.Finding;
import org.horai.api.host.HostFacts;
import org.horai.api.host.HostProbes;
import org.horai.api.host.Probe;
import org.horai.api.host.ProbeOutput;
import org.horai.core.cluster.model.ClusterErrors;

/** What every host is asked, and what its answers mean. */
public final class HostFindings {
  private static final Probe CLOCK = Probe.of("core.clock", "date +%s.%N");
  private static final Probe DOCKER =
      Probe.of("core.docker", "docker version --format '{{.Server.Version}}'");
  private static final double LIMIT_SECONDS = 0.5;

  private HostFindings() {}

  /** A host's clock against ours: it runs ahead by at least {@code least}, at most {@code most}. */
  private record Offset(String host, double least, double most) {}

  public static List<HostProbes> probes(Inventory inventory) {
    return inventory.hosts().stream()
        .map(
            host ->
                new HostProbes(
                    host.name(),
                    usesDocker(host) ? List.of(CLOCK, DOCKER) : List.of(CLOCK),
                    List.of()))
        .toList();
  }

  /**
   * Judges.
   *
   * @param before when the asking began, by our clock
   * @param after when all answers were in
   */
  public static List<Finding> judge(
      Inventory inventory, Map<String, HostFacts> facts, Instant before, Instant after) {
    List<Finding> findings = new ArrayList<>();
    List<Host> asked =
        inventory.hosts().stream().filter(host -> reached(host, facts, findings)).toList();
    int all = inventory.hosts().size();
    if (asked.size() == all) {
      findings.add(
          Finding.ok(ClusterErrors.HOST.id(), "ssh", all + " of " + all + " hosts answer"));
    }
    findings.addAll(clocks(asked, facts, before, after));
    findings.addAll(docker(asked, facts));
    return findings;
  }

  private static boolean reached(Host host, Map<String, HostFacts> facts, List<Finding> findings) {
    Optional<String> problem =
        Optional.ofNullable(facts.get(host.name()))
            .orElseGet(() -> HostFacts.unreachable(host.name(), "it was not asked"))
            .problem();
    problem.ifPresent(
        reason ->
            findings.add(
                Finding.error(
                    ClusterErrors.HOST.id(),
                    host.name(),
                    "cannot be asked over ssh",
                    reason,
                    "ssh "
                        + host.ssh().port().map(port -> "-p " + port + " ").orElse("")
                        + host.ssh().login())));
    return problem.isEmpty();
  }

  /**
   * Each host read its clock at some moment between the two of ours, so only what that cannot
   * explain counts as a difference.
   */
  private static List<Finding> clocks(
      List<Host> hosts, Map<String, HostFacts> facts, Instant before, Instant after) {
    List<Offset> offsets = new ArrayList<>();
    for (Host host : hosts) {
      facts
          .get(host.name())
          .probe(CLOCK.id())
          .filter(ProbeOutput::ok)
          .flatMap(output -> offset(host.name(), output.stdout().strip(), before, after))
          .ifPresent(offsets::add);
    }
    if (offsets.isEmpty()) {
      return List.of();
    }
    Offset ahead = offsets.stream().max(Comparator.comparingDouble(Offset::least)).orElseThrow();
    Offset behind = offsets.stream().min(Comparator.comparingDouble(Offset::most)).orElseThrow();
    double skew = Math.max(0, ahead.least() - behind.most());
    if (skew <= LIMIT_SECONDS) {
      return List.of(
          Finding.ok(
              ClusterErrors.CLOCK.id(), "clock", "no host's clock differs by more than 0.5 s"));
    }
    return List.of(
        Finding.error(
            ClusterErrors.CLOCK.id(),
            ahead.host(),
            "its clock runs ahead of " + behind.host() + "'s by " + seconds(skew) + " or more",
            "jobs start by the clock of the host that leads; the limit is 0.5 s",
            "start an NTP client on both hosts"));
  }

  private static Optional<Offset> offset(String host, String text, Instant before, Instant after) {
    boolean fine = text.matches("\\d+\\.\\d+");
    String whole = text.replaceFirst("\\..*", "");
    if (!whole.matches("\\d{1,12}")) {
      return Optional.empty();
    }
    double earliest = Double.parseDouble(fine ? text : whole);
    double latest = fine ? earliest : earliest + 1;
    return Optional.of(new Offset(host, earliest - number(after), latest - number(before)));
  }

  private static List<Finding> docker(List<Host> hosts, Map<String, HostFacts> facts) {
    List<Finding> findings = new ArrayList<>();
    Map<String, List<String>> versions = new TreeMap<>();
    for (Host host : hosts.stream().filter(HostFindings::usesDocker).toList()) {
      Optional<ProbeOutput> output = facts.get(host.name()).probe(DOCKER.id());
      if (output.filter(ProbeOutput::ok).isPresent()) {
        versions
            .computeIfAbsent(output.get().stdout().strip(), version -> new ArrayList<>())
            .add(host.name());
      } else {
        findings.add(
            Finding.error(
                ClusterErrors.DOCKER.id(),
                host.name(),
                "Docker does not answer",
                output.map(HostFindings::complaint).orElse("the host gave no answer"),
                "start Docker on " + host.name()));
      }
    }
    if (versions.size() > 1) {
      findings.add(
          Finding.warning(
              ClusterErrors.MIXED_DOCKER.id(),
              "docker",
              versions.entrySet().stream()
                  .map(entry -> String.join(", ", entry.getValue()) + " run " + entry.getKey())
                  .collect(Collectors.joining("; ")),
              "mixed engine versions are seldom tested together",
              "help " + ClusterErrors.MIXED_DOCKER.id()));
    } else if (findings.isEmpty() && !versions.isEmpty()) {
      String version = versions.keySet().iterator().next();
      findings.add(
          Finding.ok(ClusterErrors.DOCKER.id(), "docker", "all hosts run Docker " + version));
    }
    return findings;
  }

  private static String complaint(ProbeOutput output) {
    String text = output.stderr().isBlank() ? output.stdout() : output.stderr();
    String line = text.strip().replaceAll("\\s+", " ");
    return line.isEmpty()
        ? "docker version ended with " + output.exitCode()
        : line.substring(0, Math.min(200, line.length()));
  }

  private static boolean usesDocker(Host host) {
    return host.is(HostRole.MASTER) || host.is(HostRole.AGENT);
  }

  private static double number(Instant instant) {
    return instant.getEpochSecond() + instant.getNano() / 1e9;
  }

  private static String seconds(double seconds) {
    return String.format(java.util.Locale.ROOT, "%.1f s", seconds);
  }
}
