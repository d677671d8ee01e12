package org.horai.mesos.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.horai.api.cluster.AgentSpec.Layout;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.plan.Phase;
import org.horai.api.plan.PlanRequest;
import org.horai.api.time.Deadline;
import org.horai.mesos.agent.model.AgentNeed;
import org.junit.jupiter.api.Test;

class AgentStatusTest {
  private final ClusterSpec cluster = Worlds.cluster(Worlds.agent(Layout.PACKAGE, Map.of()));
  private final KnownMaster master =
      new KnownMaster()
          .shows(Worlds.bothActive())
          .runs("127.0.7.11", Worlds.running(Map.of()))
          .runs("127.0.7.12", Worlds.converged());

  @Test
  void surveyTellsForEachAgentWhatItNeeds() {
    AgentSurvey survey = new AgentSurvey();
    survey.master = master;
    survey.providers = new WeaveLike();
    try {
      List<AgentNeed> needs = survey.look(cluster, Deadline.after(Duration.ofSeconds(10)));

      assertThat(needs).extracting(AgentNeed::restart).containsExactly(true, false);
      assertThat(needs).extracting(AgentNeed::wipe).containsExactly(false, false);
      assertThat(needs.get(0).now().tasks()).isEqualTo(2);
    } finally {
      survey.close();
    }
  }

  @Test
  void factsAreTheRunningFlagsOfTheAgentsThatAnswer() {
    AgentFlagFacts facts = new AgentFlagFacts();
    facts.master =
        new KnownMaster().shows(Worlds.bothActive()).runs("127.0.7.12", Worlds.converged());
    PlanRequest request =
        new PlanRequest(cluster, "agent.restart", java.util.Set.of(Phase.AGENTS), Map.of());
    try {
      assertThat(facts.wanted(request)).isTrue();
      assertThat(facts.take(request, Deadline.after(Duration.ofSeconds(10))))
          .isEqualTo(Map.of("a2", Worlds.converged()));
    } finally {
      facts.close();
    }
  }

  @Test
  void withoutALeaderTheAgentsAreAskedAtTheirUsualPort() {
    AgentFlagFacts facts = new AgentFlagFacts();
    facts.master = new KnownMaster().runs("127.0.7.11", Worlds.converged());
    PlanRequest request =
        new PlanRequest(cluster, "agent.restart", java.util.Set.of(Phase.AGENTS), Map.of());
    try {
      assertThat(facts.take(request, Deadline.after(Duration.ofSeconds(10))))
          .isEqualTo(Map.of("a1", Worlds.converged()));
    } finally {
      facts.close();
    }
  }
}
