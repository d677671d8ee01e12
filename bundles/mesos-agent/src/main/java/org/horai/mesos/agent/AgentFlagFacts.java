package org.horai.mesos.agent;

import java.util.Optional;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.ClusterMaster;
import org.horai.api.cluster.ClusterSnapshot;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.plan.FactSource;
import org.horai.api.plan.Phase;
import org.horai.api.plan.PlanRequest;
import org.horai.api.time.Deadline;
import org.horai.mesos.agent.client.FlagQuestions;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The flags all agents run with, as maps of text by host name. */
@Component
public final class AgentFlagFacts implements FactSource {
  static final String CONCERN = "agents";

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile ClusterMaster master;

  private final FlagQuestions questions = new FlagQuestions();

  @Deactivate
  public void close() {
    questions.close();
  }

  @Override
  public String concern() {
    return CONCERN;
  }

  @Override
  public boolean wanted(PlanRequest request) {
    return request.phases().contains(Phase.AGENTS);
  }

  @Override
  public Object take(PlanRequest request, Deadline deadline) {
    ClusterMaster present = AgentSurvey.present(() -> master);
    return questions.ask(
        present, request.cluster(), snapshot(present, request.cluster(), deadline), deadline);
  }

  /** Without a leading master the agents are still asked where they usually listen. */
  static Optional<ClusterSnapshot> snapshot(
      ClusterMaster master, ClusterSpec cluster, Deadline deadline) {
    try {
      return Optional.of(
          master.snapshot(cluster, deadline.atMost(java.time.Duration.ofSeconds(8))));
    } catch (HoraiException e) {
      if (e.code().equals(CommonErrors.INTERRUPTED)) {
        throw e;
      }
      return Optional.empty();
    }
  }
}
