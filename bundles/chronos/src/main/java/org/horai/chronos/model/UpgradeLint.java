package org.horai.chronos.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.horai.api.cluster.ChronosSpec;
import org.horai.api.health.Finding;
import org.horai.api.jobs.Job;
import org.horai.api.jobs.JobSnapshot;
import org.horai.api.jobs.Lint;

/** What would break when a Chronos version takes the jobs of another over. Pure. */
public final class UpgradeLint {
  private final Upgrade upgrade;
  private final JobSnapshot jobs;
  private final JobGraph graph;

  public UpgradeLint(Upgrade upgrade, JobSnapshot jobs) {
    this.upgrade = upgrade;
    this.jobs = jobs;
    this.graph = new JobGraph(jobs.stored());
  }

  /** Errors forbid the upgrade, warnings surprise after it. */
  public List<Finding> findings() {
    List<Finding> found = new ArrayList<>(flags());
    for (Job job : jobs.stored()) {
      upgrade.toDialect().takeover(job, version()).forEach(lint -> found.add(finding(job, lint)));
      relatives(job).forEach(lint -> found.add(finding(job, lint)));
    }
    found.addAll(hidden());
    if (!upgrade.rolling()) {
      found.add(stopStart());
      found.addAll(missedRuns());
    }
    return List.copyOf(found);
  }

  private String version() {
    return upgrade.to().chronos().version();
  }

  /** Rules between jobs; what is wrong with a schedule alone is wrong now, too. */
  private List<Lint> relatives(Job job) {
    return JobRules.between(job, graph).stream()
        .filter(Lint::fatal)
        .filter(lint -> lint.field().equals("parents") || job.schedule().isEmpty())
        .toList();
  }

  private Finding finding(Job job, Lint lint) {
    String code = UpgradeCodes.of(lint.field()).id();
    boolean name = lint.field().equals("name");
    String why = name ? children(job) : "";
    String next = name ? rename(job, lint) : lint.next() + " (job:put --name " + job.name() + ")";
    return lint.fatal()
        ? Finding.error(code, job.name(), lint.what(), why, next)
        : Finding.warning(code, job.name(), lint.what(), why, next);
  }

  private String children(Job job) {
    List<Job> children = graph.childrenOf(job.name());
    return children.isEmpty()
        ? ""
        : "these jobs wait for it: "
            + children.stream().map(Job::name).collect(Collectors.joining(", "));
  }

  /** A name of the same kind that no other job has. */
  private String rename(Job job, Lint lint) {
    Set<String> taken = new TreeSet<>();
    jobs.stored().forEach(other -> taken.add(other.name()));
    String plain = job.name().replaceAll("[^A-Za-z0-9_-]+", "_");
    String name = plain;
    for (int i = 2; taken.contains(name); i++) {
      name = plain + "_" + i;
    }
    String children = graph.childrenOf(job.name()).isEmpty() ? "" : ", let its children follow it";
    return lint.next()
        + ": put it as "
        + name
        + " with job:put"
        + children
        + ", then job:delete \""
        + job.name()
        + "\"";
  }

  private List<Finding> flags() {
    ChronosSpec chronos = upgrade.to().chronos();
    String file = upgrade.to().file().map(f -> " of " + f).orElse("");
    return chronos.flags().keySet().stream()
        .filter(upgrade.toDialect().refusedFlags(version())::contains)
        .sorted()
        .map(
            flag ->
                Finding.error(
                    UpgradeCodes.FLAG.id(),
                    chronos.appId(),
                    "Chronos " + version() + " does not start with --" + flag,
                    "it does not know this flag",
                    "remove " + flag + " from chronos.flags" + file))
        .toList();
  }

  private List<Finding> hidden() {
    if (jobs.shown().isEmpty()) {
      return List.of();
    }
    Set<String> shown = Set.copyOf(jobs.shown().get());
    return jobs.stored().stream()
        .map(Job::name)
        .filter(name -> !shown.contains(name))
        .map(
            name ->
                Finding.error(
                    UpgradeCodes.HIDDEN.id(),
                    name,
                    "it is stored in ZooKeeper but not shown by the API",
                    "it would not be counted as kept after the upgrade",
                    "job:put it anew, or remove its record with zk:rm "
                        + upgrade.from().chronos().zkPath()
                        + "/state/state/J_"
                        + name))
        .toList();
  }

  private Finding stopStart() {
    return Finding.warning(
        UpgradeCodes.STOP_START.id(),
        upgrade.to().chronos().appId(),
        "all instances end before the new ones start",
        upgrade.whyNotTogether(),
        "expect some minutes without API; running tasks go on");
  }

  private List<Finding> missedRuns() {
    long scheduled = jobs.stored().stream().filter(job -> job.schedule().isPresent()).count();
    if (scheduled == 0) {
      return List.of();
    }
    Map<String, String> rules = new LinkedHashMap<>();
    rules.put(upgrade.from().chronos().version(), upgrade.fromDialect().missedRuns());
    rules.put(version(), upgrade.toDialect().missedRuns());
    String why =
        rules.entrySet().stream()
            .map(rule -> rule.getKey() + ": " + rule.getValue())
            .collect(Collectors.joining("; "));
    return List.of(
        Finding.warning(
            UpgradeCodes.LATE.id(),
            upgrade.to().chronos().appId(),
            "no run of " + scheduled + " scheduled jobs starts while no Chronos runs",
            why,
            "choose a time at which nothing is due"));
  }
}
