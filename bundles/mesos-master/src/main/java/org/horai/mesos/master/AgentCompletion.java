package org.horai.mesos.master;

import java.util.List;
import org.horai.api.cluster.ClusterRegistry;
import org.horai.api.cluster.Host;
import org.horai.api.command.CompletionSource;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Offers the hosts that run an agent, by their inventory names. */
@Component
public final class AgentCompletion implements CompletionSource {
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile ClusterRegistry clusters;

  @Override
  public String kind() {
    return "agent";
  }

  @Override
  public List<String> candidates() {
    ClusterRegistry registry = clusters;
    return registry == null
        ? List.of()
        : registry.current().stream()
            .flatMap(cluster -> cluster.inventory().agents().stream())
            .map(Host::name)
            .toList();
  }
}
