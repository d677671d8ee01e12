package org.horai.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.horai.core.plan.Plans.hostStage;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.BiFunction;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.health.Finding;
import org.horai.api.health.Severity;
import org.horai.api.host.Absent;
import org.horai.api.host.Command;
import org.horai.api.host.FileContent;
import org.horai.api.host.HostProbes;
import org.horai.api.host.HostStage;
import org.horai.api.host.Probe;
import org.horai.api.host.Service;
import org.horai.api.network.OverlayView;
import org.horai.api.plan.Change;
import org.horai.api.plan.FactSource;
import org.horai.api.plan.Facts;
import org.horai.api.plan.Phase;
import org.horai.api.plan.Plan;
import org.horai.api.plan.PlanContributor;
import org.horai.api.plan.PlanRequest;
import org.horai.api.plan.Stage;
import org.horai.api.plan.Step;
import org.horai.api.time.Deadline;
import org.horai.core.plan.model.HostSteps;
import org.horai.core.plan.model.PlanAssembly;
import org.horai.core.plan.model.PlanJson;
import org.horai.core.plan.model.StalePlan;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlannerTest {
  private static final FileContent CONFIG = FileContent.of("/etc/weave.env", "A=1\n");
  private static final Service WEAVE =
      new Service("svc", "weave", true, true, List.of("/etc/weave.env"));

  @TempDir Path folder;
  private World world;
  private ClusterPlanner planner;

  @BeforeEach
  void world() {
    world = new World(folder, "h1", "h2", "h3");
    world.machines.values().forEach(m -> m.write("/lib/systemd/system/weave.service", ""));
    planner = new ClusterPlanner(world.inspector, world.pool, new PlanJson());
  }

  @AfterEach
  void end() {
    world.close();
  }

  private PlanRequest request(Phase... phases) {
    return new PlanRequest(world.cluster(), "chronos.deploy", Set.of(phases), Map.of("a", "1"));
  }

  private static Deadline soon() {
    return Deadline.after(Duration.ofSeconds(30));
  }

  /** Wants the same stages everywhere, as an overlay does. */
  private static PlanContributor overlay(String... hosts) {
    List<HostStage> wanted =
        List.of(hosts).stream().map(h -> hostStage("weave:launch", h, CONFIG, WEAVE)).toList();
    return new Contributor(
        "weave",
        Phase.OVERLAY,
        wanted.stream()
            .map(s -> new HostProbes(s.host(), List.of(Probe.of("n", "echo hi")), List.of(s)))
            .toList(),
        (request, facts) ->
            HostSteps.stages("weave", new OverlayView(facts.hosts()).pending(wanted), facts));
  }

  @Test
  void hostsOfAnOverlayAreConnectedToWhileTheirQuestionsAreWritten() throws Exception {
    planner.contributors = Offered.all(overlay("h1"));

    planner.plan(request(Phase.HOSTS), soon());
    assertThat(world.prepared).isEmpty();

    planner.plan(request(Phase.OVERLAY), soon());
    assertThat(world.prepared.take()).isEqualTo("h1");
    assertThat(world.prepared.take()).isEqualTo("h2");
    assertThat(world.prepared.take()).isEqualTo("h3");
  }

  private record Contributor(
      String concern,
      Phase phase,
      List<HostProbes> questions,
      BiFunction<PlanRequest, Facts, List<Stage>> stages)
      implements PlanContributor {
    @Override
    public boolean wanted(PlanRequest request) {
      return true;
    }

    @Override
    public List<HostProbes> probes(PlanRequest request) {
      return questions;
    }

    @Override
    public List<Stage> plan(PlanRequest request, Facts facts) {
      return stages.apply(request, facts);
    }

    @Override
    public List<Finding> lint(PlanRequest request, Facts facts) {
      return List.of(Finding.warning(concern.toUpperCase() + "-1", "x", "odd", "", ""));
    }
  }

  private record Source(String concern, Object answer) implements FactSource {
    @Override
    public boolean wanted(PlanRequest request) {
      return true;
    }

    @Override
    public Object take(PlanRequest request, Deadline deadline) {
      if (answer instanceof RuntimeException failure) {
        throw failure;
      }
      return answer;
    }
  }

  @Test
  void planOfTheWorldIsAppliedAndThenConverged() {
    planner.contributors = Offered.all(overlay("h1", "h2", "h3"));
    world.machines.get("h2").write("/etc/weave.env", "A=0\n");

    Plan plan = planner.plan(request(Phase.OVERLAY), soon());

    assertThat(world.execs)
        .as("one exec for each host")
        .containsExactlyInAnyOrder("h1", "h2", "h3");
    assertThat(plan.stages()).hasSize(1);
    assertThat(plan.stages().get(0).id()).isEqualTo("weave:launch");
    assertThat(plan.steps().map(Step::change))
        .containsExactly(Change.ADD, Change.CHANGE, Change.ADD);
    assertThat(plan.steps().toList().get(1).reason()).contains("-A=0", "+A=1", "service weave");
    assertThat(planner.plan(request(Phase.OVERLAY), soon()).digest()).isEqualTo(plan.digest());

    world.runner.run(world.cluster(), plan, new org.horai.api.plan.RunListener() {});
    Plan second = planner.plan(request(Phase.OVERLAY), soon());
    assertThat(second.stages()).isEmpty();
    assertThat(second.converged()).isTrue();
    assertThatThrownBy(() -> StalePlan.verifyUnchanged(plan, second, new PlanJson()))
        .isInstanceOfSatisfying(
            HoraiException.class,
            e -> {
              assertThat(e.code().id()).isEqualTo("RUN-409");
              assertThat(e.exitCode()).isEqualTo(4);
              assertThat(e.getMessage()).contains("weave:launch@h1 is no longer needed");
            });
  }

  @Test
  void driftOfOneFileMovesTheWorld() {
    planner.contributors = Offered.all(overlay("h1", "h2"));
    world.machines.get("h1").write("/etc/weave.env", "A=0\n");
    Plan plan = planner.plan(request(Phase.OVERLAY), soon());
    world.machines.get("h1").write("/etc/weave.env", "A=7\n");
    Plan moved = planner.plan(request(Phase.OVERLAY), soon());
    assertThatThrownBy(() -> StalePlan.verifyUnchanged(plan, moved, new PlanJson()))
        .hasMessageContaining("weave:launch@h1 differs")
        .hasMessageNotContaining("h2");
  }

  @Test
  void unreachableHostIsAnErrorThatNamesItAndTheOthersArePlanned() {
    planner.contributors = Offered.all(overlay("h1", "h2", "h3", "h9"));
    world.cut.add("h2");

    Plan plan = planner.plan(request(Phase.OVERLAY), soon());

    assertThat(plan.findings())
        .filteredOn(finding -> finding.severity() == Severity.ERROR)
        .extracting(Finding::subject)
        .containsExactly("h2", "h9");
    assertThat(plan.steps().filter(s -> s.where().equals("h1")).findFirst().orElseThrow().reason())
        .contains("absent");
  }

  @Test
  void factsOfServicesAreTakenAndFailuresAreWarnings() {
    planner.contributors = Offered.all(overlay("h1"));
    planner.sources =
        Offered.<FactSource>all(
            new Source("mesos", "snapshot"),
            new Source(
                "marathon", new HoraiException(CommonErrors.UNREACHABLE, "Marathon is away", "x")),
            new Source("chronos", new IllegalStateException("odd")));

    Facts facts = planner.facts(request(Phase.OVERLAY), soon());

    assertThat(facts.service("mesos", String.class)).contains("snapshot");
    assertThat(facts.problems())
        .containsEntry("marathon", "Marathon is away")
        .containsEntry("chronos", "odd");
    assertThat(facts.host("h1").probe("n").orElseThrow().stdout()).isEqualTo("hi\n");
    assertThat(planner.plan(request(Phase.OVERLAY), soon()).findings())
        .extracting(Finding::code)
        .containsExactly("RUN-206", "RUN-206", "WEAVE-1");
  }

  @Test
  void phaseWithoutItsBundleIsNamed() {
    planner.contributors = Offered.all(overlay("h1"));
    assertThatThrownBy(() -> planner.plan(request(Phase.OVERLAY, Phase.AGENTS), soon()))
        .isInstanceOfSatisfying(
            HoraiException.class,
            e -> {
              assertThat(e.code()).isEqualTo(CommonErrors.PROVIDER_GONE);
              assertThat(e.getMessage()).contains("mesos-agent");
            });
  }

  @Test
  void unsafeResourcesForbidThePlan() {
    HostStage bad = hostStage("x:bad", "h1", new Absent("a", "/etc"));
    planner.contributors =
        Offered.<PlanContributor>all(
            new Contributor(
                "x",
                Phase.HOSTS,
                List.of(),
                (r, facts) -> HostSteps.stages("x", List.of(bad), facts)));
    assertThat(planner.plan(request(Phase.HOSTS), soon()).findings())
        .extracting(Finding::code)
        .contains("RUN-422");
  }

  @Test
  void equalWorldsGiveEqualDigestsHoweverTheyAreShuffled() {
    Random random = new Random(7);
    Set<String> digests = new HashSet<>();
    Set<List<String>> orders = new HashSet<>();
    for (int i = 0; i < 40; i++) {
      List<PlanContributor> contributors = new ArrayList<>(all(random));
      Collections.shuffle(contributors, random);
      Map<String, String> options = shuffled(Map.of("a", "1", "b", "2", "c", "3"), random);
      PlanRequest request =
          new PlanRequest(
              world.cluster(),
              "chronos.deploy",
              Set.of(Phase.OVERLAY, Phase.HOSTS, Phase.INGRESS),
              options);
      Facts facts = new Facts(java.time.Instant.now(), Map.of(), Map.of(), Map.of());
      Plan plan =
          PlanAssembly.assemble(
              request, PlanAssembly.taking(request, contributors), facts, new PlanJson());
      digests.add(plan.digest());
      orders.add(plan.stages().stream().map(Stage::id).toList());
    }
    assertThat(digests).hasSize(1);
    assertThat(orders).containsExactly(List.of("h:x", "h:x-2", "w:a", "w:b", "i:x"));
  }

  private static List<PlanContributor> all(Random random) {
    Command command =
        new Command(
            "c",
            List.of("true"),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            new HashSet<>(shuffled(Map.of(0, 0, 1, 1, 2, 2, 7, 7), random).keySet()),
            Duration.ofSeconds(5),
            List.of());
    List<HostStage> weave =
        List.of(
            hostStage("w:b", "h1", command),
            hostStage("w:a", "h2", command),
            hostStage("w:b", "h2", command));
    Map<String, Object> arguments =
        shuffled(Map.of("x", 1, "y", Map.of("p", 1, "q", 2), "z", List.of(1)), random);
    Step step =
        new Step.ActionStep(
            "s", "t", "w", Change.ADD, false, "r", "a", arguments, Duration.ofSeconds(1));
    return List.of(
        steps("h1", Phase.HOSTS, new Stage("h:x", "h1", "t", 0, List.of(step))),
        steps("h2", Phase.HOSTS, new Stage("h:x", "h2", "t", 0, List.of(step))),
        steps("i", Phase.INGRESS, new Stage("i:x", "i", "t", 0, List.of(step))),
        new Contributor(
            "weave", Phase.OVERLAY, List.of(), (r, f) -> HostSteps.stages("weave", weave, f)));
  }

  private static PlanContributor steps(String concern, Phase phase, Stage stage) {
    return new Contributor(concern, phase, List.of(), (r, f) -> List.of(stage));
  }

  private static <K, V> Map<K, V> shuffled(Map<K, V> map, Random random) {
    List<K> keys = new ArrayList<>(map.keySet());
    Collections.shuffle(keys, random);
    Map<K, V> shuffled = random.nextBoolean() ? new LinkedHashMap<>() : new HashMap<>();
    keys.forEach(key -> shuffled.put(key, map.get(key)));
    return shuffled;
  }
}
