package org.horai.chronos;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.horai.api.cluster.ChronosChoice;
import org.horai.api.cluster.ChronosSpec;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.jobs.Job;
import org.horai.api.jobs.JobView;
import org.horai.api.plan.ActionExecutor;
import org.horai.chronos.flow.Backups;
import org.horai.chronos.flow.ChronosAccess;
import org.horai.chronos.flow.JobBook;
import org.horai.chronos.model.Upgrade;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The steps that only a change of the version has. Each is idempotent. */
@Component
public final class UpgradeActions implements ActionExecutor {
  private static final Duration ONE_JOB = Duration.ofSeconds(30);

  @Reference private ChronosServices services;

  @Override
  public Set<String> actions() {
    return Set.of(Upgrade.CHOOSE, Upgrade.PUT_BACK, Upgrade.SETTLE);
  }

  @Override
  public ActionResult execute(ActionCall call) {
    return switch (call.action()) {
      case Upgrade.CHOOSE -> choose(call);
      case Upgrade.PUT_BACK -> putBack(call);
      case Upgrade.SETTLE -> settle(call);
      default -> throw new IllegalArgumentException(call.action());
    };
  }

  private ActionResult choose(ActionCall call) {
    ClusterSpec cluster = call.cluster();
    ChronosSpec to = Upgrade.cluster(cluster, call.arguments()).chronos();
    ChronosAccess chronos = services.open(Upgrade.cluster(cluster, call.arguments()));
    String backup = new Backups(chronos).fileOf(call.runId()).toString();
    services
        .clusters()
        .choose(
            cluster.name(),
            Upgrade.begun(
                services.clusters().chronos(cluster.name()),
                cluster.chronos().version(),
                new Upgrade.End(call.text("from"), call.text("fromImage")),
                new Upgrade.End(to.version(), to.image()),
                backup));
    return ActionResult.unchanged(cluster.name() + " is on its way to Chronos " + to.version());
  }

  private ActionResult settle(ActionCall call) {
    String cluster = call.cluster().name();
    boolean back = Boolean.TRUE.equals(call.arguments().get("back"));
    ChronosChoice now = Upgrade.settled(services.clusters().chronos(cluster), back);
    services.clusters().choose(cluster, now);
    return ActionResult.unchanged(
        now.equals(ChronosChoice.FILE)
            ? "the cluster file decides again"
            : now.version() + " with " + now.image());
  }

  /** Puts only jobs that lack something: each put resets the counters of its job. */
  private ActionResult putBack(ActionCall call) {
    ChronosAccess chronos = services.open(Upgrade.cluster(call.cluster(), call.arguments()));
    int put = 0;
    for (Map.Entry<?, ?> wanted : ((Map<?, ?>) call.arguments().get("fields")).entrySet()) {
      JobBook book = new JobBook(chronos, call.deadline().atMost(ONE_JOB));
      Optional<Job> job = book.find(String.valueOf(wanted.getKey())).map(JobView::job);
      Map<String, Object> fields = new LinkedHashMap<>(job.map(Job::fields).orElse(Map.of()));
      ((Map<?, ?>) wanted.getValue()).forEach((key, value) -> fields.put((String) key, value));
      if (job.isPresent() && !fields.equals(job.get().fields())) {
        book.put(new Job(job.get().name(), fields));
        call.progress().accept("put back " + job.get().name());
        put++;
      }
    }
    String summary = put + (put == 1 ? " job was put back" : " jobs were put back");
    return put == 0
        ? ActionResult.unchanged("all jobs have what they had")
        : new ActionResult(true, summary, Map.of(), Map.of(), List.of());
  }
}
