package org.horai.chronos;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.horai.api.cluster.ClusterSnapshot;
import org.horai.api.cluster.FrameworkInfo;
import org.horai.api.health.Finding;
import org.horai.api.host.HostProbes;
import org.horai.api.jobs.SchedulerSnapshot;
import org.horai.api.plan.Facts;
import org.horai.api.plan.Phase;
import org.horai.api.plan.PlanContributor;
import org.horai.api.plan.PlanRequest;
import org.horai.api.plan.Stage;
import org.horai.chronos.model.Flows;
import org.horai.chronos.model.Upgrade;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Plans the proof at the end of every flow: what must be true afterwards. */
@Component
public final class ChronosProof implements PlanContributor {
  @Reference private ChronosServices services;

  @Override
  public String concern() {
    return "chronos";
  }

  @Override
  public Phase phase() {
    return Phase.VERIFY;
  }

  @Override
  public boolean wanted(PlanRequest request) {
    return ChronosContributor.GOALS.contains(request.goal());
  }

  @Override
  public List<HostProbes> probes(PlanRequest request) {
    return List.of();
  }

  @Override
  public List<Stage> plan(PlanRequest request, Facts facts) {
    SchedulerSnapshot stored =
        ChronosContributor.require(facts, "chronos", SchedulerSnapshot.class);
    Flows flows = new Flows(request.cluster(), stored, Map.of());
    return switch (request.goal()) {
      case "chronos.deploy", "chronos.restart" ->
          List.of(flows.verify(stored.storedFrameworkId(), List.of(), stored.storedJobs()));
      case Upgrade.GOAL -> {
        Upgrade upgrade = Upgrade.of(request, services.dialects());
        Stage proof = flows.verify(stored.storedFrameworkId(), List.of(), stored.storedJobs());
        yield List.of(Upgrade.in(upgrade.to(), proof), upgrade.settle());
      }
      case "chronos.purge" ->
          ChronosContributor.redeploys(request)
              ? List.of(flows.verify(Optional.empty(), goneIds(request, facts, stored), List.of()))
              : List.of();
      default -> List.of();
    };
  }

  private static List<String> goneIds(PlanRequest request, Facts facts, SchedulerSnapshot stored) {
    ClusterSnapshot mesos = ChronosContributor.require(facts, "mesos", ClusterSnapshot.class);
    TreeSet<String> ids = new TreeSet<>();
    ChronosContributor.dying(request, mesos, stored).stream()
        .map(FrameworkInfo::id)
        .forEach(ids::add);
    stored.storedFrameworkId().ifPresent(ids::add);
    return List.copyOf(ids);
  }

  @Override
  public List<Finding> lint(PlanRequest request, Facts facts) {
    return List.of();
  }
}
