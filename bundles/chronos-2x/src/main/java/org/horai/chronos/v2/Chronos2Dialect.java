package org.horai.chronos.v2;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
 * Chronos 2.3 to 2.5: REST below {@code /scheduler}, started by the package's {@code run_jar}.
 *
 * <p>Sources: mesos/chronos at 2.4.0 and 2.5.1, {@code api/*}, {@code JobUtils.scala}; mesosphere/
 * chronos-pkg {@code bin/chronos-framework}.
 */
@Component
public final class Chronos2Dialect implements ChronosDialect {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_#. -]+");
  private static final Pattern NAME_24 = Pattern.compile("[A-Za-z0-9_# -]+");
  private static final List<String> OPERATORS_24 = List.of("EQUALS", "LIKE");
  private static final List<String> OPERATORS = List.of("EQUALS", "LIKE", "UNLIKE");

  @Override
  public String id() {
    return "chronos-2x";
  }

  @Override
  public String versions() {
    return "2.3 to 2.5";
  }

  @Override
  public boolean supports(String version) {
    return version.matches("2\\.[345](\\..*)?");
  }

  @Override
  public String defaultImage(String version) {
    return version.startsWith("2.5")
        ? "mesosphere/chronos:chronos-2.5.0-0.1.20160223054243.ubuntu1404-mesos-0.27.1-2.0.226.ubuntu1404"
        : "mesosphere/chronos:chronos-2.4.0-0.1.20150828104228.ubuntu1404-mesos-0.27.0-0.2.190.ubuntu1404";
  }

  /** {@code run_jar} passes its arguments to the jar and reads none of the package's settings. */
  @Override
  public LaunchContext.Launch launch(LaunchContext context) {
    return context.launch("/usr/bin/chronos run_jar", "JAVA_OPTS");
  }

  @Override
  public String restBase() {
    return "/scheduler";
  }

  @Override
  public boolean tellsLeader(String version) {
    return version.startsWith("2.5");
  }

  @Override
  public boolean hasSummary() {
    return false;
  }

  /** Drops the server's counters; {@code uris} and {@code fetch} together are a bare 400 in 2.5. */
  @Override
  public Map<String, Object> toJson(Job job) {
    Map<String, Object> json = job.definition();
    if (!job.list("uris").isEmpty() && !job.list("fetch").isEmpty()) {
      json.remove("fetch");
    }
    return json;
  }

  @Override
  public JobView fromJson(Map<String, Object> json) {
    return JobView.parse(json);
  }

  /** What holds in all versions: what is new in 2.5 alone is refused. */
  @Override
  public List<Lint> lint(Job job) {
    return lint(job, "2.4");
  }

  @Override
  public List<Lint> lint(Job job, String version) {
    boolean four = !version.startsWith("2.5");
    List<String> operators = four ? OPERATORS_24 : OPERATORS;
    List<Lint> found = new ArrayList<>();
    if (!(four ? NAME_24 : NAME).matcher(job.name()).matches()) {
      found.add(
          new Lint(
              true,
              "name",
              "\"" + job.name() + "\" has characters that Chronos " + version + " refuses",
              "use letters, digits, '_', '-', '#' and spaces"));
    }
    if (job.name().matches(".*[ #].*")) {
      found.add(
          new Lint(
              false,
              "name",
              "spaces and '#' are silently not run after an upgrade to Chronos 3",
              "use letters, digits, '_' and '-'"));
    }
    if (!job.runsSomething()) {
      found.add(new Lint(true, "command", "Chronos 2 refuses an empty command", "give a command"));
    }
    if (four && !job.list("fetch").isEmpty() && job.list("uris").isEmpty()) {
      found.add(new Lint(true, "fetch", "Chronos 2.4 has no fetch", "use uris"));
    }
    for (Object constraint : job.constraintsWithout(operators)) {
      found.add(
          new Lint(
              true,
              "constraints",
              "Chronos drops the constraint " + constraint + " without a word",
              "write [attribute, " + String.join("|", operators) + ", value]"));
    }
    return List.copyOf(found);
  }

  /** Chronos 2 reads records of Chronos 3 and leaves out what it does not know. */
  @Override
  public List<Lint> takeover(Job job, String version) {
    boolean four = !version.startsWith("2.5");
    List<Lint> found = new ArrayList<>();
    if (!(four ? NAME_24 : NAME).matcher(job.name()).matches()) {
      found.add(
          new Lint(
              true,
              "name",
              "\"" + job.name() + "\" has characters that Chronos " + version + " refuses",
              "use letters, digits, '_' and '-'"));
    }
    if (four && !job.list("fetch").isEmpty() && job.list("uris").isEmpty()) {
      found.add(lost("fetch", "its files would not be fetched", version, "use uris"));
    }
    List<String> known = four ? OPERATORS_24 : OPERATORS;
    for (Object constraint : job.constraintsWithout(known)) {
      found.add(
          lost(
              "constraints",
              "the constraint " + constraint + " would be dropped without a word",
              version,
              "write [attribute, " + String.join("|", known) + ", value]"));
    }
    if (job.fields().get("container") instanceof Map<?, ?> container) {
      found.addAll(container(container, four, version));
    }
    if (Boolean.TRUE.equals(job.fields().get("concurrent"))) {
      found.add(
          new Lint(
              false,
              "concurrent",
              "Chronos 2 starts no run while the last one goes on",
              "expect one run at a time"));
    }
    return List.copyOf(found);
  }

  private static List<Lint> container(Map<?, ?> container, boolean four, String version) {
    List<Lint> found = new ArrayList<>();
    boolean network =
        isFilled(container.get("networkInfos"))
            || container.get("networkName") instanceof String name && !name.isEmpty()
            || "USER".equals(container.get("network"));
    if (network) {
      found.add(lost("container", "its own network would be lost", version, "use HOST or BRIDGE"));
    }
    if ("MESOS".equals(String.valueOf(container.get("type")).toUpperCase(Locale.ROOT))) {
      found.add(lost("container", "type MESOS is unknown", version, "use DOCKER"));
    }
    if (four && isFilled(container.get("parameters"))) {
      found.add(
          lost("container", "its Docker parameters would be lost", version, "do without them"));
    }
    return found;
  }

  private static Lint lost(String field, String what, String version, String next) {
    return new Lint(true, field, "with Chronos " + version + " " + what, next);
  }

  @Override
  public Set<String> refusedFlags(String version) {
    Set<String> later = Set.of("zk_auth", "mattermost_url");
    return version.startsWith("2.5")
        ? later
        : Set.of("zk_auth", "mattermost_url", "cassandra_user", "cassandra_password");
  }

  @Override
  public String missedRuns() {
    return "a run that is late by more than its epsilon (60 s by default) is skipped";
  }

  private static boolean isFilled(Object value) {
    return value instanceof List<?> list && !list.isEmpty();
  }
}
