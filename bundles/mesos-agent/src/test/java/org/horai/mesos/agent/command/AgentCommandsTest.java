package org.horai.mesos.agent.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.AgentSpec.Layout;
import org.horai.api.command.Invocation;
import org.horai.api.command.View;
import org.horai.api.plan.Phase;
import org.horai.api.plan.PlanFlow;
import org.horai.api.plan.PlanRequest;
import org.horai.itests.support.OneCluster;
import org.horai.itests.support.Operator;
import org.horai.mesos.agent.AgentSurvey;
import org.horai.mesos.agent.Worlds;
import org.junit.jupiter.api.Test;

class AgentCommandsTest {
  private final RecordedFlow flow = new RecordedFlow();
  private final AgentRestart restart = new AgentRestart();

  AgentCommandsTest() {
    restart.flow = flow;
    restart.clusters = new OneCluster(Worlds.cluster(Worlds.agent(Layout.PACKAGE, Map.of())));
  }

  @Test
  void restartIsAPlanOfTheAgentsAlone() {
    restart.run(new Operator(true, Map.of()));

    assertThat(flow.request.goal()).isEqualTo("agent.restart");
    assertThat(flow.request.phases()).containsExactly(Phase.AGENTS);
    assertThat(flow.request.options()).isEmpty();
    assertThat(flow.question).isEqualTo("Restart 2 agents, one after another, of test?");
  }

  @Test
  void namedAgentsAreHandedOnAndUnknownOnesRefused() {
    restart.run(new Operator(true, Map.of("host", "a2", "--rolling", "")));
    assertThat(flow.request.options()).isEqualTo(Map.of("hosts", "a2"));

    assertThatThrownBy(() -> restart.run(new Operator(true, Map.of("host", "a3"))))
        .isInstanceOfSatisfying(
            HoraiException.class,
            e -> {
              assertThat(e.code()).isEqualTo(CommonErrors.NOT_FOUND);
              assertThat(e.toString()).contains("a1, a2");
            });
  }

  @Test
  void planOnlyShows() {
    restart.run(new Operator(true, Map.of("--plan", "")));
    assertThat(flow.question).isEqualTo("planned only");
  }

  @Test
  void withoutAPlannerTheMissingBundleIsNamed() {
    restart.flow = null;
    assertThatThrownBy(() -> restart.run(new Operator(true, Map.of())))
        .isInstanceOfSatisfying(
            HoraiException.class, e -> assertThat(e.code()).isEqualTo(CommonErrors.PROVIDER_GONE));
  }

  @Test
  void statusWithoutMesosNamesTheMissingBundle() {
    AgentSurvey survey = new AgentSurvey();
    AgentStatus status = new AgentStatus(survey);
    status.clusters = restart.clusters;
    try {
      assertThatThrownBy(() -> status.run(new Operator(true, Map.of())))
          .hasMessageContaining("mesos-master");
    } finally {
      survey.close();
    }
    assertThat(List.of(status.spec(), restart.spec()))
        .allSatisfy(
            spec ->
                assertThat(spec.examples())
                    .hasSizeGreaterThanOrEqualTo(2)
                    .allMatch(example -> example.line().startsWith(spec.name())));
  }

  /** Remembers what it was asked for. */
  private static final class RecordedFlow implements PlanFlow {
    private PlanRequest request;
    private String question;

    @Override
    public View planOnly(
        PlanRequest asked, Optional<Path> saveTo, boolean detailedExitCode, Invocation invocation) {
      request = asked;
      question = "planned only";
      return View.of(Map.of());
    }

    @Override
    public View apply(PlanRequest asked, Invocation invocation, String text) {
      request = asked;
      question = text;
      return View.of(Map.of());
    }

    @Override
    public View applyTyped(PlanRequest asked, Invocation invocation, String word, String text) {
      throw new AssertionError("no word is typed here");
    }

    @Override
    public View applySaved(Path file, Invocation invocation) {
      throw new AssertionError("no file is applied here");
    }
  }
}
