package org.horai.chronos;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.HostPort;
import org.horai.api.deployer.Instance;
import org.horai.api.deployer.Submission;
import org.horai.api.deployer.Workload;
import org.horai.api.deployer.WorkloadDeployer;
import org.horai.api.deployer.WorkloadSpec;
import org.horai.api.plan.ActionExecutor;
import org.horai.api.plan.Statement;
import org.horai.api.time.Waiter;
import org.horai.chronos.flow.Backups;
import org.horai.chronos.flow.ChronosAccess;
import org.horai.chronos.flow.Rollout;
import org.horai.chronos.flow.Verifier;
import org.horai.chronos.model.ChronosErrors;
import org.horai.chronos.model.JobBackup;
import org.horai.chronos.model.Observation;
import org.horai.chronos.model.Upgrade;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Does the steps that {@link org.horai.chronos.model.Flows} plans. Each is idempotent. */
@Component
public final class ChronosActions implements ActionExecutor {
  private static final Waiter WAITER =
      Waiter.backingOff(Duration.ofMillis(100), Duration.ofSeconds(1));
  private static final Duration SETTLE = Duration.ofSeconds(90);
  private static final Duration STAYS_GONE = Duration.ofSeconds(3);

  @Reference private ChronosServices services;

  @Override
  public Set<String> actions() {
    return Set.of(
        "chronos.backup",
        "chronos.deploy",
        "chronos.roll",
        "chronos.remove-app",
        "chronos.await-quiet",
        "chronos.teardown",
        "chronos.delete-records",
        "chronos.verify");
  }

  @Override
  public ActionResult execute(ActionCall raw) {
    ActionCall call = raw.in(Upgrade.cluster(raw.cluster(), raw.arguments()));
    ChronosAccess chronos = services.open(call.cluster());
    return switch (call.action()) {
      case "chronos.backup" -> backup(chronos, call);
      case "chronos.deploy" -> deploy(chronos, call);
      case "chronos.roll" -> roll(chronos, call);
      case "chronos.remove-app" -> removeApp(chronos, call);
      case "chronos.await-quiet" -> awaitQuiet(chronos, call);
      case "chronos.teardown" -> teardown(chronos, call);
      case "chronos.delete-records" -> deleteRecords(chronos, call);
      case "chronos.verify" -> verify(chronos, call);
      default -> throw new IllegalArgumentException(call.action());
    };
  }

  private static ActionResult backup(ChronosAccess chronos, ActionCall call) {
    Backups backups = new Backups(chronos);
    Path file = backups.fileOf(call.runId());
    if (Files.exists(file)) {
      return ActionResult.unchanged("already in " + file);
    }
    JobBackup backup = backups.take(call.deadline());
    backups.save(backup, file);
    int jobs = backup.jobs().size();
    return ActionResult.unchanged(jobs + (jobs == 1 ? " job in " : " jobs in ") + file);
  }

  private static ActionResult deploy(ChronosAccess chronos, ActionCall call) {
    WorkloadDeployer deployer = chronos.services().deployer();
    WorkloadSpec wanted = chronos.wanted(call.deadline());
    requirePlanned(chronos, call, wanted);
    Optional<Workload> before = chronos.app(call.deadline());
    Submission submission = deployer.apply(call.cluster(), wanted, call.deadline());
    int replaced =
        new Rollout(chronos, call.progress(), call.deadline())
            .helpReplacing(outdated(chronos, call));
    Workload after = deployer.await(call.cluster(), submission, call.progress(), call.deadline());
    int candidates = awaitCandidates(chronos, wanted.instances(), call);
    return new ActionResult(
        submission.changed() || replaced > 0,
        after.healthy()
            + " of "
            + wanted.instances()
            + " healthy, "
            + candidates
            + " in the election"
            + (replaced > 0 ? ", " + replaced + " replaced by hand" : ""),
        before.map(ChronosActions::state).orElse(Map.of()),
        state(after),
        List.of());
  }

  /** A plan is bound to the app it showed; a cluster file changed since then is not deployed. */
  private static void requirePlanned(ChronosAccess chronos, ActionCall call, WorkloadSpec wanted) {
    ObjectMapper json = chronos.services().json();
    Map<String, Object> now =
        chronos
            .services()
            .deployer()
            .render(wanted, chronos.services().deployer().dialect(call.cluster(), call.deadline()));
    if (!asWritten(json, call.arguments().get("definition")).equals(asWritten(json, now))) {
      throw new HoraiException(
          ChronosErrors.PLAN_OUTDATED,
          "the app of cluster " + call.cluster().name() + " is not the planned one any more",
          "the cluster file or a bundle changed after the plan was made",
          "chronos:plan");
    }
  }

