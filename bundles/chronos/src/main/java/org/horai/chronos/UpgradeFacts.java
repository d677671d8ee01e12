package org.horai.chronos;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.jobs.Job;
import org.horai.api.jobs.JobSnapshot;
import org.horai.api.plan.FactSource;
import org.horai.api.plan.PlanRequest;
import org.horai.api.time.Deadline;
import org.horai.chronos.flow.Backups;
import org.horai.chronos.flow.ChronosAccess;
import org.horai.chronos.flow.JobBook;
import org.horai.chronos.model.Upgrade;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The jobs as facts for planning a change of the version. */
@Component
public final class UpgradeFacts implements FactSource {
  static final String CONCERN = "chronos-jobs";
  private static final Duration LEADER = Duration.ofSeconds(10);

  @Reference private ChronosServices services;

  @Override
  public String concern() {
    return CONCERN;
  }

  @Override
  public boolean wanted(PlanRequest request) {
    return request.goal().equals(Upgrade.GOAL);
  }

  @Override
  public Object take(PlanRequest request, Deadline deadline) {
    ChronosAccess chronos = services.open(Upgrade.of(request, services.dialects()).from());
    Backups backups = new Backups(chronos);
    String before = request.option("backup", "");
    return new JobSnapshot(
        backups.take(deadline).jobs(),
        shown(chronos, deadline.atMost(LEADER)),
        before.isEmpty() ? List.of() : backups.load(Path.of(before)).jobs());
  }

  /** Empty when nobody leads: after an interrupted change there may be no Chronos at all. */
  private static Optional<List<String>> shown(ChronosAccess chronos, Deadline deadline) {
    try {
      if (chronos.records().candidates(deadline).isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          new JobBook(chronos, deadline)
              .all().stream().map(view -> view.job()).map(Job::name).toList());
    } catch (HoraiException e) {
      if (e.code().equals(CommonErrors.INTERRUPTED)) {
        throw e;
      }
      return Optional.empty();
    }
  }
}
