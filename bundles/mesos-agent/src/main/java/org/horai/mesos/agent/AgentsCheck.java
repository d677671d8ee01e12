package org.horai.mesos.agent;

import java.util.List;
import java.util.Set;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.health.Finding;
import org.horai.api.health.HealthCheck;
import org.horai.api.time.Deadline;
import org.horai.mesos.agent.model.AgentErrors;
import org.horai.mesos.agent.model.AgentFindings;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Compares what agents run with, what their files say, and what the overlay needs. */
@Component
public final class AgentsCheck implements HealthCheck {
  private final AgentSurvey survey;

  @Activate
  public AgentsCheck(@Reference AgentSurvey survey) {
    this.survey = survey;
  }

  @Override
  public String name() {
    return "agents";
  }

  @Override
  public Set<String> tags() {
    return Set.of("preflight", "agents");
  }

  @Override
  public List<Finding> check(ClusterSpec cluster, Deadline deadline) {
    try {
      return AgentFindings.health(cluster.agent(), survey.look(cluster, deadline));
    } catch (HoraiException e) {
      if (e.code().equals(CommonErrors.INTERRUPTED)) {
        throw e;
      }
      return List.of(
          Finding.error(
              AgentErrors.SILENT.id(),
              "agents",
              "could not be looked at",
              e.getMessage(),
              e.next().orElse("")));
    }
  }
}