  /** The value after being written and read, as a plan from its journal is: number types differ. */
  private static JsonNode asWritten(ObjectMapper json, Object value) {
    try {
      return json.readTree(json.writeValueAsString(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("JDK types always make JSON", e);
    }
  }

  /**
   * What still runs an older configuration: all instances after a change of more than their number,
   * and what is left when a run goes on that was killed in the middle of one.
   */
  private static Set<String> outdated(ChronosAccess chronos, ActionCall call) {
    WorkloadDeployer deployer = chronos.services().deployer();
    return chronos.app(call.deadline()).stream()
        .flatMap(app -> app.instances().stream().filter(i -> deployer.outdated(app, i)))
        .filter(Instance::running)
        .map(Instance::taskId)
        .collect(Collectors.toSet());
  }

  private static int awaitCandidates(ChronosAccess chronos, int wanted, ActionCall call) {
    int[] seen = {0};
    WAITER.until(
        wanted + " instances to stand for election",
        call.deadline(),
        () -> (seen[0] = chronos.records().candidates(call.deadline()).size()) >= wanted,
        () -> seen[0] + " stand");
    return seen[0];
  }

  private static ActionResult roll(ChronosAccess chronos, ActionCall call) {
    Set<String> tasks = new TreeSet<>();
    ((List<?>) call.arguments().get("tasks")).forEach(task -> tasks.add(String.valueOf(task)));
    int replaced = new Rollout(chronos, call.progress(), call.deadline()).replaceTasks(tasks);
    return replaced == 0
        ? ActionResult.unchanged("all were replaced before")
        : ActionResult.changed(replaced + " instances replaced one by one");
  }

  private static ActionResult removeApp(ChronosAccess chronos, ActionCall call) {
    Optional<Workload> before = chronos.app(call.deadline());
    chronos
        .services()
        .deployer()
        .remove(call.cluster(), call.cluster().chronos().appId(), call.deadline());
    return before.isEmpty()
        ? ActionResult.unchanged("it was not there")
        : new ActionResult(
            true, "app and tasks are gone", state(before.get()), Map.of(), List.of());
  }

  private static ActionResult awaitQuiet(ChronosAccess chronos, ActionCall call) {
    List<HostPort> before = chronos.records().candidates(call.deadline());
    String[] seen = {""};
    WAITER.until(
        "the last candidate to leave the election",
        call.deadline(),
        () -> {
          List<HostPort> left = chronos.records().candidates(call.deadline());
          String line = left.size() + " candidates left";
          if (!line.equals(seen[0])) {
            seen[0] = line;
            call.progress().accept(line);
          }
          return left.isEmpty();
        },
        () -> seen[0]);
    return ActionResult.unchanged(before.isEmpty() ? "nobody stood" : "nobody stands any more");
  }

  private static ActionResult teardown(ChronosAccess chronos, ActionCall call) {
    String id = call.text("frameworkId");
    List<HostPort> alive = chronos.records().candidates(call.deadline());
    if (!alive.isEmpty()) {
      throw new HoraiException(
          CommonErrors.REFUSED,
          "framework " + id + " is not torn down while a scheduler lives",
          alive.size() + " candidates stand, the first is " + alive.get(0),
          "run:resume");
    }
    boolean known =
        chronos.services().masters().snapshot(call.cluster(), call.deadline()).frameworks().stream()
            .anyMatch(f -> f.id().equals(id));
    chronos.services().masters().teardown(call.cluster(), id, call.deadline());
    return known
        ? ActionResult.changed(id + " is gone for good")
        : ActionResult.unchanged(id + " was gone");
  }

  private static ActionResult deleteRecords(ChronosAccess chronos, ActionCall call) {
    String path = call.text("path");
    boolean there = chronos.records().present(call.deadline());
    chronos
        .services()
        .store()
        .deleteTree(
            call.cluster().zookeeper(),
            path,
            Set.of(call.cluster().mesos().zkPath()),
            call.deadline());
    long end = System.nanoTime() + STAYS_GONE.toNanos();
    Waiter.every(Duration.ofMillis(250))
        .until(
            path + " to stay gone",
            call.deadline(),
            () -> {
              if (chronos.records().present(call.deadline())) {
                throw new HoraiException(
                    CommonErrors.FAILED,
                    path + " came back after it was deleted",
                    "some Chronos with this zk_path is still alive",
                    "zk:ls " + path + "/state/candidate");
              }
              return System.nanoTime() - end >= 0;
            },
            () -> "it is gone");
    return there
        ? ActionResult.changed(path + " is gone and stays gone")
        : ActionResult.unchanged(path + " was not there");
  }

  private static ActionResult verify(ChronosAccess chronos, ActionCall call) {
    Optional<String> same =
        Optional.ofNullable(call.arguments().get("sameFrameworkId")).map(String::valueOf);
    Observation.Expectation expected =
        new Observation.Expectation(same, texts(call, "goneFrameworkIds"), texts(call, "jobs"));
    List<Statement> statements =
        new Verifier(chronos, expected).verify(SETTLE, call.progress(), call.deadline());
    long holding = statements.stream().filter(Statement::holds).count();
    return new ActionResult(
        false,
        holding + " of " + statements.size() + " statements hold",
        Map.of(),
        Map.of(),
        statements);
  }

  private static List<String> texts(ActionCall call, String name) {
    return call.arguments().get(name) instanceof List<?> list
        ? list.stream().map(String::valueOf).toList()
        : List.of();
  }

  private static Map<String, Object> state(Workload app) {
    return Map.of(
        "version", app.version(),
        "instances", app.wantedInstances(),
        "running", app.running(),
        "healthy", app.healthy(),
        "tasks", app.instances().stream().map(i -> i.taskId()).toList());
  }
}
