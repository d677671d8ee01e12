package org.horai.core.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.command.Command;
import org.horai.api.command.View;
import org.horai.api.health.Finding;
import org.horai.api.health.Severity;
import org.horai.api.host.HostFacts;
import org.horai.api.host.ProbeOutput;
import org.horai.api.host.ResourceState;
import org.horai.api.host.ResourceState.Status;
import org.horai.api.network.OverlayNetworkProvider;
import org.horai.api.network.OverlaySpec;
import org.horai.api.network.OverlayView;
import org.horai.api.plan.Change;
import org.horai.api.plan.Facts;
import org.horai.api.plan.Phase;
import org.horai.api.plan.PlanRequest;
import org.horai.api.plan.Stage;
import org.horai.api.plan.Step;
import org.horai.api.time.Deadline;
import org.horai.core.cluster.model.KnownClusters;
import org.horai.core.host.HostRunner;
import org.horai.core.host.ParallelHostInspector;
import org.horai.core.host.WorkerPool;
import org.horai.core.net.command.NetCompareCommand;
import org.horai.core.net.command.NetDoctorCommand;
import org.horai.core.net.command.NetListCommand;
import org.horai.core.net.command.NetStatusCommand;
import org.horai.core.net.model.GuardedProvider;
import org.horai.core.net.model.GuardedProvider.Asker;
import org.horai.core.net.model.ProviderSet;
import org.horai.core.testing.TestCall;
import org.horai.core.testing.TestClusters;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OverlayTest {
  private static final String CUPS = TestClusters.LAB + "overlay: {provider: cups, version: '1'}\n";

  @TempDir Path folder;
  private final ProviderSet providers = new ProviderSet(Asker.DIRECTLY);
  private final Map<String, HostFacts> answers = new HashMap<>();
  private KnownClusters clusters;

  @BeforeEach
  void startHealthy() {
    clusters = TestClusters.using(folder, CUPS);
    providers.add("key", "networking-cups", "1.0.0", new StringAndCups("cups"));
    List.of("m1", "a1", "a2").forEach(host -> answers.put(host, said(host, "taut", Status.OK)));
  }

  @Test
  void theNewestBundleOfAnIdIsUsed() {
    OverlayNetworkProvider newer = new StringAndCups("cups");
    providers.add("old", "networking-cups", "0.9.9", new StringAndCups("cups"));
    providers.add("new", "networking-cups", "1.0.10.SNAPSHOT", newer);
    providers.add("mid", "networking-cups", "1.0.9", new StringAndCups("cups"));
    assertThat(used("cups")).isSameAs(newer);
    assertThat(providers.all()).hasSize(1);

    providers.remove("new");
    assertThat(used("cups")).isNotSameAs(newer);
    assertThat(providers.installed())
        .extracting("version", "used")
        .containsExactly(tuple("1.0.9", true), tuple("1.0.0", false), tuple("0.9.9", false));
  }

  private OverlayNetworkProvider used(String id) {
    return ((GuardedProvider) providers.require(id)).guarded();
  }

  @Test
  void aMissingProviderNamesTheBundleThatBringsIt() {
    HoraiException error =
        catchThrowableOfType(HoraiException.class, () -> providers.require("weave"));

    assertThat(error.code()).isEqualTo(CommonErrors.PROVIDER_GONE);
    assertThat(error.toString())
        .contains("overlay provider weave is not installed")
        .contains("bundle networking-weave brings it, or that of a third party; installed are cups")
        .contains("deploy/");
  }

  @Test
  void theClassOfAProviderIsItsOwnAndNotThatOfTheGuard() {
    assertThat(providers.type("cups")).isEqualTo(StringAndCups.class);
  }

  @Test
  void aNameThatNoProviderHasIsWrongUse() {
    HoraiException error =
        catchThrowableOfType(HoraiException.class, () -> providers.named("cupz"));

    assertThat(error.code()).isEqualTo(CommonErrors.NOT_FOUND);
    assertThat(error.toString()).contains("overlay provider cupz is not installed", "cups");
  }

  @Test
  void listMarksTheProviderOfTheClusterAlsoWhenItIsMissing() {
    assertThat(rows(run(new NetListCommand(providers, clusters))))
        .extracting("id", "bundle", "state", "selected", "capabilities")
        .containsExactly(
            tuple(
                "cups",
                "networking-cups 1.0.0",
                "active",
                "*",
                List.of("no key-value store", "partial mesh")));

    providers.remove("key");
    assertThat(rows(run(new NetListCommand(providers, clusters))))
        .extracting("id", "state", "selected")
        .containsExactly(tuple("cups", "missing", "*"));
  }

  @Test
  void listAndCompareWorkWithoutClusterAndProviders() {
    ProviderSet none = new ProviderSet(Asker.DIRECTLY);
    View list = run(new NetListCommand(none, TestClusters.registry(folder.resolve("x"))));
    assertThat(rows(list)).isEmpty();
    assertThat(((View.Table) list.blocks().get(0)).empty()).contains("deploy/");
    assertThat(rows(run(new NetCompareCommand(none)))).isEmpty();
  }

  @Test
  void compareHasARowForEachCapabilityAndAColumnForEachProvider() {
    providers.add("other", "networking-tin", "1.0.0", new StringAndCups("tin"));
    providers.add("shadow", "networking-tin", "0.1.0", new StringAndCups("tin"));

    View view = run(new NetCompareCommand(providers));

    View.Table table = (View.Table) view.blocks().get(0);
    assertThat(table.columns()).extracting("key").containsExactly("capability", "cups", "tin");
    assertThat(table.rows()).hasSize(9);
    assertThat(table.rows().get(0))
        .containsEntry("capability", "network model")
        .containsEntry("cups", "string")
        .containsEntry("tin", "string");
  }

  @Test
  void statusShowsEveryPeer() {
    answers.put("a1", said("a1", "slack", Status.OK));
    answers.put("a2", HostFacts.unreachable("a2", "connection refused"));

    View view = run(new NetStatusCommand(clusters, observer()));

    assertThat(view.exitCode()).isZero();
    assertThat(view.blocks().get(0).toString()).contains("up on 1 of 3 hosts");
    assertThat(((View.Table) view.blocks().get(1)).rows())
        .extracting("host", "state", "peers")
        .containsExactly(
            tuple("m1", "up", "2/2"), tuple("a1", "down", "0/2"), tuple("a2", "unknown", "0/2"));
    assertThat(view.blocks().stream().map(Object::toString))
        .anyMatch(text -> text.contains("string is slack"))
        .anyMatch(text -> text.contains("connection refused"));
  }

  @Test
  void doctorIsContentWithAHealthyConvergedOverlay() {
    View view = run(new NetDoctorCommand(clusters, observer()));

    assertThat(view.exitCode()).isZero();
    assertThat(view.blocks()).hasSize(1);
    assertThat(view.blocks().get(0).toString()).contains("cups is healthy on 3 hosts");
  }

  @Test
  void doctorFailsOnErrorsAndWarnsOfDrift() {
    answers.put("a1", said("a1", "taut", Status.CHANGED));
    View drift = run(new NetDoctorCommand(clusters, observer()));
    assertThat(drift.exitCode()).isZero();
    assertThat(drift.names()).containsExactly("NET-101");
    assertThat(drift.data().toString())
        .contains("cups:string on a1; cups:cup on a1", "converged=false");

    answers.put("a2", said("a2", "slack", Status.OK));
    View broken = run(new NetDoctorCommand(clusters, observer()));
    assertThat(broken.exitCode()).isEqualTo(1);
    assertThat(broken.names()).containsExactly("CUP-1", "NET-101");

    answers.put("a1", HostFacts.unreachable("a1", "connection refused"));
    assertThat(run(new NetDoctorCommand(clusters, observer())).names())
        .containsExactly("CLU-101", "CUP-1");
  }

  @Test
  void withoutTheWayToHostsTheCommandsSayWhatIsMissing() {
    WorkerPool pool = new WorkerPool();
    HostRunner noWay = new HostRunner(reference -> null, null);
    OverlayObserver observer =
        new OverlayObserver(providers, new ParallelHostInspector(noWay, pool));

    HoraiException error =
        catchThrowableOfType(
            HoraiException.class, () -> run(new NetStatusCommand(clusters, observer)));

    pool.close();

    assertThat(error.code()).isEqualTo(CommonErrors.PROVIDER_GONE);
    assertThat(error.why().orElseThrow()).contains("host-ssh");
  }

  @Test
  void aDefectiveProviderIsNamedAndItsClassesAreNotKept() {
    OverlayNetworkProvider bad = new Defective();
    providers.add("newer", "networking-cups", "2.0.0", bad);

    HoraiException error =
        catchThrowableOfType(
            HoraiException.class, () -> run(new NetStatusCommand(clusters, observer())));

    assertThat(error.code().id()).isEqualTo("NET-105");
    assertThat(error.why().orElseThrow()).contains("IllegalStateException: torn");
    assertThat(error.getCause()).isNull();
  }

  @Test
  void theClustersCheckKnowsAnOverlayThatWasNeverSetUp() {
    OverlayCheck check = new OverlayCheck(observer());
    assertThat(check.check(clusters.require(), soon()))
        .extracting(Finding::severity)
        .containsExactly(Severity.OK);

    answers.put("a1", said("a1", "slack", Status.OK));
    assertThat(check.check(clusters.require(), soon()))
        .extracting(Finding::code)
        .containsExactly("CUP-1");

    List.of("m1", "a2").forEach(host -> answers.put(host, said(host, "slack", Status.OK)));
    assertThat(check.check(clusters.require(), soon()))
        .extracting(Finding::code)
        .containsExactly("NET-102");
  }

  @Test
  void plansOneStageForAllHostsAndNothingWhenConverged() {
    OverlayContributor contributor = new OverlayContributor(providers);
    PlanRequest request = request(clusters.require());
    assertThat(contributor.wanted(request)).isTrue();
    assertThat(contributor.probes(request))
        .hasSize(3)
        .allSatisfy(asked -> assertThat(asked.probes()).as("only to judge").isEmpty())
        .allSatisfy(asked -> assertThat(asked.checks()).isNotEmpty());
    assertThat(contributor.plan(request, facts())).isEmpty();

    answers.put("a1", said("a1", "slack", Status.CHANGED));
    answers.put("a2", said("a2", "slack", Status.CHANGED));
    List<Stage> stages = contributor.plan(request, facts());

    assertThat(stages).extracting(Stage::id).containsExactly("cups:string", "cups:cup");
    assertThat(stages.get(0).concern()).isEqualTo("cups");
    assertThat(stages.get(0).steps()).extracting(Step::where).containsExactly("a1", "a2");
    Step first = stages.get(0).steps().get(0);
    assertThat(first.id()).isEqualTo("cups:string@a1");
    assertThat(first.change()).isEqualTo(Change.ADD);
    assertThat(first.reason()).isEqualTo("no string yet\n/etc/string: absent");
    assertThat(stages.get(1).steps().get(0).change()).isEqualTo(Change.RESTART);
    assertThat(stages.get(1).steps().get(0).reason()).isEqualTo("/cup: absent");
  }

  @Test
  void lintFindsUnknownOptionsAndARangeOverHosts() {
    ClusterSpec cluster =
        TestClusters.read(
            folder,
            TestClusters.LAB
                + "overlay: {provider: cups, version: '1', range: 10.0.0.0/30,"
                + " subnet: 10.0.0.0/30, options: {lenght: 5m}}\n");

    assertThat(new OverlayContributor(providers).lint(request(cluster), facts()))
        .extracting(Finding::code, Finding::subject, Finding::severity)
        .containsExactly(
            tuple("NET-104", "overlay.options.lenght", Severity.ERROR),
            tuple("NET-103", "m1", Severity.ERROR),
            tuple("NET-103", "a1", Severity.ERROR),
            tuple("NET-103", "a2", Severity.ERROR));
    assertThat(new OverlayContributor(providers).lint(request(clusters.require()), facts()))
        .isEmpty();
  }

  @Test
  void aRestartIsRefusedOnABrokenOverlayAndWarnedOfBesideASilentHost() {
    OverlayBeforeRestart guard = new OverlayBeforeRestart(observer());
    PlanRequest restart =
        new PlanRequest(
            clusters.require(), "chronos.restart", Set.of(Phase.WORKLOAD, Phase.VERIFY), Map.of());
    assertThat(guard.wanted(restart)).isTrue();
    assertThat(guard.wanted(request(clusters.require()))).isFalse();
    assertThat(lint(guard, restart)).isEmpty();

    answers.put("m1", said("m1", "slack", Status.OK));
    assertThat(lint(guard, restart))
        .extracting(Finding::severity, Finding::subject, Finding::why)
        .containsExactly(tuple(Severity.ERROR, "m1", "m1 the string is slack"));

    answers.put("a2", HostFacts.unreachable("a2", "no route"));
    assertThat(lint(guard, restart))
        .extracting(Finding::severity, Finding::subject, Finding::next)
        .containsExactly(tuple(Severity.WARNING, "a2, m1", "net:doctor"));

    answers.put("a1", said("a1", "slack", Status.OK));
    assertThat(lint(guard, restart)).extracting(Finding::severity).containsExactly(Severity.ERROR);

    Facts none = new Facts(Instant.EPOCH, Map.of(), Map.of(), Map.of("overlay", "it is gone"));
    assertThat(guard.lint(restart, none))
        .extracting(Finding::severity, Finding::why)
        .containsExactly(tuple(Severity.WARNING, "it is gone"));
  }

  private List<Finding> lint(OverlayBeforeRestart guard, PlanRequest request) {
    Map<String, Object> taken = Map.of("overlay", guard.take(request, soon()));
    return guard.lint(request, new Facts(Instant.EPOCH, Map.of(), taken, Map.of()));
  }

  private OverlayObserver observer() {
    return new OverlayObserver(
        providers,
        (cluster, questions, deadline) -> {
          assertThat(questions).hasSize(3);
          return answers;
        });
  }

  private Facts facts() {
    return new Facts(Instant.EPOCH, answers, Map.of(), Map.of());
  }

  private static PlanRequest request(ClusterSpec cluster) {
    return new PlanRequest(cluster, "chronos.deploy", Set.of(Phase.OVERLAY), Map.of());
  }

  private static HostFacts said(String host, String cup, Status status) {
    ResourceState state = new ResourceState(status, status == Status.OK ? "" : "absent", 1);
    return new HostFacts(
        host,
        Optional.empty(),
        Map.of("cups.state", new ProbeOutput(0, cup, "")),
        Map.of("cups:string#/etc/string", state, "cups:cup#/cup", state));
  }

  private static View run(Command command) {
    assertThat(command.spec().examples()).hasSizeGreaterThanOrEqualTo(2);
    return command.run(new TestCall(Map.of()));
  }

  private static List<Map<String, Object>> rows(View view) {
    return ((View.Table) view.blocks().get(0)).rows();
  }

  private static Deadline soon() {
    return Deadline.after(Duration.ofSeconds(10));
  }

  /** Says who it is and then fails. */
  private static final class Defective implements OverlayNetworkProvider {
    private final StringAndCups cups = new StringAndCups("cups");

    @Override
    public org.horai.api.network.ProviderInfo info() {
      return cups.info();
    }

    @Override
    public List<org.horai.api.host.HostProbes> probes(OverlaySpec wanted) {
      throw new IllegalStateException("torn");
    }

    @Override
    public List<org.horai.api.host.HostStage> plan(OverlaySpec wanted, OverlayView now) {
      return null;
    }

    @Override
    public org.horai.api.network.WorkloadAttachment attach(
        org.horai.api.network.WorkloadNetwork wanted, org.horai.api.deployer.MarathonDialect era) {
      return null;
    }

    @Override
    public org.horai.api.network.OverlayHealth observe(OverlaySpec wanted, OverlayView now) {
      return null;
    }
  }
}
