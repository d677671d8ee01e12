package org.horai.chronos;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.TypeFactory;
import java.nio.file.Path;
import java.util.Optional;
import org.horai.api.HoraiException;
import org.horai.api.cluster.ClusterMaster;
import org.horai.api.cluster.ClusterRegistry;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.command.Invocation;
import org.horai.api.coordination.CoordinationStore;
import org.horai.api.deployer.WorkloadDeployer;
import org.horai.api.host.HostInspector;
import org.horai.api.http.Http;
import org.horai.api.jobs.ChronosDialects;
import org.horai.api.network.OverlayProviders;
import org.horai.api.plan.PlanFlow;
import org.horai.api.recording.Tap;
import org.horai.api.service.Needed;
import org.horai.api.service.OnDemand;
import org.horai.api.time.Deadline;
import org.horai.chronos.client.ChronosRecords;
import org.horai.chronos.flow.ChronosAccess;
import org.horai.chronos.flow.JobBook;
import org.horai.chronos.flow.Services;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Gathers the services of other bundles; each may come and go at any time. */
@Component(service = ChronosServices.class)
public final class ChronosServices {
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile WorkloadDeployer deployer;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile ClusterMaster masters;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile CoordinationStore store;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile Http http;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile OverlayProviders overlays;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile HostInspector hosts;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile ClusterRegistry clusters;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile PlanFlow flow;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile Tap tap;

  @Reference private ChronosDialects dialects;

  private final OnDemand<ObjectMapper> json = new OnDemand<>(ChronosServices::newMapper);
  private Path state;

  @Activate
  void activate(BundleContext context) {
    state =
        Path.of(
            Optional.ofNullable(context.getProperty("horai.state"))
                .orElse(System.getProperty("user.home") + "/.horai"));
  }

  /** A mapper with a type cache of its own, so that nothing of this bundle outlives it. */
  public static ObjectMapper newMapper() {
    return JsonMapper.builder().typeFactory(TypeFactory.createDefaultInstance()).build();
  }

  /**
   * The services of one operation.
   *
   * @throws HoraiException PROVIDER_GONE naming the missing bundle
   */
  public Services snapshot() {
    return new Services(
        Needed.service("Marathon", "marathon", () -> deployer),
        Needed.service("Mesos", "mesos-master", () -> masters),
        store(),
        Needed.service("HTTP", "core", () -> http),
        dialects,
        Needed.service("overlay", "core", () -> overlays),
        Needed.service("host", "core", () -> hosts),
        json.get(),
        state,
        Tap.of(tap));
  }

  public ChronosAccess open(ClusterSpec cluster) {
    return new ChronosAccess(snapshot(), cluster);
  }

  /** The jobs of the named or selected cluster, for an operator who hears what is waited for. */
  public JobBook jobs(Invocation invocation, Deadline deadline) {
    return new JobBook(open(cluster(invocation)), deadline, invocation.talk()::progress);
  }

  /** What Chronos keeps in ZooKeeper; needs neither Marathon nor Mesos. */
  public ChronosRecords records(ClusterSpec cluster) {
    return new ChronosRecords(store(), cluster);
  }

  /** ZooKeeper alone, for what must work without Marathon or Mesos. */
  public CoordinationStore store() {
    return Needed.service("ZooKeeper", "zookeeper", () -> store);
  }

  /** The named cluster, or the selected one. */
  public ClusterSpec cluster(Invocation invocation) {
    return Needed.cluster(() -> clusters, invocation);
  }

  /** The clusters and what was chosen for them. */
  public ClusterRegistry clusters() {
    return Needed.service("cluster", "core", () -> clusters);
  }

  /** The dialects that are here now. */
  public ChronosDialects dialects() {
    return dialects;
  }

  /** The selected cluster, if there is one and the bundle that knows is here. */
  public Optional<ClusterSpec> selected() {
    ClusterRegistry registry = clusters;
    return registry == null ? Optional.empty() : registry.current();
  }

  public PlanFlow flow() {
    return Needed.service("planning", "core", () -> flow);
  }
}
