package org.horai.api.jobs;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What one family of Chronos versions needs: the one place where a Chronos version is known. All
 * methods are pure. Register it as an OSGi service; of several that support a version the newest
 * bundle is used.
 */
@ConsumerType
public interface ChronosDialect {
  /** Such as {@code chronos-3x}. */
  String id();

  /** Text of the supported range, such as {@code 3.0 to 3.x}. */
  String versions();

  boolean supports(String version);

  /** Image used when the cluster file names none. */
  String defaultImage(String version);

  /** The command line and variables of an instance. */
  LaunchContext.Launch launch(LaunchContext context);

  /** Path before {@code /jobs}: {@code /scheduler} or {@code /v1/scheduler}. */
  String restBase();

  /** True if the version answers {@code GET leader}; otherwise ZooKeeper alone knows. */
  boolean tellsLeader(String version);

  /** True if the version answers {@code GET jobs/summary} and {@code GET job/NAME}. */
  boolean hasSummary();

  /** The JSON to send for a job, in JDK types: server fields stripped, clashes resolved. */
  Map<String, Object> toJson(Job job);

  /** A job and its counters from what the server sent. */
  JobView fromJson(Map<String, Object> json);

  /** Rules of this version that the job breaks. Parents and cycles are the caller's to check. */
  List<Lint> lint(Job job);

  /** The same for one version, where they differ between those of this family. */
  default List<Lint> lint(Job job, String version) {
    return lint(job);
  }

  /**
   * What becomes of a job that another version stored when this version takes it over: fatal where
   * it would not run, or run otherwise than its owner wants. What every job of the other version
   * has without meaning anything, such as a default, is left out.
   */
  default List<Lint> takeover(Job job, String version) {
    return lint(job);
  }

  /** Chronos flags that the version refuses to start with. */
  default Set<String> refusedFlags(String version) {
    return Set.of();
  }

  /**
   * How late a run may start, and what happens to runs missed while no leader was there, in words.
   */
  String missedRuns();
}
