package org.horai.chronos.v3;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.horai.api.jobs.ChronosDialect;
import org.horai.api.jobs.Job;
import org.horai.api.jobs.JobView;
import org.horai.api.jobs.LaunchContext;
import org.horai.api.jobs.Lint;
import org.osgi.service.component.annotations.Component;

/**
 * Chronos 3.0 and later: REST below {@code /v1/scheduler}, one jar in the image, two ports.
 *
 * <p>Sources: mesos/chronos at v3.0.2, {@code api/*}, {@code bin/start.sh}, {@code JobUtils.scala}.
 */
@Component
public final class Chronos3Dialect implements ChronosDialect {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]+");
  private static final List<String> FORGOTTEN = List.of("epsilon", "async");
  private static final Set<String> DEFAULT_EPSILONS = Set.of("PT60S", "PT1M");
  private static final List<String> OPERATORS = List.of("EQUALS", "LIKE", "UNLIKE");

  @Override
  public String id() {
    return "chronos-3x";
  }

  @Override
  public String versions() {
    return "3.x";
  }

  @Override
  public boolean supports(String version) {
    return version.startsWith("3.");
  }

  @Override
  public String defaultImage(String version) {
    return "mesosphere/chronos:v" + version;
  }

  /**
   * Starts the jar itself: the image's own start script would append a second {@code --http_port},
   * which the server refuses as an excess argument.
   */
  @Override
  public LaunchContext.Launch launch(LaunchContext context) {
    return context.launch("java $JVM_OPTS -jar /chronos/chronos.jar", "JVM_OPTS");
  }

  @Override
  public String restBase() {
    return "/v1/scheduler";
  }

  @Override
  public boolean tellsLeader(String version) {
    return true;
  }

  @Override
  public boolean hasSummary() {
    return true;
  }

  /**
   * Drops the server's counters, fields of older versions that this one forgets, and {@code uris}
   * where {@code fetch} says the same: both are a 400.
   */
  @Override
  public Map<String, Object> toJson(Job job) {
    Map<String, Object> json = job.definition();
    json.keySet().removeAll(FORGOTTEN);
    if (!job.list("uris").isEmpty() && !job.list("fetch").isEmpty()) {
      json.remove("uris");
    }
    return json;
  }

  @Override
  public JobView fromJson(Map<String, Object> json) {
    return JobView.parse(json);
  }

  @Override
  public List<Lint> lint(Job job) {
    List<Lint> found = new ArrayList<>();
    if (!NAME.matcher(job.name()).matches()) {
      found.add(
          new Lint(
              true,
              "name",
              "\"" + job.name() + "\" has characters that Chronos 3 refuses or never runs",
              "use letters, digits, '_', '-' and '.' only"));
    }
    if (job.fields().containsKey("epsilon")) {
      found.add(
          new Lint(
              false,
              "epsilon",
              "Chronos 3 drops epsilon and runs a missed job once at the next start",
              "remove it"));
    }
    if (job.fields().containsKey("async")) {
      found.add(new Lint(false, "async", "Chronos 3 has no asynchronous jobs", "remove it"));
    }
    if (!job.runsSomething()) {
      found.add(
          new Lint(
              true,
              "command",
              "the command is empty; Chronos 3 takes it and fails each run",
              "give a command"));
    }
    for (Object constraint : job.constraintsWithout(OPERATORS)) {
      found.add(
          new Lint(
              true,
              "constraints",
              "Chronos drops the constraint " + constraint + " without a word",
              "write [attribute, EQUALS|LIKE|UNLIKE, value]"));
    }
    return List.copyOf(found);
  }

  /** Chronos 3 reads records of Chronos 2 and writes them anew without epsilon and async. */
  @Override
  public List<Lint> takeover(Job job, String version) {
    List<Lint> found = new ArrayList<>();
    for (Lint lint : lint(job)) {
      if (!FORGOTTEN.contains(lint.field())) {
        found.add(lint);
      }
    }
    job.text("epsilon")
        .filter(epsilon -> !epsilon.isEmpty() && !DEFAULT_EPSILONS.contains(epsilon))
        .map(Chronos3Dialect::forgotten)
        .ifPresent(found::add);
    if (Boolean.TRUE.equals(job.fields().get("async"))) {
      found.add(
          new Lint(
              true,
              "async",
              "Chronos 3 has no asynchronous jobs: it is done, and its children start, as soon as"
                  + " its command ends",
              "make the command wait for its work, and set async to false"));
    }
    if (!job.list("uris").isEmpty() && !job.list("fetch").isEmpty()) {
      found.add(
          new Lint(
              false,
              "uris",
              "it has uris and fetch; it runs, but Chronos 3 refuses both when it is put again",
              "keep one of them"));
    }
    if (version.startsWith("3.0.0")
        && job.fields().get("container") instanceof Map<?, ?> container
        && (isFilled(container.get("networkInfos"))
            || container.get("networkName") instanceof String name && !name.isEmpty())) {
      found.add(
          new Lint(
              true,
              "container",
              "Chronos 3.0.0 does not know networks by name and would lose its network",
              "go to 3.0.1 or later"));
    }
    return List.copyOf(found);
  }

  private static Lint forgotten(String epsilon) {
    return new Lint(
        false,
        "epsilon",
        "Chronos 3 forgets the epsilon of " + epsilon + " and starts a late run however late it is",
        "let the command itself end when it is too late for it");
  }

  @Override
  public Set<String> refusedFlags(String version) {
    return Set.of("schedule_horizon");
  }

  @Override
  public String missedRuns() {
    return "a run that is overdue when a leader comes back starts once at once, then the schedule"
        + " goes on";
  }

  private static boolean isFilled(Object value) {
    return value instanceof List<?> list && !list.isEmpty();
  }
}
