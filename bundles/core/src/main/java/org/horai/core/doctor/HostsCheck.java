package org.horai.core.doctor;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.health.Finding;
import org.horai.api.health.HealthCheck;
import org.horai.api.host.HostFacts;
import org.horai.api.host.HostInspector;
import org.horai.api.recording.Tap;
import org.horai.api.time.Deadline;
import org.horai.core.doctor.model.HostFindings;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Asks every host over ssh: can it be reached, does its clock agree, does Docker run. */
@Component
public final class HostsCheck implements HealthCheck {
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile Tap tap;

  private final HostInspector inspector;

  @Activate
  public HostsCheck(@Reference HostInspector inspector) {
    this.inspector = inspector;
  }

  @Override
  public String name() {
    return "hosts";
  }

  @Override
  public Set<String> tags() {
    return Set.of("preflight", "hosts");
  }

  @Override
  public List<Finding> check(ClusterSpec cluster, Deadline deadline) {
    Instant before = Tap.of(tap).now("check hosts begins");
    Map<String, HostFacts> facts =
        inspector.inspect(cluster, HostFindings.probes(cluster.inventory()), deadline);
    return HostFindings.judge(
        cluster.inventory(), facts, before, Tap.of(tap).now("check hosts ends"));
  }
}
