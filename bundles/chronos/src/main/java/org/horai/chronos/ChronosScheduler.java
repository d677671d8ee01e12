package org.horai.chronos;

import java.util.List;
import java.util.Optional;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.cluster.HostPort;
import org.horai.api.jobs.Job;
import org.horai.api.jobs.JobScheduler;
import org.horai.api.jobs.JobView;
import org.horai.api.time.Deadline;
import org.horai.chronos.flow.JobBook;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Chronos as a service to other bundles. */
@Component
public final class ChronosScheduler implements JobScheduler {
  @Reference private ChronosServices services;

  @Override
  public Optional<HostPort> leader(ClusterSpec cluster, Deadline deadline) {
    return services.records(cluster).candidates(deadline).stream().findFirst();
  }

  @Override
  public List<JobView> list(ClusterSpec cluster, Deadline deadline) {
    return book(cluster, deadline).all();
  }

  @Override
  public Optional<JobView> find(ClusterSpec cluster, String name, Deadline deadline) {
    return book(cluster, deadline).find(name);
  }

  @Override
  public void put(ClusterSpec cluster, Job job, Deadline deadline) {
    book(cluster, deadline).put(job);
  }

  @Override
  public void run(ClusterSpec cluster, String name, Deadline deadline) {
    book(cluster, deadline).run(name);
  }

  @Override
  public void kill(ClusterSpec cluster, String name, Deadline deadline) {
    book(cluster, deadline).kill(name);
  }

  @Override
  public void delete(ClusterSpec cluster, String name, Deadline deadline) {
    book(cluster, deadline).delete(name);
  }

  @Override
  public FrameworkIdentity identity(ClusterSpec cluster, Deadline deadline) {
    return new FrameworkIdentity(
        cluster.chronos().frameworkName(), services.records(cluster).frameworkId(deadline));
  }

  @Override
  public List<String> storedJobs(ClusterSpec cluster, Deadline deadline) {
    return services.records(cluster).jobNames(deadline);
  }

  private JobBook book(ClusterSpec cluster, Deadline deadline) {
    return new JobBook(services.open(cluster), deadline);
  }
}
