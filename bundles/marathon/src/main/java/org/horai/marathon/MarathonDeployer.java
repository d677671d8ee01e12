package org.horai.marathon;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.horai.api.cluster.AgentInfo;
import org.horai.api.cluster.ClusterMaster;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.deployer.DeployerEvent;
import org.horai.api.deployer.Deployment;
import org.horai.api.deployer.Difference;
import org.horai.api.deployer.Instance;
import org.horai.api.deployer.MarathonDialect;
import org.horai.api.deployer.Submission;
import org.horai.api.deployer.WaitingReason;
import org.horai.api.deployer.Workload;
import org.horai.api.deployer.WorkloadDeployer;
import org.horai.api.deployer.WorkloadSpec;
import org.horai.api.service.Needed;
import org.horai.api.service.OwnThreads;
import org.horai.api.time.Deadline;
import org.horai.marathon.client.Awaiting;
import org.horai.marathon.client.Changes;
import org.horai.marathon.client.Diagnosis;
import org.horai.marathon.client.EventSubscription;
import org.horai.marathon.client.MarathonClient;
import org.horai.marathon.model.AppDiff;
import org.horai.marathon.model.AppJson;
import org.horai.marathon.model.RollOut;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Marathon as the place where workloads are deployed. */
@Component(service = WorkloadDeployer.class)
public final class MarathonDeployer implements WorkloadDeployer {
  private static final Duration POLL = Duration.ofSeconds(3);

  @Reference MarathonAccess access;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile ClusterMaster mesos;

  private final ExecutorService threads = Executors.newCachedThreadPool(new OwnThreads("marathon"));
  private final Set<EventSubscription> subscriptions = ConcurrentHashMap.newKeySet();

  @Deactivate
  void stop() {
    subscriptions.forEach(EventSubscription::close);
    OwnThreads.end(threads);
  }

  @Override
  public MarathonDialect dialect(ClusterSpec cluster, Deadline deadline) {
    return access.client(cluster).dialect(deadline);
  }

  @Override
  public List<Workload> list(ClusterSpec cluster, Deadline deadline) {
    return access.client(cluster).list(deadline);
  }

  @Override
  public Optional<Workload> find(ClusterSpec cluster, String appId, Deadline deadline) {
    return access.client(cluster).find(appId, deadline);
  }

  @Override
  public List<Difference> diff(WorkloadSpec wanted, Workload actual, MarathonDialect dialect) {
    List<Difference> differences =
        new ArrayList<>(AppDiff.between(AppJson.render(wanted, dialect), actual.definition()));
    long outdated = actual.instances().stream().filter(i -> outdated(actual, i)).count();
    if (outdated > 0) {
      differences.add(
          new Difference("instances of an older version", String.valueOf(outdated), "0"));
    }
    return List.copyOf(differences);
  }

  @Override
  public boolean outdated(Workload app, Instance instance) {
    return !RollOut.current(app, instance);
  }

  @Override
  public Map<String, Object> render(WorkloadSpec wanted, MarathonDialect dialect) {
    return AppJson.render(wanted, dialect);
  }

  @Override
  public Submission apply(ClusterSpec cluster, WorkloadSpec wanted, Deadline deadline) {
    return changes(cluster).apply(wanted, deadline);
  }

  @Override
  public Workload await(
      ClusterSpec cluster, Submission submission, Consumer<String> progress, Deadline deadline) {
    return awaiting(cluster, submission.appId(), progress, deadline).submission(submission);
  }

  @Override
  public Workload awaitInstances(
      ClusterSpec cluster,
      String appId,
      String what,
      Predicate<Workload> condition,
      Consumer<String> progress,
      Deadline deadline) {
    return awaiting(cluster, appId, progress, deadline).condition(what, condition);
  }

  private Awaiting awaiting(
      ClusterSpec cluster, String appId, Consumer<String> progress, Deadline deadline) {
    String id = MarathonClient.absolute(appId);
    return new Awaiting(
        access.client(cluster),
        POLL,
        id,
        limit -> whyWaiting(cluster, id, limit),
        progress,
        deadline);
  }

  @Override
  public List<String> versions(ClusterSpec cluster, String appId, Deadline deadline) {
    return access.client(cluster).versions(appId, deadline);
  }

  @Override
  public Submission rollback(ClusterSpec cluster, String appId, String version, Deadline deadline) {
    return changes(cluster).rollback(MarathonClient.absolute(appId), version, deadline);
  }

  @Override
  public List<WaitingReason> whyWaiting(ClusterSpec cluster, String appId, Deadline deadline) {
    return new Diagnosis(
            access.client(cluster),
            limit -> agents(cluster, limit),
            () -> access.now("why " + appId))
        .of(appId, deadline);
  }

  private List<AgentInfo> agents(ClusterSpec cluster, Deadline deadline) {
    return Needed.service("Mesos", "mesos-master", () -> mesos)
        .snapshot(cluster, deadline)
        .agents();
  }

  @Override
  public void remove(ClusterSpec cluster, String appId, Deadline deadline) {
    changes(cluster).remove(MarathonClient.absolute(appId), deadline);
  }

  private Changes changes(ClusterSpec cluster) {
    return new Changes(access.client(cluster), POLL);
  }

  @Override
  public void kill(ClusterSpec cluster, String appId, String taskId, Deadline deadline) {
    MarathonClient client = access.client(cluster);
    if (!client.kill(appId, taskId, deadline)) {
      // A task that ended by itself meanwhile is as good as killed; a missing app is not.
      client.require(appId, deadline);
    }
  }

  @Override
  public List<Deployment> deployments(ClusterSpec cluster, Deadline deadline) {
    return access.client(cluster).deployments(deadline);
  }

  @Override
  public void cancel(ClusterSpec cluster, String deploymentId, boolean leave, Deadline deadline) {
    changes(cluster).cancel(deploymentId, leave, deadline);
  }

  @Override
  public AutoCloseable events(
      ClusterSpec cluster, List<String> types, Consumer<DeployerEvent> sink, Deadline deadline) {
    EventSubscription subscription =
        EventSubscription.open(access.client(cluster), types, sink, threads, deadline);
    subscriptions.add(subscription);
    return () -> {
      subscriptions.remove(subscription);
      subscription.close();
    };
  }
}
