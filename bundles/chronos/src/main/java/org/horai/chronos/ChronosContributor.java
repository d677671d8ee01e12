package org.horai.chronos;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.ClusterSnapshot;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.cluster.FrameworkInfo;
import org.horai.api.deployer.DeployerSnapshot;
import org.horai.api.deployer.Difference;
import org.horai.api.deployer.Workload;
import org.horai.api.deployer.WorkloadSpec;
import org.horai.api.health.Finding;
import org.horai.api.host.HostProbes;
import org.horai.api.jobs.JobSnapshot;
import org.horai.api.jobs.SchedulerSnapshot;
import org.horai.api.plan.Facts;
import org.horai.api.plan.Phase;
import org.horai.api.plan.PlanContributor;
import org.horai.api.plan.PlanRequest;
import org.horai.api.plan.Stage;
import org.horai.chronos.flow.Services;
import org.horai.chronos.model.ChronosLint;
import org.horai.chronos.model.Dying;
import org.horai.chronos.model.Flows;
import org.horai.chronos.model.Upgrade;
import org.horai.chronos.model.UpgradeLint;
import org.horai.chronos.model.WorkloadBuilder;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Plans everything about the Chronos app, its framework and its records. */
@Component
public final class ChronosContributor implements PlanContributor {
  static final Set<String> GOALS =
      Set.of("chronos.deploy", "chronos.restart", "chronos.purge", "chronos.remove", Upgrade.GOAL);

  @Reference private ChronosServices services;

  @Override
  public String concern() {
    return "chronos";
  }

  @Override
  public Phase phase() {
    return Phase.WORKLOAD;
  }

  @Override
  public boolean wanted(PlanRequest request) {
    return GOALS.contains(request.goal());
  }

  @Override
  public List<HostProbes> probes(PlanRequest request) {
    return List.of();
  }

  @Override
  public List<Stage> plan(PlanRequest request, Facts facts) {
    if (request.goal().equals(Upgrade.GOAL)) {
      return upgrade(request, facts);
    }
    ClusterSpec cluster = request.cluster();
    DeployerSnapshot marathon = require(facts, "marathon", DeployerSnapshot.class);
    SchedulerSnapshot stored = require(facts, "chronos", SchedulerSnapshot.class);
    ClusterSnapshot mesos = require(facts, "mesos", ClusterSnapshot.class);
    Services now = services.snapshot();
    WorkloadSpec wanted = wanted(cluster, marathon, now);
    Map<String, Object> definition = now.deployer().render(wanted, marathon.dialect());
    Optional<Workload> app = marathon.find(cluster.chronos().appId());
    Flows flows = new Flows(cluster, stored, definition);
    List<Stage> stages = new ArrayList<>();
    switch (request.goal()) {
      case "chronos.deploy" -> {
        List<Difference> differences =
            app.map(a -> now.deployer().diff(wanted, a, marathon.dialect())).orElse(List.of());
        stages.addAll(flows.deploy(app, differences));
      }
      case "chronos.restart" ->
          stages.addAll(flows.restart(app, request.option("mode", "rolling").equals("rolling")));
      case "chronos.purge" -> {
        List<FrameworkInfo> dying = dying(request, mesos, stored);
        stages.addAll(flows.purge(app, dying, redeploys(request)));
      }
      default -> stages.addAll(flows.remove(app));
    }
    return stages;
  }

  private List<Stage> upgrade(PlanRequest request, Facts facts) {
    DeployerSnapshot marathon = require(facts, "marathon", DeployerSnapshot.class);
    SchedulerSnapshot stored = require(facts, "chronos", SchedulerSnapshot.class);
    JobSnapshot jobs = require(facts, UpgradeFacts.CONCERN, JobSnapshot.class);
    Services now = services.snapshot();
    Upgrade upgrade = Upgrade.of(request, now.dialects());
    WorkloadSpec wanted = wanted(upgrade.to(), marathon, now);
    Optional<Workload> app = marathon.find(upgrade.to().chronos().appId());
    List<Difference> differences =
        app.map(a -> now.deployer().diff(wanted, a, marathon.dialect())).orElse(List.of());
    Map<String, Object> definition = now.deployer().render(wanted, marathon.dialect());
    Flows flows = new Flows(upgrade.to(), stored, definition);
    return upgrade.stages(flows, app, differences, jobs);
  }

  private static WorkloadSpec wanted(ClusterSpec cluster, DeployerSnapshot marathon, Services now) {
    return WorkloadBuilder.build(
        cluster,
        now.dialects().require(cluster.chronos().version()),
        now.overlays().attach(cluster, marathon.dialect()));
  }

  static boolean redeploys(PlanRequest request) {
    return request.option("redeploy", "true").equals("true");
  }

  static List<FrameworkInfo> dying(
      PlanRequest request, ClusterSnapshot mesos, SchedulerSnapshot stored) {
    return Dying.of(
        request.cluster().chronos().frameworkName(),
        mesos,
        stored.storedFrameworkId(),
        request.option("frameworkId", ""));
  }

  @Override
  public List<Finding> lint(PlanRequest request, Facts facts) {
    if (request.goal().equals(Upgrade.GOAL)) {
      Upgrade upgrade = Upgrade.of(request, services.dialects());
      JobSnapshot jobs = require(facts, UpgradeFacts.CONCERN, JobSnapshot.class);
      return new UpgradeLint(upgrade, jobs).findings();
    }
    if (!request.goal().equals("chronos.deploy") && !request.goal().equals("chronos.restart")) {
      return List.of();
    }
    return ChronosLint.lint(
        request.cluster(),
        facts.service("mesos", ClusterSnapshot.class),
        facts.service("chronos", SchedulerSnapshot.class));
  }

  static <T> T require(Facts facts, String concern, Class<T> type) {
    return facts
        .service(concern, type)
        .orElseThrow(() -> unknown(concern, facts.problems().get(concern)));
  }

  private static HoraiException unknown(String concern, String problem) {
    String what = "cannot plan without knowing " + concern;
    if (problem != null) {
      return new HoraiException(CommonErrors.UNREACHABLE, what, problem, "cluster:doctor");
    }
    String bundle = concern.equals("mesos") ? "mesos-master" : concern.replaceFirst("-jobs$", "");
    return new HoraiException(
        CommonErrors.PROVIDER_GONE,
        what,
        "bundle " + bundle + " brings it and is not there",
        "platform:start " + bundle);
  }
}
