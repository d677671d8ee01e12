package org.horai.marathon;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.horai.api.HoraiException;
import org.horai.api.cluster.ClusterMaster;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.cluster.HostPort;
import org.horai.api.health.Finding;
import org.horai.api.health.HealthCheck;
import org.horai.api.time.Deadline;
import org.horai.marathon.client.MarathonClient;
import org.horai.marathon.model.Answers;
import org.horai.marathon.model.Health;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Looks at the Marathons: do they answer, who leads, are they registered, is anything stuck. */
@Component
public final class MarathonCheck implements HealthCheck {
  @Reference MarathonAccess access;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile ClusterMaster mesos;

  @Override
  public String name() {
    return "marathon";
  }

  @Override
  public Set<String> tags() {
    return Set.of("preflight", "marathon");
  }

  @Override
  public List<Finding> check(ClusterSpec cluster, Deadline deadline) {
    Map<String, Answers.Info> answers = new LinkedHashMap<>();
    Map<String, String> problems = new LinkedHashMap<>();
    MarathonClient client;
    try {
      client = access.client(cluster);
    } catch (HoraiException e) {
      return List.of(failed(e));
    }
    for (HostPort address : cluster.marathon()) {
      try {
        answers.put(address.toString(), client.info(address, deadline));
      } catch (HoraiException e) {
        problems.put(address.toString(), e.getMessage());
      }
    }
    List<Finding> findings = new ArrayList<>(Health.reachable(answers, problems));
    answers.values().stream()
        .findFirst()
        .ifPresent(info -> deeper(client, info, findings, deadline));
    return findings.isEmpty() ? List.of(unnamed()) : findings;
  }

  private void deeper(
      MarathonClient client, Answers.Info info, List<Finding> findings, Deadline deadline) {
    try {
      findings.addAll(
          Health.deployments(client.deployments(deadline), access.now("check marathon")));
      ClusterMaster master = mesos;
      if (master != null) {
        findings.add(
            Health.registered(
                info.frameworkId(), master.snapshot(client.cluster(), deadline).frameworks()));
      }
    } catch (HoraiException e) {
      findings.add(failed(e));
    }
  }

  private static Finding unnamed() {
    return Finding.error(
        "MAR-101",
        "marathon",
        "the cluster names no Marathon",
        "",
        "add addresses below marathon: in the cluster file");
  }

  private static Finding failed(HoraiException e) {
    return Finding.error(
        e.code().id(), "marathon", e.what(), e.why().orElse(""), e.next().orElse(""));
  }
}
