package org.horai.chronos;

import org.horai.api.jobs.SchedulerSnapshot;
import org.horai.api.plan.FactSource;
import org.horai.api.plan.Phase;
import org.horai.api.plan.PlanRequest;
import org.horai.api.time.Deadline;
import org.horai.chronos.client.ChronosRecords;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The records in ZooKeeper as a fact for planning. */
@Component
public final class ChronosFacts implements FactSource {
  @Reference private ChronosServices services;

  @Override
  public String concern() {
    return "chronos";
  }

  @Override
  public boolean wanted(PlanRequest request) {
    return request.goal().startsWith("chronos.") || request.phases().contains(Phase.WORKLOAD);
  }

  @Override
  public Object take(PlanRequest request, Deadline deadline) {
    ChronosRecords records = services.records(request.cluster());
    return new SchedulerSnapshot(
        records.candidates(deadline), records.frameworkId(deadline), records.jobNames(deadline));
  }
}
