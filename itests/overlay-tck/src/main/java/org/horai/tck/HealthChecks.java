package org.horai.tck;

import static org.horai.tck.Verdict.require;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.horai.api.cluster.Host;
import org.horai.api.health.Finding;
import org.horai.api.health.Severity;
import org.horai.api.host.HostFacts;
import org.horai.api.network.OverlayHealth;
import org.horai.api.network.OverlayHealth.PeerHealth;
import org.horai.api.network.OverlayView;

/** How a provider judges its overlay. */
final class HealthChecks {
  private static final Set<String> STATES = Set.of("up", "down", "unknown");

  private HealthChecks() {}

  static List<Check> all() {
    return List.of(
        new Check("health-every-peer", "there is one peer per host, in order", HealthChecks::peers),
        new Check(
            "health-unknown", "a host that cannot be asked is unknown", HealthChecks::unknown),
        new Check("health-down", "a host without the overlay is not up", HealthChecks::down),
        new Check("health-up", "after it was applied every peer is up", HealthChecks::up),
        new Check("health-each-view", "the view of each peer counts", HealthChecks::eachView),
        new Check("health-pure", "the same facts give the same health", HealthChecks::pure),
        new Check(
            "findings-complete", "findings have code, what, why and next", HealthChecks::findings));
  }

  private static OverlayHealth observe(Subject subject, OverlayView view) {
    return subject.provider().observe(subject.wanted(), view);
  }

  private static HostFacts silent(Host host) {
    return new HostFacts(host.name(), Optional.empty(), Map.of(), Map.of());
  }

  private static void peers(Subject subject) {
    List<String> wanted = subject.wanted().hosts().stream().map(Host::name).toList();
    List<String> seen =
        observe(subject, new OverlayView(Map.of())).peers().stream().map(PeerHealth::host).toList();
    require(seen.equals(wanted), "hosts are " + wanted + ", peers are " + seen);
  }

  private static void unknown(Subject subject) {
    for (PeerHealth peer : observe(subject, new OverlayView(Map.of())).peers()) {
      require(
          peer.state().equals("unknown"),
          peer.host() + " was not asked and is \"" + peer.state() + "\", not unknown");
    }
  }

  private static void down(Subject subject) {
    OverlayView view = new OverlayView(Map.of());
    for (Host host : subject.wanted().hosts()) {
      view = Subject.with(view, silent(host));
    }
    for (PeerHealth peer : observe(subject, view).peers()) {
      require(STATES.contains(peer.state()), "\"" + peer.state() + "\" is no state of a peer");
      require(!peer.state().equals("up"), peer.host() + " shows no sign of the overlay and is up");
    }
  }

  private static void up(Subject subject) {
    OverlayHealth health = observe(subject, subject.events().view());
    for (PeerHealth peer : health.peers()) {
      require(peer.state().equals("up"), peer.host() + " is " + peer.state() + " " + peer.note());
      require(
          peer.connections() == peer.expected(),
          peer.host() + " has " + peer.connections() + " of " + peer.expected() + " connections");
    }
    health.findings().stream()
        .filter(finding -> finding.severity() == Severity.ERROR)
        .findFirst()
        .ifPresent(
            finding -> {
              throw Verdict.failed(
                  "found "
                      + finding.code()
                      + " "
                      + finding.subject()
                      + " "
                      + finding.what()
                      + " "
                      + finding.why());
            });
  }

  private static void eachView(Subject subject) {
    OverlayView well = subject.events().view();
    for (Host host : subject.wanted().hosts()) {
      OverlayHealth health = observe(subject, Subject.with(well, silent(host)));
      boolean seen =
          health.peers().stream()
                  .anyMatch(peer -> peer.host().equals(host.name()) && !peer.state().equals("up"))
              && health.findings().stream().anyMatch(finding -> finding.severity() != Severity.OK);
      require(seen, host.name() + " lost the overlay; its state or the findings do not show it");
    }
  }

  private static void pure(Subject subject) {
    OverlayView view = subject.events().view();
    OverlayHealth first = observe(subject, view);
    observe(subject, new OverlayView(Map.of()));
    require(first.equals(observe(subject, view)), "two calls of observe() gave different answers");
  }

  private static void findings(Subject subject) {
    List<Finding> all = new ArrayList<>();
    OverlayView well = subject.events().view();
    for (Host host : subject.wanted().hosts()) {
      all.addAll(observe(subject, Subject.with(well, silent(host))).findings());
      all.addAll(
          observe(
                  subject,
                  Subject.with(well, HostFacts.unreachable(host.name(), "connection refused")))
              .findings());
    }
    all.addAll(observe(subject, new OverlayView(Map.of())).findings());
    require(!all.isEmpty(), "nothing is found when hosts are lost");
    for (Finding finding : all) {
      String name = finding.code() + " " + finding.subject();
      require(
          finding.code().matches("[A-Z][A-Z0-9]*-[A-Z0-9-]+"),
          "\"" + finding.code() + "\" is no code such as ABC-101");
      require(
          !finding.subject().isBlank() && !finding.what().isBlank(),
          name + " does not say what of whom");
      require(
          finding.severity() == Severity.OK || !finding.why().isBlank(),
          name + " does not say why");
      require(
          finding.severity() == Severity.OK || !finding.next().isBlank(),
          name + " does not say what to do next");
    }
  }
}
