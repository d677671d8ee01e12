package org.horai.itests.hosts;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.host.Absent;
import org.horai.api.host.Command;
import org.horai.api.host.Directory;
import org.horai.api.host.FileContent;
import org.horai.api.host.HostFacts;
import org.horai.api.host.HostProbes;
import org.horai.api.host.HostStage;
import org.horai.api.plan.Facts;
import org.horai.api.plan.Phase;
import org.horai.api.plan.Plan;
import org.horai.api.plan.Report;
import org.horai.api.plan.RunListener;
import org.horai.api.plan.Stage;
import org.horai.api.plan.Step;
import org.horai.api.plan.StepOutcome;
import org.horai.api.secret.SecretResolver;
import org.horai.api.time.Deadline;
import org.horai.core.cluster.client.ClusterReader;
import org.horai.core.cluster.model.Origin;
import org.horai.core.host.HostRunner;
import org.horai.core.host.ParallelHostInspector;
import org.horai.core.host.WorkerPool;
import org.horai.core.plan.ActionExecutors;
import org.horai.core.plan.model.HostSteps;
import org.horai.core.plan.model.PlanJson;
import org.horai.core.plan.run.ClusterRuns;
import org.horai.core.plan.run.RunFolders;
import org.horai.core.secret.client.StoredSecrets;
import org.horai.host.ssh.client.SshHosts;
import org.horai.networking.weave.model.WeaveRole;
import org.horai.zookeeper.ZooKeeperStore;

/**
 * A program of its own that can be killed: plans, applies or resumes the Weave role, and a stage
 * with resources of other kinds, with a lock in a real ZooKeeper and the journal of the product.
 *
 * <p>Arguments: a folder with {@code cluster.yaml}; plan, apply or resume; and the number of the
 * event at which to wait for the end. Prints a line for each event.
 */
public final class RunOnHosts implements AutoCloseable {
  private final SecretResolver secrets = new StoredSecrets(name -> null, what -> Optional.empty());
  private final SshHosts ssh;
  private final HostRunner hosts;
  private final WorkerPool pool = new WorkerPool();
  private final ZooKeeperStore store = new ZooKeeperStore();
  private final Path folder;
  private final ClusterSpec cluster;
  private final ClusterRuns runs;

  RunOnHosts(Path folder) {
    this.folder = folder;
    ssh = Engine.ssh(folder, secrets);
    hosts = new HostRunner(secrets, ssh);
    cluster =
        new ClusterReader(new Origin(folder, "operator")).read(folder.resolve("cluster.yaml"));
    runs =
        new ClusterRuns(
            new RunFolders(folder.resolve("runs"), new PlanJson()),
            hosts,
            new ActionExecutors(pool),
            pool,
            Clock.systemUTC(),
            "operator");
  }

  public static void main(String[] arguments) throws Exception {
    int stopAt = arguments.length > 2 ? Integer.parseInt(arguments[2]) : Integer.MAX_VALUE;
    try (RunOnHosts program = new RunOnHosts(Path.of(arguments[0]))) {
      Plan plan = program.plan();
      Files.writeString(program.folder.resolve("saved.plan.json"), new PlanJson().pretty(plan));
      if (arguments[1].equals("plan")) {
        System.out.println(new PlanJson().pretty(plan));
        return;
      }
      Report report =
          arguments[1].equals("apply")
              ? program.apply(plan, new Narrator(stopAt))
              : program.resume(new Narrator(stopAt));
      System.out.println(new PlanJson().pretty(report));
    }
  }

  Report apply(Plan plan, RunListener listener) {
    return runs.run(store, cluster, plan, listener, Deadline::after);
  }

  Report resume(RunListener listener) {
    return runs.resume(store, cluster, "", listener, Deadline::after);
  }

  /** What is not as wanted. */
  Plan plan() {
    List<HostStage> wanted = new ArrayList<>(new WeaveRole(cluster.overlay()).stages());
    cluster.inventory().hosts().forEach(host -> wanted.add(others(host.name())));
    List<HostProbes> questions =
        wanted.stream()
            .map(stage -> new HostProbes(stage.host(), List.of(), List.of(stage)))
            .toList();
    Map<String, HostFacts> known =
        new ParallelHostInspector(hosts, pool)
            .inspect(cluster, questions, Deadline.after(Duration.ofSeconds(60)));
    Facts facts = new Facts(Instant.now(), known, Map.of(), Map.of());
    List<HostStage> open =
        wanted.stream().flatMap(stage -> facts.host(stage.host()).pending(stage).stream()).toList();
    return new Plan(
        cluster.name(),
        "test.apply",
        Set.of(Phase.OVERLAY),
        Map.of(),
        facts.taken(),
        "digest",
        HostSteps.stages("weave", open, facts),
        List.of());
  }

  private static HostStage others(String host) {
    FileContent config = FileContent.of("/etc/horai/one two.conf", "A=1\nB='2'\n");
    return new HostStage(
        "test:others",
        "resources of other kinds",
        host,
        List.of(
            new Directory("d", "/srv/horai/data", "0750", "daemon:daemon"),
            config,
            new Absent("a", "/etc/to-be-removed"),
            new Command(
                "followed",
                List.of("sh", "-c", "sleep 0.2; cp '/etc/horai/one two.conf' /srv/horai/followed"),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Set.of(0),
                Duration.ofSeconds(10),
                List.of(config.id())),
            new FileContent("own", "/srv/horai/data/own", "x\n", "0400", "daemon:adm", Map.of())),
        false,
        "");
  }

  @Override
  public void close() {
    store.close();
    ssh.close();
    pool.close();
  }

  /** Prints a line for each event; waits for ever at one of them. */
  private static final class Narrator implements RunListener {
    private final int stopAt;
    private final AtomicInteger events = new AtomicInteger();

    private Narrator(int stopAt) {
      this.stopAt = stopAt;
    }

    private void event(String what) {
      int number = events.incrementAndGet();
      System.out.println("event " + number + " " + what);
      if (number == stopAt) {
        try {
          new CountDownLatch(1).await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    }

    @Override
    public void stageStarted(Stage stage) {
      event("stage " + stage.id());
    }

    @Override
    public void stepStarted(Step step) {
      event("step " + step.id());
    }

    @Override
    public void progress(Step step, String line) {
      event("progress " + step.id() + " " + line);
    }

    @Override
    public void stepEnded(StepOutcome outcome) {
      event("ended " + outcome.stepId() + " " + outcome.summary());
    }
  }
}
