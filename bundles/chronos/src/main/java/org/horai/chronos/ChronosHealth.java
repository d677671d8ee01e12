package org.horai.chronos;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.horai.api.HoraiException;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.cluster.FrameworkInfo;
import org.horai.api.deployer.Workload;
import org.horai.api.health.Finding;
import org.horai.api.health.HealthCheck;
import org.horai.api.time.Deadline;
import org.horai.chronos.flow.StatusReader;
import org.horai.chronos.model.ChronosErrors;
import org.horai.chronos.model.ChronosStatus;
import org.horai.chronos.model.FindingCodes;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Looks whether a deployed Chronos is whole. */
@Component
public final class ChronosHealth implements HealthCheck {
  @Reference private ChronosServices services;

  @Override
  public String name() {
    return "chronos";
  }

  @Override
  public Set<String> tags() {
    return Set.of("chronos", "scheduler");
  }

  @Override
  public List<Finding> check(ClusterSpec cluster, Deadline deadline) {
    try {
      return judge(cluster, new StatusReader(services.open(cluster), deadline).read());
    } catch (HoraiException e) {
      return List.of(
          Finding.error(
              e.code().id(),
              cluster.chronos().appId(),
              e.what(),
              e.why().orElse(""),
              e.next().orElse("")));
    }
  }

  static List<Finding> judge(ClusterSpec cluster, ChronosStatus status) {
    String app = cluster.chronos().appId();
    if (status.app().isEmpty() && status.problems().isEmpty()) {
      return List.of(Finding.ok(FindingCodes.WELL.id(), app, "not deployed yet"));
    }
    List<Finding> found = new ArrayList<>();
    status
        .problems()
        .forEach(
            problem ->
                found.add(
                    Finding.error(
                        FindingCodes.UNASKED.id(),
                        app,
                        "not everything could be asked",
                        problem,
                        "")));
    status.app().ifPresent(deployed -> found.addAll(judge(cluster, status, deployed)));
    if (found.isEmpty()) {
      long healthy = status.app().map(Workload::healthy).orElse(0L);
      found.add(
          Finding.ok(FindingCodes.WELL.id(), app, healthy + " instances, one leader, registered"));
    }
    return List.copyOf(found);
  }

  private static List<Finding> judge(ClusterSpec cluster, ChronosStatus status, Workload deployed) {
    String app = cluster.chronos().appId();
    List<Finding> found = new ArrayList<>();
    if (deployed.healthy() < deployed.wantedInstances()) {
      found.add(
          Finding.error(
              FindingCodes.UNWELL.id(),
              app,
              deployed.healthy() + " of " + deployed.wantedInstances() + " instances are healthy",
              deployed.lastFailure().orElse(""),
              "marathon:why " + app));
    }
    if (!status.agreed()) {
      found.add(
          Finding.error(
              ChronosErrors.NO_LEADER.id(),
              app,
              "no leader that all agree on",
              "they say " + status.leaders().values(),
              "chronos:status -o wide"));
    }
    if (status.framework().filter(FrameworkInfo::active).isEmpty()) {
      found.add(
          Finding.error(
              FindingCodes.UNREGISTERED.id(),
              app,
              "framework \"" + cluster.chronos().frameworkName() + "\" is not active in Mesos",
              "it is up only when the masters can dial it back, and its id was not torn down",
              "mesos:frameworks, then net:doctor"));
    }
    return found;
  }
}
