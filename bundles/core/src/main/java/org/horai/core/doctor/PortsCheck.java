package org.horai.core.doctor;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.cluster.HostPort;
import org.horai.api.health.Finding;
import org.horai.api.health.HealthCheck;
import org.horai.api.recording.Tap;
import org.horai.api.time.Deadline;
import org.horai.core.doctor.client.PortDialer;
import org.horai.core.doctor.model.ServicePorts;
import org.horai.core.doctor.model.SilentPorts;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Dials the port of every service from here. */
@Component
public final class PortsCheck implements HealthCheck {
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile Tap tap;

  private final PortDialer dialer = new PortDialer();

  @Override
  public String name() {
    return "ports";
  }

  @Override
  public Set<String> tags() {
    return Set.of("preflight", "ports");
  }

  @Override
  public List<Finding> check(ClusterSpec cluster, Deadline deadline) {
    Map<HostPort, String> ports = ServicePorts.of(cluster);
    String silent =
        Tap.of(tap)
            .reading(
                "silent ports", () -> SilentPorts.text(dialer.silent(ports.keySet(), deadline)));
    return ServicePorts.judge(ports, SilentPorts.parse(silent));
  }
}
