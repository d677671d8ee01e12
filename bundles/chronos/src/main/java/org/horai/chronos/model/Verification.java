package org.horai.chronos.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.horai.api.cluster.FrameworkInfo;
import org.horai.api.cluster.HostPort;
import org.horai.api.deployer.Instance;
import org.horai.api.plan.Statement;

/** Judges an observation. Pure; each statement carries its evidence. */
public final class Verification {
  private final Observation seen;
  private final Observation.Expectation expected;

  public Verification(Observation seen, Observation.Expectation expected) {
    this.seen = seen;
    this.expected = expected;
  }

  public List<Statement> statements() {
    List<Statement> statements = new ArrayList<>();
    statements.add(instances());
    statements.add(healthy());
    statements.add(leader());
    statements.add(masters());
    statements.add(framework());
    statements.add(identity());
    expected.sameId().ifPresent(id -> statements.add(sameId(id)));
    if (!expected.goneIds().isEmpty()) {
      statements.add(newId());
    }
    statements.add(jobs());
    seen.canary()
        .ifPresent(
            c ->
                statements.add(new Statement("canary", c.ran(), "a canary job ran", c.evidence())));
    return List.copyOf(statements);
  }

  private Statement instances() {
    List<String> hosts = running().stream().map(Instance::host).sorted().toList();
    boolean holds =
        hosts.size() == seen.wantedInstances() && new TreeSet<>(hosts).size() == hosts.size();
    return new Statement(
        "instances",
        holds,
        seen.wantedInstances() + " instances on " + seen.wantedInstances() + " different hosts",
        hosts.isEmpty() ? "none is running" : String.join(", ", hosts));
  }

  private Statement healthy() {
    long healthy = seen.app().map(a -> a.healthy()).orElse(0L);
    return new Statement(
        "healthy",
        healthy == seen.wantedInstances(),
        "every instance passes its health check",
        healthy + " of " + seen.wantedInstances() + " healthy");
  }

  private Statement leader() {
    Optional<HostPort> leader = seen.topology().leader();
    String text = "one leader, seen the same by ZooKeeper and by every instance";
    if (leader.isEmpty()) {
      return new Statement("leader", false, text, "nobody stands for election");
    }
    String others =
        seen.leaderByInstance().entrySet().stream()
            .filter(answer -> !answer.getValue().equals(leader.get().toString()))
            .map(answer -> answer.getKey() + " says " + answer.getValue())
            .collect(Collectors.joining("; "));
    int candidates = seen.topology().candidates().size();
    boolean all = seen.leaderByInstance().size() == running().size();
    boolean holds =
        others.isEmpty() && all && !running().isEmpty() && candidates == seen.wantedInstances();
    return new Statement(
        "leader",
        holds,
        text,
        others.isEmpty() ? leader.get() + ", " + candidates + " candidates" : others);
  }

  private Statement masters() {
    String text = "every master reaches the leader's HTTP and libprocess ports";
    if (seen.mastersAsked() == 0) {
      return new Statement("masters", false, text, "no master could be asked");
    }
    String problems =
        seen.unreachableFrom().entrySet().stream()
            .sorted(java.util.Map.Entry.comparingByKey())
            .map(e -> e.getKey() + ": " + e.getValue())
            .collect(Collectors.joining("; "));
    return new Statement(
        "masters",
        problems.isEmpty(),
        text,
        problems.isEmpty() ? seen.mastersAsked() + " masters asked" : problems);
  }

  private Statement framework() {
    List<FrameworkInfo> named = seen.mesos().named(seen.frameworkName());
    List<FrameworkInfo> active = named.stream().filter(FrameworkInfo::active).toList();
    String evidence =
        named.isEmpty()
            ? "Mesos knows no framework of that name"
            : named.stream()
                .map(
                    f ->
                        f.id()
                            + (f.active() ? " active" : " inactive")
                            + f.address().map(a -> " at " + a).orElse(""))
                .collect(Collectors.joining("; "));
    return new Statement(
        "framework",
        active.size() == 1 && named.size() == 1,
        "framework \"" + seen.frameworkName() + "\" is registered once and active",
        evidence);
  }

  private Statement identity() {
    Optional<String> active = activeId();
    boolean holds = active.isPresent() && active.equals(seen.storedFrameworkId());
    return new Statement(
        "identity",
        holds,
        "the framework id in ZooKeeper is the one in Mesos",
        holds
            ? active.get()
            : "ZooKeeper "
                + seen.storedFrameworkId().orElse("none")
                + ", Mesos "
                + active.orElse("none"));
  }

  private Statement sameId(String id) {
    return new Statement(
        "same-id",
        activeId().equals(Optional.of(id)),
        "the framework id was kept",
        "before " + id + ", now " + activeId().orElse("none"));
  }

  private Statement newId() {
    Optional<String> now = activeId();
    return new Statement(
        "new-id",
        now.isPresent() && !expected.goneIds().contains(now.get()),
        "a new framework id is in use",
        "before " + String.join(", ", expected.goneIds()) + ", now " + now.orElse("none"));
  }

  private Statement jobs() {
    TreeSet<String> missing = new TreeSet<>(expected.jobs());
    missing.removeAll(seen.storedJobs());
    TreeSet<String> hidden = new TreeSet<>(seen.storedJobs());
    hidden.removeAll(seen.shownJobs());
    String evidence =
        !missing.isEmpty()
            ? "missing: " + String.join(", ", missing)
            : !hidden.isEmpty()
                ? "stored but not shown: " + String.join(", ", hidden)
                : seen.shownJobs().size()
                    + " jobs shown by the API, "
                    + seen.storedJobs().size()
                    + " stored in ZooKeeper";
    return new Statement(
        "jobs", missing.isEmpty() && hidden.isEmpty(), "all jobs are stored and shown", evidence);
  }

  private Optional<String> activeId() {
    return seen.mesos().named(seen.frameworkName()).stream()
        .filter(FrameworkInfo::active)
        .map(FrameworkInfo::id)
        .findFirst();
  }

  private List<Instance> running() {
    return seen.app()
        .map(a -> a.instances().stream().filter(Instance::running).toList())
        .orElse(List.of());
  }
}
