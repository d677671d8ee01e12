package org.horai.mesos.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.horai.mesos.agent.Worlds.SOCKET;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.horai.api.HoraiException;
import org.horai.api.cluster.AgentSpec;
import org.horai.api.cluster.AgentSpec.Layout;
import org.horai.api.cluster.ClusterSnapshot;
import org.horai.api.health.Finding;
import org.horai.api.health.Severity;
import org.horai.api.host.Absent;
import org.horai.api.host.FileContent;
import org.horai.api.host.HostFacts;
import org.horai.api.host.Resource;
import org.horai.api.host.Service;
import org.horai.api.plan.Facts;
import org.horai.api.plan.Phase;
import org.horai.api.plan.PlanRequest;
import org.horai.api.plan.Stage;
import org.horai.api.plan.Step;
import org.junit.jupiter.api.Test;

class AgentContributorTest {
  private static final AgentSpec PACKAGE = Worlds.agent(Layout.PACKAGE, Map.of());
  private static final String CONVERGED_FILES =
      "docker_socket=" + SOCKET + " \nexecutor_registration_timeout=5mins \n";

  private final AgentContributor contributor = new AgentContributor();

  AgentContributorTest() {
    contributor.providers = new WeaveLike();
  }

  @Test
  void convergedAgentsAreLeftAlone() {
    Facts facts = facts(CONVERGED_FILES, CONVERGED_FILES, Worlds.converged());

    assertThat(contributor.plan(deploy(PACKAGE), facts)).isEmpty();
    assertThat(contributor.lint(deploy(PACKAGE), facts)).isEmpty();
  }

