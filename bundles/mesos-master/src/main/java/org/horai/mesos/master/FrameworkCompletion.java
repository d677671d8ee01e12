package org.horai.mesos.master;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.horai.api.cluster.ClusterRegistry;
import org.horai.api.cluster.ClusterSnapshot;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.cluster.FrameworkInfo;
import org.horai.api.command.CompletionSource;
import org.horai.api.time.Deadline;
import org.horai.mesos.master.client.LateNames;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Offers the ids and names of the registered frameworks. */
@Component
public final class FrameworkCompletion implements CompletionSource {
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile ClusterRegistry clusters;

  private final MesosMaster masters;
  private final LateNames names = new LateNames();

  @Activate
  public FrameworkCompletion(@Reference MesosMaster masters) {
    this.masters = masters;
  }

  @Deactivate
  public void close() {
    names.close();
  }

  @Override
  public String kind() {
    return "framework";
  }

  @Override
  public List<String> candidates() {
    ClusterRegistry registry = clusters;
    Optional<ClusterSpec> cluster = registry == null ? Optional.empty() : registry.current();
    return cluster.map(chosen -> names.ask(() -> look(chosen))).orElse(List.of());
  }

  private List<String> look(ClusterSpec cluster) {
    ClusterSnapshot snapshot = masters.snapshot(cluster, Deadline.after(Duration.ofSeconds(2)));
    List<FrameworkInfo> frameworks = snapshot.frameworks();
    return java.util.stream.Stream.concat(
            frameworks.stream().map(FrameworkInfo::name).distinct(),
            frameworks.stream().map(FrameworkInfo::id))
        .toList();
  }
}
