package org.horai.core.plan;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.coordination.CoordinationStore;
import org.horai.api.host.ResourceState;
import org.horai.api.plan.Plan;
import org.horai.api.plan.PlanRunner;
import org.horai.api.plan.Report;
import org.horai.api.plan.RunListener;
import org.horai.api.plan.Step.HostStep;
import org.horai.api.recording.Tap;
import org.horai.api.secret.SecretRef;
import org.horai.api.service.Needed;
import org.horai.api.time.Deadline;
import org.horai.core.host.HostRunner;
import org.horai.core.host.WorkerPool;
import org.horai.core.plan.model.PlanJson;
import org.horai.core.plan.model.RunErrors;
import org.horai.core.plan.run.ClusterLock;
import org.horai.core.plan.run.ClusterRuns;
import org.horai.core.plan.run.RunFolders;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Runs below the folder {@code runs} of the state folder. */
@Component(service = {PlanRunner.class, JournaledPlanRunner.class})
public final class JournaledPlanRunner implements PlanRunner {
  private final HostRunner hosts;
  private final WorkerPool pool;
  private final RunFolders folders;
  private final ClusterRuns runs;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile CoordinationStore store;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile Tap tap;

  @Activate
  public JournaledPlanRunner(
      BundleContext context,
      @Reference HostRunner hosts,
      @Reference ActionExecutors actions,
      @Reference WorkerPool pool,
      @Reference PlanJson json) {
    this(state(context), context.getProperty("user.name"), hosts, actions, pool, json);
  }

  /** The same without a container. */
  public JournaledPlanRunner(
      Path state,
      String user,
      HostRunner hosts,
      ActionExecutors actions,
      WorkerPool pool,
      PlanJson json) {
    this.hosts = hosts;
    this.pool = pool;
    this.folders = new RunFolders(state.resolve("runs"), json);
    this.runs = new ClusterRuns(folders, hosts, actions, pool, Clock.systemUTC(), user);
  }

  private static Path state(BundleContext context) {
    String configured = context.getProperty("horai.state");
    return configured == null
        ? Path.of(context.getProperty("user.home"), ".horai")
        : Path.of(configured);
  }

  @Override
  public void prepare(ClusterSpec cluster) {
    CoordinationStore present = store;
    if (present == null || Tap.of(tap).playing() || asksForSecret(cluster)) {
      return;
    }
    try {
      pool.submit(() -> runs.prepare(present, cluster));
    } catch (RejectedExecutionException e) {
      // The program is ending, and the run will say so.
    }
  }

  /** A question must end with the run, which has not begun. */
  private static boolean asksForSecret(ClusterSpec cluster) {
    return cluster
        .zookeeper()
        .auth()
        .filter(secret -> secret.kind() == SecretRef.Kind.PROMPT)
        .isPresent();
  }

  @Override
  public Report run(
      ClusterSpec cluster, Plan plan, RunListener listener, Function<Duration, Deadline> patience) {
    Tap.of(tap).change("run a plan on " + cluster.name());
    return runs.run(store(), cluster, plan, listener, patience);
  }

  @Override
  public Report resume(
      ClusterSpec cluster,
      String runId,
      RunListener listener,
      Function<Duration, Deadline> patience) {
    Tap.of(tap).change("resume a run on " + cluster.name());
    return runs.resume(store(), cluster, runId, listener, patience);
  }

  @Override
  public List<Report> runs() {
    return folders.reports();
  }

  @Override
  public Optional<Report> find(String runId) {
    return folders.find(runId).flatMap(folders::report);
  }

  /** Ids of all runs, newest first, without reading them. */
  public List<String> ids() {
    return folders.ids();
  }

  /**
   * Puts back what a run changed on its hosts, under the cluster's lock. Blocking.
   *
   * @param tell hears what is waited for
   * @param patience as for a run
   * @return a state for each thing, by host; a host that failed has one state that says so
   */
  public Map<String, List<ResourceState>> undo(
      ClusterSpec cluster,
      String runId,
      Consumer<String> tell,
      Function<Duration, Deadline> patience) {
    Tap.of(tap).change("undo a run on " + cluster.name());
    Plan plan =
        runs.require(runId)
            .plan()
            .orElseThrow(() -> new HoraiException(RunErrors.NO_RUN, "no run " + runId, "run:list"));
    List<String> names =
        plan.steps()
            .filter(HostStep.class::isInstance)
            .map(step -> step.where())
            .distinct()
            .sorted()
            .toList();
    Map<String, List<ResourceState>> restored = new LinkedHashMap<>();
    try (CoordinationStore.Lock lock =
        runs.lock(store(), cluster, "undo of " + runId, new ClusterLock.Wait(tell, patience))) {
      for (String name : names) {
        restored.put(name, undoOn(cluster, name, runId));
      }
    }
    return restored;
  }

  private List<ResourceState> undoOn(ClusterSpec cluster, String name, String runId) {
    try {
      return cluster
          .inventory()
          .host(name)
          .map(host -> hosts.undo(host, runId, Deadline.after(Duration.ofMinutes(2))))
          .orElseThrow(
              () ->
                  new HoraiException(
                      CommonErrors.NOT_FOUND, "no host " + name + " in the inventory", ""));
    } catch (HoraiException e) {
      if (e.code().equals(CommonErrors.INTERRUPTED)) {
        throw e;
      }
      return List.of(new ResourceState(ResourceState.Status.FAILED, e.getMessage(), 0));
    }
  }

  private CoordinationStore store() {
    return Needed.service("ZooKeeper", "zookeeper", () -> store);
  }
}
