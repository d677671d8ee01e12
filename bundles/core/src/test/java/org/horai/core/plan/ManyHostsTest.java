package org.horai.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.horai.core.plan.Plans.hostStage;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.cluster.Host;
import org.horai.api.command.View;
import org.horai.api.health.Finding;
import org.horai.api.host.FileContent;
import org.horai.api.host.HostConnector.HostExit;
import org.horai.api.host.HostConnector.Script;
import org.horai.api.host.HostProbes;
import org.horai.api.host.HostStage;
import org.horai.api.host.Probe;
import org.horai.api.host.Service;
import org.horai.api.plan.Facts;
import org.horai.api.plan.Phase;
import org.horai.api.plan.Plan;
import org.horai.api.plan.PlanContributor;
import org.horai.api.plan.PlanRequest;
import org.horai.api.plan.Report;
import org.horai.api.plan.RunListener;
import org.horai.api.plan.Stage;
import org.horai.api.secret.Secret;
import org.horai.api.time.Deadline;
import org.horai.core.host.HostRunner;
import org.horai.core.host.ParallelHostInspector;
import org.horai.core.host.WorkerPool;
import org.horai.core.plan.model.HostSteps;
import org.horai.core.plan.model.PlanJson;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Hosts that answer each script at once, as many as a large cluster has; benchmarks/many.sh times
 * it.
 */
class ManyHostsTest {
  private static final Pattern NONCE = Pattern.compile("(?m)^H_N=(\\w+)$");
  private static final Pattern RESOURCE = Pattern.compile("(?m)^h_res (\\d+) ");
  private static final Pattern PROBE = Pattern.compile("(?m)^h_probe (\\d+) ");
  private static final Deadline SOON = Deadline.after(Duration.ofMinutes(2));

  @TempDir Path folder;
  private final Set<String> broken = ConcurrentHashMap.newKeySet();
  private final WorkerPool pool = new WorkerPool();
  private final HostRunner hosts = new HostRunner(reference -> new Secret(""), this::answer);
  private final PlanJson json = new PlanJson();
  private final HousePresenter presenter = new HousePresenter();

  @ParameterizedTest
  @ValueSource(ints = {250, 500, 1000})
  void planAndReportStayReadable(int count) {
    List<String> names = IntStream.rangeClosed(1, count).mapToObj(n -> "h" + n).toList();
    ClusterSpec cluster = World.clusterOf(names, false);
    ClusterPlanner planner = new ClusterPlanner(new ParallelHostInspector(hosts, pool), pool, json);
    planner.contributors = Offered.<PlanContributor>all(new Everywhere(names));
    JournaledPlanRunner runner =
        new JournaledPlanRunner(folder, "operator", hosts, new ActionExecutors(pool), pool, json);
    runner.store = new World.Locks();

    Plan plan =
        planner.plan(new PlanRequest(cluster, "net.apply", Set.of(Phase.OVERLAY), Map.of()), SOON);
    broken.addAll(List.of("h7", "h77", "h177"));
    Report report = runner.run(cluster, plan, new RunListener() {});

    assertThat(plan.stages()).hasSize(1);
    assertThat(plan.stages().get(0).steps()).hasSize(count);
    assertThat(rows(presenter.plan(plan)))
        .singleElement()
        .asString()
        .contains("h1 and " + (count - 1));
    assertThat(report.outcomes()).hasSize(count);
    List<String> said = rows(presenter.report(report));
    assertThat(said).hasSize(2);
    assertThat(said.get(0)).contains("BAD", "h7, h77, h177  HOR-010 host cannot be reached");
    assertThat(said.get(1)).contains("GOOD", "h1 and " + (count - 4));
  }

  private static List<String> rows(View view) {
    List<String> rows = new ArrayList<>();
    for (View.Block block : view.blocks()) {
      if (block instanceof View.Table table) {
        table.rows().forEach(row -> rows.add(String.valueOf(row.values())));
      } else if (block instanceof View.Mark mark) {
        rows.add(mark.toString());
      }
    }
    return rows;
  }

  /** Says that everything is to be changed, or was. */
  private HostExit answer(Host host, Script script, Consumer<String> lines, Deadline deadline) {
    if (broken.contains(host.name())) {
      throw new HoraiException(
          CommonErrors.UNREACHABLE, "host " + host.name() + " cannot be reached", "refused", "");
    }
    Matcher nonce = NONCE.matcher(script.body());
    assertThat(nonce.find()).isTrue();
    String mark = "HORAI " + nonce.group(1) + " ";
    RESOURCE
        .matcher(script.body())
        .results()
        .forEach(r -> lines.accept(mark + "R " + r.group(1) + " changed 1 =absent"));
    PROBE
        .matcher(script.body())
        .results()
        .forEach(p -> lines.accept(mark + "P " + p.group(1) + " 0 1 =1.5.2\u001f"));
    lines.accept(mark + "E");
    return new HostExit(0, "");
  }

  private record Everywhere(List<String> names) implements PlanContributor {
    private HostStage stage(String host) {
      return hostStage(
          "weave:launch",
          host,
          FileContent.of("/etc/weave.env", "A=1\n"),
          new Service("svc", "weave", true, true, List.of("/etc/weave.env")));
    }

    @Override
    public String concern() {
      return "weave";
    }

    @Override
    public Phase phase() {
      return Phase.OVERLAY;
    }

    @Override
    public boolean wanted(PlanRequest request) {
      return true;
    }

    @Override
    public List<HostProbes> probes(PlanRequest request) {
      List<Probe> questions = List.of(Probe.of("version", "weave version"));
      return names.stream()
          .map(host -> new HostProbes(host, questions, List.of(stage(host))))
          .toList();
    }

    @Override
    public List<Finding> lint(PlanRequest request, Facts facts) {
      return List.of();
    }

    @Override
    public List<Stage> plan(PlanRequest request, Facts facts) {
      return HostSteps.stages("weave", names.stream().map(this::stage).toList(), facts);
    }
  }
}
