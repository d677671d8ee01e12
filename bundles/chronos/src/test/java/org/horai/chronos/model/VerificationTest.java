package org.horai.chronos.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.horai.chronos.model.Clusters.ID;
import static org.horai.chronos.model.Clusters.app;
import static org.horai.chronos.model.Clusters.candidate;
import static org.horai.chronos.model.Clusters.framework;
import static org.horai.chronos.model.Clusters.mesos;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.horai.api.cluster.ClusterSnapshot;
import org.horai.api.plan.Statement;
import org.junit.jupiter.api.Test;

class VerificationTest {
  private static final String LEADER = "10.32.1.1:8081";
  private static final Map<String, String> ALL_AGREE =
      Map.of("chronos.1", LEADER, "chronos.2", LEADER, "chronos.3", LEADER);

  @Test
  void everythingHoldsForAHealthyTrio() {
    assertThat(failing(observe(3, ALL_AGREE, Map.of(), registered(), List.of("a"), List.of("a"))))
        .isEmpty();
  }

  @Test
  void twoInstancesAreNotThree() {
    assertThat(
            failing(
                observe(
                    2,
                    Map.of("chronos.1", LEADER, "chronos.2", LEADER),
                    Map.of(),
                    registered(),
                    List.of(),
                    List.of())))
        .contains("instances", "healthy");
  }

  @Test
  void anInstanceThatSeesAnotherLeaderIsNamed() {
    Map<String, String> answers =
        Map.of("chronos.1", LEADER, "chronos.2", LEADER, "chronos.3", "10.32.1.3:8081");

    List<Statement> statements =
        statements(observe(3, answers, Map.of(), registered(), List.of(), List.of()));

    assertThat(statements)
        .filteredOn(s -> s.code().equals("leader"))
        .singleElement()
        .satisfies(
            s -> {
              assertThat(s.holds()).isFalse();
              assertThat(s.evidence()).isEqualTo("chronos.3 says 10.32.1.3:8081");
            });
  }

  @Test
  void aMasterThatCannotDialTheLeaderIsNamed() {
    assertThat(
            failing(
                observe(
                    3,
                    ALL_AGREE,
                    Map.of("master-2", "cannot dial " + LEADER),
                    registered(),
                    List.of(),
                    List.of())))
        .containsExactly("masters");
  }

  @Test
  void aZombieIsSeenAlthoughItsInstancesAreHealthy() {
    assertThat(
            failing(
                observe(
                    3,
                    ALL_AGREE,
                    Map.of(),
                    mesos(List.of(), List.of(framework(ID, "chronos", false))),
                    List.of(),
                    List.of())))
        .contains("framework", "identity");
  }

  @Test
  void aGhostBesideTheLiveFrameworkIsSeen() {
    ClusterSnapshot mesos =
        mesos(
            List.of(framework(ID, "chronos", true), framework("old-7", "chronos", false)),
            List.of());

    assertThat(failing(observe(3, ALL_AGREE, Map.of(), mesos, List.of(), List.of())))
        .containsExactly("framework");
  }

  @Test
  void jobsThatAreStoredButNotShownAreNamed() {
    assertThat(
            failing(
                observe(
                    3, ALL_AGREE, Map.of(), registered(), List.of("a", "orphan"), List.of("a"))))
        .containsExactly("jobs");
  }

  @Test
  void aRestartMustKeepIdAndJobs() {
    Observation seen = observe(3, ALL_AGREE, Map.of(), registered(), List.of("a"), List.of("a"));

    List<Statement> statements =
        new Verification(
                seen,
                new Observation.Expectation(
                    Optional.of("other-1"), List.of(), List.of("a", "lost")))
            .statements();

    assertThat(statements)
        .filteredOn(s -> !s.holds())
        .extracting(Statement::code)
        .containsExactlyInAnyOrder("same-id", "jobs");
  }

  @Test
  void aPurgeMustGiveANewId() {
    Observation seen = observe(3, ALL_AGREE, Map.of(), registered(), List.of(), List.of());

    List<Statement> statements =
        new Verification(
                seen, new Observation.Expectation(Optional.empty(), List.of(ID), List.of()))
            .statements();

    assertThat(statements)
        .filteredOn(s -> !s.holds())
        .extracting(Statement::code)
        .containsExactly("new-id");
  }

  private static ClusterSnapshot registered() {
    return mesos(List.of(framework(ID, "chronos", true)), List.of());
  }

  private static Observation observe(
      int instances,
      Map<String, String> leaders,
      Map<String, String> unreachable,
      ClusterSnapshot mesos,
      List<String> stored,
      List<String> shown) {
    return new Observation(
        3,
        "chronos",
        Optional.of(app(instances)),
        Topology.of(Optional.of(app(instances)), List.of(candidate(1), candidate(2), candidate(3))),
        leaders,
        unreachable,
        3,
        Optional.of(ID),
        mesos,
        stored,
        shown,
        Optional.of(new Observation.Canary(true, "it succeeded")));
  }

  private static List<Statement> statements(Observation seen) {
    return new Verification(seen, Observation.Expectation.none()).statements();
  }

  private static List<String> failing(Observation seen) {
    return statements(seen).stream().filter(s -> !s.holds()).map(Statement::code).toList();
  }
}