  @Test
  void changedSocketWritesTheFileAndRestartsWithoutAWipe() {
    Facts facts = facts("", CONVERGED_FILES, Worlds.running(Map.of()));

    List<Stage> stages = contributor.plan(deploy(PACKAGE), facts);

    assertThat(stages).extracting(Stage::id).containsExactly("agent:restart@a1", "agent:await@a1");
    Step.HostStep step = hostStep(stages.get(0));
    assertThat(step.disruptive()).isTrue();
    assertThat(step.reason())
        .isEqualTo(
            "docker_socket: /var/run/docker.sock -> /var/run/weave/weave.sock;"
                + " executor_registration_timeout: 3mins -> 5mins;"
                + " its identity stays; its 2 tasks keep running");
    assertThat(texts(step))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "/etc/mesos-slave/docker_socket",
                SOCKET + "\n",
                "/etc/mesos-slave/executor_registration_timeout",
                "5mins\n"));
    assertThat(step.stage().resources()).noneMatch(Absent.class::isInstance);
    assertThat(ids(step))
        .containsExactly(
            "overlay-socket",
            "/etc/mesos-slave/docker_socket",
            "/etc/mesos-slave/executor_registration_timeout",
            "stop",
            "start");
    assertThat(step.stage().resources().get(4))
        .isEqualTo(new Service("start", "mesos-slave", true, true, List.of()));
  }

  @Test
  void changedResourcesRemoveTheIdentityAndSayWhatDies() {
    AgentSpec spec = Worlds.agent(Layout.PACKAGE, Map.of("resources", "cpus:4;mem:2048"));
    Facts facts =
        facts(
            CONVERGED_FILES,
            CONVERGED_FILES + "resources=mem:2048;cpus:4 \n",
            Worlds.converged(),
            Map.of("resources", "cpus:4; mem:2048"));

    List<Stage> stages = contributor.plan(deploy(spec), facts);

    assertThat(stages).extracting(Stage::id).containsExactly("agent:restart@a1", "agent:await@a1");
    Step.HostStep step = hostStep(stages.get(0));
    assertThat(step.title()).isEqualTo("restart the agent with a new identity");
    assertThat(step.stage().resources())
        .contains(new Absent("identity", "/opt/prod/var/agent1/meta/slaves/latest"));
    assertThat(ids(step)).containsSubsequence("stop", "identity", "start");
    assertThat(step.reason())
        .contains("resources: cpus:2;mem:2048;disk:4096;ports:[31100-31199] -> cpus:4;mem:2048")
        .contains("registers anew and its 2 tasks die");
    assertThat(awaited(stages.get(1)))
        .containsEntry("wiped", true)
        .containsEntry("idsBefore", List.of("S1"));
  }

  @Test
  void additivePolicyTakesMoreResourcesWithoutAWipe() {
    AgentSpec spec =
        Worlds.agent(
            Layout.PACKAGE,
            Map.of("resources", "cpus:4;mem:2048;disk:4096;ports:[31100-31199];gpus:1"));
    Map<String, String> running = new HashMap<>(Worlds.converged());
    running.put("reconfiguration_policy", "additive");
    Facts facts = facts(CONVERGED_FILES, CONVERGED_FILES, running);

    Step.HostStep step = hostStep(contributor.plan(deploy(spec), facts).get(0));

    assertThat(step.stage().resources()).noneMatch(Absent.class::isInstance);
    assertThat(step.reason()).contains("reconfiguration_policy additive takes this");

    AgentSpec less = Worlds.agent(Layout.PACKAGE, Map.of("resources", "cpus:1;mem:2048"));
    assertThat(hostStep(contributor.plan(deploy(less), facts).get(0)).stage().resources())
        .anyMatch(Absent.class::isInstance);
  }

  /** The original script removed the identity of every agent at every restart. */
  @Test
  void bug13RestartKeepsTheIdentityWhereNothingOfItChanges() {
    Facts facts = facts(CONVERGED_FILES, CONVERGED_FILES, Worlds.converged());

    List<Stage> stages = contributor.plan(restart(PACKAGE, Map.of()), facts);

    assertThat(stages)
        .filteredOn(stage -> stage.id().startsWith("agent:restart"))
        .hasSize(2)
        .allSatisfy(
            stage -> {
              assertThat(hostStep(stage).stage().resources()).noneMatch(Absent.class::isInstance);
              assertThat(hostStep(stage).reason())
                  .isEqualTo("asked for; its identity stays; its 2 tasks keep running");
            });
  }

  /** The original script restarted all agents at once, with one work_dir for all. */
  @Test
  void bug14AgentsAreRestartedOneByOneAndTheirWorkDirIsTheirOwn() {
    AgentSpec spec = Worlds.agent(Layout.PACKAGE, Map.of("attributes", "rack:new"));
    Facts facts =
        facts(CONVERGED_FILES, CONVERGED_FILES, Worlds.converged(), Map.of("work_dir", "/data/m/"));

    List<Stage> stages = contributor.plan(restart(spec, Map.of()), facts);

    assertThat(stages)
        .extracting(Stage::id)
        .containsExactly(
            "agent:restart@a1", "agent:await@a1", "agent:restart@a2", "agent:await@a2");
    assertThat(stages).allSatisfy(stage -> assertThat(stage.steps()).hasSize(1));
    assertThat(removed(stages.get(0))).containsExactly("/opt/prod/var/agent1/meta/slaves/latest");
    assertThat(removed(stages.get(2))).containsExactly("/data/m/meta/slaves/latest");
  }

  @Test
  void unknownWorkDirForbidsAPlanThatWouldHaveToGuessIt() {
    AgentSpec spec = Worlds.agent(Layout.PACKAGE, Map.of("attributes", "rack:new"));
    Map<String, String> running = new HashMap<>(Worlds.converged());
    running.remove("work_dir");
    Facts facts = facts(CONVERGED_FILES, CONVERGED_FILES, running);

    assertThat(contributor.lint(deploy(spec), facts))
        .filteredOn(finding -> finding.severity() == Severity.ERROR)
        .extracting(Finding::code)
        .containsExactly("AGT-105", "AGT-105");
    Facts written =
        facts(
            CONVERGED_FILES + "work_dir=/srv/mesos \n",
            CONVERGED_FILES + "work_dir=/srv/mesos \n",
            running);
    assertThat(removed(contributor.plan(deploy(spec), written).get(0)))
        .containsExactly("/srv/mesos/meta/slaves/latest");
  }

  @Test
  void environmentLayoutKeepsForeignLinesInPlace() {
    AgentSpec spec = Worlds.agent(Layout.ENVIRONMENT, Map.of());
    String before =
        """
        # by hand
        ULIMIT="-n 8192"
        export MESOS_DOCKER_SOCKET="/var/run/docker.sock"

        MESOS_WORK_DIR='/srv/my mesos'
        #MESOS_DOCKER_SOCKET=/never
        """;
    Facts facts = facts(before, before, Worlds.running(Map.of()));

    Step.HostStep step = hostStep(contributor.plan(deploy(spec), facts).get(0));

    assertThat(texts(step))
        .containsExactlyEntriesOf(
            Map.of(
                "/etc/default/mesos-slave",
                """
                # by hand
                ULIMIT="-n 8192"
                export MESOS_DOCKER_SOCKET=/var/run/weave/weave.sock

                MESOS_WORK_DIR='/srv/my mesos'
                #MESOS_DOCKER_SOCKET=/never
                MESOS_EXECUTOR_REGISTRATION_TIMEOUT=5mins
                """));
  }

  @Test
  void agentThatRunsAsWantedGetsItsFilesOnly() {
    Facts facts = facts("", CONVERGED_FILES, Worlds.converged());

    List<Stage> stages = contributor.plan(deploy(PACKAGE), facts);

    assertThat(stages).extracting(Stage::id).containsExactly("agent:write@a1");
    assertThat(hostStep(stages.get(0)).disruptive()).isFalse();
    assertThat(hostStep(stages.get(0)).reason()).endsWith("it runs so already; no restart");
  }

  @Test
  void writtenButNotYetReadSettingsNeedARestartAlone() {
    Facts facts = facts(CONVERGED_FILES, CONVERGED_FILES, Worlds.running(Map.of()));

    Step.HostStep step = hostStep(contributor.plan(deploy(PACKAGE), facts).get(0));

    assertThat(ids(step)).containsExactly("overlay-socket", "stop", "start");
    assertThat(step.reason()).startsWith("docker_socket: /var/run/docker.sock -> " + SOCKET);
  }

  @Test
  void agentThatDoesNotRunIsStarted() {
    Facts facts =
        new Facts(
            Instant.EPOCH,
            Map.of(
                "a1", Worlds.facts("a1", CONVERGED_FILES),
                "a2", Worlds.facts("a2", CONVERGED_FILES)),
            Map.of(
                "mesos", Worlds.mesos(Worlds.info("S2", "127.0.7.12", true, Worlds.EARLIER)),
                "agents", Map.of("a2", Worlds.converged())),
            Map.of());

    List<Stage> stages = contributor.plan(deploy(PACKAGE), facts);

    assertThat(stages).extracting(Stage::id).containsExactly("agent:restart@a1", "agent:await@a1");
    assertThat(hostStep(stages.get(0)).reason()).startsWith("it does not run");
  }

  @Test
  void longerTimeoutOfAnAgentIsLeftAloneAndAShorterOwnOneIsWarnedAbout() {
    Map<String, String> patient = new HashMap<>(Worlds.converged());
    patient.put("executor_registration_timeout", "1hrs");
    String files = "docker_socket=" + SOCKET + " \n";
    assertThat(contributor.plan(deploy(PACKAGE), facts(files, files, patient))).isEmpty();

    AgentSpec hasty =
        Worlds.agent(
            Layout.PACKAGE,
            Map.of("executor_registration_timeout", "2mins", "docker_socket", "/other.sock"));
    assertThat(contributor.lint(deploy(hasty), facts(files, files, patient)))
        .extracting(Finding::code)
        .containsExactly("AGT-106", "AGT-102");
  }

  @Test
  void onlyNamedAgentsAreRestarted() {
    Facts facts = facts(CONVERGED_FILES, CONVERGED_FILES, Worlds.converged());
    PlanRequest request = restart(PACKAGE, Map.of("hosts", "a2"));

    assertThat(contributor.plan(request, facts))
        .extracting(Stage::id)
        .containsExactly("agent:restart@a2", "agent:await@a2");
    assertThat(contributor.probes(request)).extracting(p -> p.host()).containsExactly("a2");
  }

  @Test
  void equalFactsGiveEqualPlans() {
    Facts one = facts("", "", Worlds.running(Map.of()));
    Facts same = facts("", "", Worlds.running(Map.of()));
    assertThat(contributor.plan(deploy(PACKAGE), one))
        .isEqualTo(contributor.plan(deploy(PACKAGE), same));
  }

  @Test
  void withoutProvidersTheMissingBundleIsNamed() {
    contributor.providers = null;
    assertThatThrownBy(() -> contributor.probes(deploy(PACKAGE)))
        .isInstanceOfSatisfying(
            HoraiException.class, e -> assertThat(e.toString()).contains("bundle core"));
  }

  private static PlanRequest deploy(AgentSpec spec) {
    return new PlanRequest(Worlds.cluster(spec), "chronos.deploy", Set.of(Phase.AGENTS), Map.of());
  }

  private static PlanRequest restart(AgentSpec spec, Map<String, String> options) {
    return new PlanRequest(Worlds.cluster(spec), "agent.restart", Set.of(Phase.AGENTS), options);
  }

  private static Facts facts(String a1, String a2, Map<String, String> running) {
    return facts(a1, a2, running, Map.of());
  }

  /** Agent a2 runs with everything as wanted, but for the given flags. */
  private static Facts facts(
      String a1, String a2, Map<String, String> running, Map<String, String> differing) {
    Map<String, String> other = new HashMap<>(running);
    other.put("docker_socket", SOCKET);
    other.put(
        "executor_registration_timeout",
        a2.isEmpty() ? running.get("executor_registration_timeout") : "5mins");
    other.put("hostname", "127.0.7.12");
    if (a2.isEmpty()) {
      other.put("docker_socket", running.get("docker_socket"));
    }
    other.putAll(differing);
    Map<String, HostFacts> hosts =
        Map.of("a1", Worlds.facts("a1", a1), "a2", Worlds.facts("a2", a2));
    ClusterSnapshot mesos = Worlds.bothActive();
    return new Facts(
        Instant.EPOCH,
        hosts,
        Map.of("mesos", mesos, "agents", Map.of("a1", running, "a2", other)),
        Map.of());
  }

  private static Step.HostStep hostStep(Stage stage) {
    return (Step.HostStep) stage.steps().get(0);
  }

  private static Map<String, Object> awaited(Stage stage) {
    return ((Step.ActionStep) stage.steps().get(0)).arguments();
  }

  private static List<String> ids(Step.HostStep step) {
    return step.stage().resources().stream().map(Resource::id).toList();
  }

  private static Map<String, String> texts(Step.HostStep step) {
    Map<String, String> texts = new HashMap<>();
    for (Resource resource : step.stage().resources()) {
      if (resource instanceof FileContent file) {
        texts.put(file.path(), file.text());
      }
    }
    return texts;
  }

  private static List<String> removed(Stage stage) {
    List<String> paths = new ArrayList<>();
    for (Resource resource : hostStep(stage).stage().resources()) {
      if (resource instanceof Absent absent) {
        paths.add(absent.path());
      }
    }
    return paths;
  }
}
