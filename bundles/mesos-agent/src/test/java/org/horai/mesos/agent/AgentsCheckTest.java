package org.horai.mesos.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.horai.api.cluster.AgentSpec.Layout;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.health.Finding;
import org.horai.api.host.HostProbes;
import org.horai.api.time.Deadline;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AgentsCheckTest {
  private static final String FILES =
      "docker_socket=" + Worlds.SOCKET + " \nexecutor_registration_timeout=5mins \n";

  private final AgentSurvey survey = new AgentSurvey();
  private final KnownMaster master = new KnownMaster();
  private final ClusterSpec cluster = Worlds.cluster(Worlds.agent(Layout.PACKAGE, Map.of()));

  @BeforeEach
  void provide() {
    survey.master = master;
    survey.providers = new WeaveLike();
    survey.hosts =
        (spec, questions, deadline) ->
            questions.stream()
                .collect(Collectors.toMap(HostProbes::host, q -> Worlds.facts(q.host(), FILES)));
  }

  @AfterEach
  void close() {
    survey.close();
  }

  @Test
  void agentsAsWantedAreOneGoodFinding() {
    master
        .shows(Worlds.bothActive())
        .runs("127.0.7.11", Worlds.converged())
        .runs("127.0.7.12", Worlds.converged());

    assertThat(check()).extracting(Finding::code).containsExactly("AGT-100");
  }

  @Test
  void everyDeviationIsNamedWithItsHost() {
    master.shows(Worlds.bothActive()).runs("127.0.7.11", Worlds.running(Map.of()));

    assertThat(check())
        .extracting(finding -> finding.code() + " " + finding.subject())
        .containsExactly("AGT-101 a1", "AGT-102 a1", "AGT-103 a1", "AGT-104 a2");
  }

  @Test
  void withoutHostAccessTheFilesStayUnknownAndTheRestIsStillChecked() {
    survey.hosts = null;
    master
        .shows(Worlds.bothActive())
        .runs("127.0.7.11", Worlds.running(Map.of()))
        .runs("127.0.7.12", Worlds.converged());

    assertThat(check())
        .extracting(finding -> finding.code() + " " + finding.subject())
        .containsExactly("AGT-101 a1", "AGT-102 a1");
  }

  @Test
  void missingServicesAreAFinding() {
    survey.master = null;
    assertThat(check())
        .singleElement()
        .matches(finding -> finding.why().contains("no Mesos service is installed"));
  }

  private List<Finding> check() {
    return new AgentsCheck(survey).check(cluster, Deadline.after(Duration.ofSeconds(10)));
  }
}
