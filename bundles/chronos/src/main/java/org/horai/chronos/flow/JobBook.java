package org.horai.chronos.flow;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.jobs.Job;
import org.horai.api.jobs.JobView;
import org.horai.api.time.Deadline;
import org.horai.api.time.Waiter;
import org.horai.chronos.client.ChronosClient;
import org.horai.chronos.model.ChronosErrors;
import org.horai.chronos.model.JobForm;
import org.horai.chronos.model.JobGraph;
import org.horai.chronos.model.JobRules;

/** The jobs of one cluster, always through the leader and proven by reading back. */
public final class JobBook {
  private static final Duration LOADING = Duration.ofSeconds(15);
  private static final Waiter WAITER =
      Waiter.backingOff(Duration.ofMillis(100), Duration.ofSeconds(1));

  private final ChronosAccess chronos;
  private final Deadline deadline;
  private final ChronosClient leader;

  public JobBook(ChronosAccess chronos, Deadline deadline) {
    this(chronos, deadline, line -> {});
  }

  /**
   * For somebody who waits.
   *
   * @param progress hears what is waited for
   */
  public JobBook(ChronosAccess chronos, Deadline deadline, Consumer<String> progress) {
    this.chronos = chronos;
    this.deadline = deadline;
    this.leader = chronos.leader(deadline, progress);
  }

  /** All jobs by name. An empty answer is believed only when ZooKeeper holds none, too. */
  public List<JobView> all() {
    int[] stored = {0};
    try {
      return WAITER.await(
          "Chronos to load its jobs",
          deadline.atMost(LOADING),
          () -> {
            List<JobView> jobs = leader.jobs(deadline);
            stored[0] = jobs.isEmpty() ? chronos.records().jobNames(deadline).size() : 0;
            return stored[0] == 0 ? Optional.of(sorted(jobs)) : Optional.empty();
          },
          () -> stored[0] + " jobs are stored, none is shown");
    } catch (HoraiException e) {
      if (!e.code().equals(CommonErrors.TIMED_OUT) || stored[0] == 0) {
        throw e;
      }
      throw new HoraiException(
          ChronosErrors.JOBS_HIDDEN,
          "the leader " + leader.endpoint() + " shows no jobs",
          stored[0] + " are stored in ZooKeeper",
          "chronos:restart --maintain",
          e);
    }
  }

  private static List<JobView> sorted(List<JobView> jobs) {
    return jobs.stream().sorted(Comparator.comparing(view -> view.job().name())).toList();
  }

  public Optional<JobView> find(String name) {
    return all().stream().filter(view -> view.job().name().equals(name)).findFirst();
  }

  public JobView require(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new HoraiException(
                    ChronosErrors.NO_JOB, "there is no job \"" + name + "\"", "job:list"));
  }

  /** Puts a job and waits until it is shown. Refuses one that breaks a rule. */
  public void put(Job job) {
    JobRules.check(job, graph(), chronos.dialect(), version());
    send(job);
  }

  private void send(Job job) {
    leader.put(job, deadline);
    WAITER.until(
        "job \"" + job.name() + "\" to be shown",
        deadline.atMost(LOADING),
        () -> leader.jobs(deadline).stream().anyMatch(view -> view.job().name().equals(job.name())),
        () -> "Chronos took it and does not show it");
  }

  public void run(String name) {
    require(name);
    leader.run(name, deadline);
  }

  public void kill(String name) {
    require(name);
    leader.kill(name, deadline);
  }

  /**
   * Deletes a job. Chronos turns the children of a scheduled job into scheduled ones and loses most
   * of their fields (mesos/chronos {@code JobManagementResource.scala}), so they are put back
   * whole.
   *
   * @return the children that were put back
   */
  public List<String> delete(String name) {
    JobGraph before = graph();
    Job gone = require(name).job();
    List<Job> children = before.childrenOf(name);
    leader.delete(name, deadline);
    children.forEach(child -> send(orphaned(child, gone)));
    WAITER.until(
        "job \"" + name + "\" to be gone",
        deadline.atMost(LOADING),
        () -> leader.jobs(deadline).stream().noneMatch(v -> v.job().name().equals(name)),
        () -> "it is still shown");
    return children.stream().map(Job::name).toList();
  }

  /** The child without that parent: it inherits the parent's parents, or its schedule. */
  static Job orphaned(Job child, Job gone) {
    Set<String> parents = new LinkedHashSet<>(child.parents());
    parents.remove(gone.name());
    parents.addAll(gone.parents());
    Map<String, Object> fields = new LinkedHashMap<>(child.fields());
    if (parents.isEmpty()) {
      fields.remove("parents");
      fields.put("schedule", gone.schedule().orElse(""));
      gone.timeZone().ifPresent(zone -> fields.put("scheduleTimeZone", zone));
    } else {
      fields.put("parents", new ArrayList<>(parents));
    }
    return new Job(child.name(), fields);
  }

  /** Those of the jobs that are not there as wanted, parents first. */
  public List<Job> differing(List<Job> jobs) {
    Map<String, Job> present = byName();
    return new JobGraph(jobs)
        .parentsFirst().stream().filter(job -> !same(job, present.get(job.name()))).toList();
  }

  /**
   * Puts many jobs, parents first. A job that is there as wanted is left alone.
   *
   * @return names of the jobs that were put
   */
  public List<String> restore(List<Job> jobs) {
    Map<String, Job> present = byName();
    List<String> put = new ArrayList<>();
    for (Job job : differing(jobs)) {
      JobRules.check(job, new JobGraph(present.values()), chronos.dialect(), version());
      send(job);
      present.put(job.name(), job);
      put.add(job.name());
    }
    return put;
  }

  private Map<String, Job> byName() {
    Map<String, Job> jobs = new LinkedHashMap<>();
    all().forEach(view -> jobs.put(view.job().name(), view.job()));
    return jobs;
  }

  private boolean same(Job wanted, Job present) {
    return present != null
        && JobForm.same(chronos.dialect().toJson(wanted), chronos.dialect().toJson(present));
  }

  public JobGraph graph() {
    return new JobGraph(all().stream().map(JobView::job).toList());
  }

  private String version() {
    return chronos.cluster().chronos().version();
  }
}
