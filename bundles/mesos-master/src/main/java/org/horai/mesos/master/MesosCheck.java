package org.horai.mesos.master;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.ClusterSnapshot;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.cluster.HostPort;
import org.horai.api.health.Finding;
import org.horai.api.health.HealthCheck;
import org.horai.api.time.Deadline;
import org.horai.mesos.master.model.MesosFindings;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Looks whether one master leads, all masters know it, and all agents are registered. */
@Component
public final class MesosCheck implements HealthCheck {
  private final MesosMaster masters;

  @Activate
  public MesosCheck(@Reference MesosMaster masters) {
    this.masters = masters;
  }

  @Override
  public String name() {
    return "mesos";
  }

  @Override
  public Set<String> tags() {
    return Set.of("preflight", "mesos");
  }

  @Override
  public List<Finding> check(ClusterSpec cluster, Deadline deadline) {
    try {
      ClusterSnapshot snapshot = masters.snapshot(cluster, deadline);
      Map<HostPort, Optional<HostPort>> named = new LinkedHashMap<>();
      cluster
          .mesos()
          .masters()
          .forEach(master -> named.put(master, masters.namedBy(cluster, master, deadline)));
      return MesosFindings.of(snapshot, named, cluster.inventory());
    } catch (HoraiException e) {
      if (e.code().equals(CommonErrors.INTERRUPTED)) {
        throw e;
      }
      return List.of(MesosFindings.noLeader(e.getMessage()));
    }
  }
}
