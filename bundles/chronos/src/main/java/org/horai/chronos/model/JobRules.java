package org.horai.chronos.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.horai.api.HoraiException;
import org.horai.api.jobs.ChronosDialect;
import org.horai.api.jobs.Job;
import org.horai.api.jobs.Lint;

/** What must be true of a job before it is sent: the dialect's rules and those between jobs. */
public final class JobRules {
  private JobRules() {}

  /** Everything wrong or surprising about a job among the jobs that are there. */
  public static List<Lint> lint(Job job, JobGraph others, ChronosDialect dialect, String version) {
    List<Lint> found = new ArrayList<>(dialect.lint(job, version));
    found.addAll(between(job, others));
    return List.copyOf(found);
  }

  /** What holds in every version: schedule, parents, and no cycle. */
  static List<Lint> between(Job job, JobGraph others) {
    List<Lint> found = new ArrayList<>();
    Optional<String> schedule = job.schedule();
    if (schedule.isEmpty() && job.parents().isEmpty()) {
      found.add(
          new Lint(
              true,
              "schedule",
              "a job without schedule and parents would run once, at once",
              "give a schedule such as R/2030-01-01T02:00:00Z/P1D, or parents"));
    }
    if (schedule.isPresent() && !job.parents().isEmpty()) {
      found.add(
          new Lint(true, "parents", "a job has either a schedule or parents", "leave one out"));
    }
    schedule
        .flatMap(Schedule::problem)
        .ifPresent(why -> found.add(new Lint(true, "schedule", why, "correct the schedule")));
    job.timeZone()
        .flatMap(Schedule::zoneProblem)
        .ifPresent(
            why -> found.add(new Lint(false, "scheduleTimeZone", why, "correct the time zone")));
    for (String parent : others.missingParents(job)) {
      if (!parent.equals(job.name())) {
        found.add(
            new Lint(
                true,
                "parents",
                "there is no job \"" + parent + "\"; Chronos would store the job and never show it",
                "put the parent first"));
      }
    }
    others
        .cycleThrough(job)
        .ifPresent(
            cycle ->
                found.add(
                    new Lint(
                        true,
                        "parents",
                        "the job would wait for itself: " + String.join(" <- ", cycle),
                        "remove one of these parents")));
    return List.copyOf(found);
  }

  /**
   * Refuses a job that breaks a fatal rule.
   *
   * @throws HoraiException BAD_JOB naming the first broken rule and how many more there are
   */
  public static void check(Job job, JobGraph others, ChronosDialect dialect, String version) {
    List<Lint> fatal = lint(job, others, dialect, version).stream().filter(Lint::fatal).toList();
    if (!fatal.isEmpty()) {
      Lint first = fatal.get(0);
      String more = fatal.size() > 1 ? " (and " + (fatal.size() - 1) + " more)" : "";
      throw new HoraiException(
          ChronosErrors.BAD_JOB,
          "job \"" + job.name() + "\" has a bad " + first.field() + more,
          first.what(),
          first.next());
    }
  }
}
